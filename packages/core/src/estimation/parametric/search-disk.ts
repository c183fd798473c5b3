import { matchProfiles, profileTemplate } from './match-profiles.ts';
import type { Unexplained } from './match-profiles.ts';
import { diskPower } from './transfer-power.ts';

/** Pixels; ever farther apart. */
function candidateRadii(largest: number): number[] {
  const radii: number[] = [];
  for (let radius = 1.5; radius <= largest; radius += radius < 12 ? 0.125 : 0.25) radii.push(radius);
  return radii;
}

/** The most promising radii in pixels, best first. */
export function searchDisk(data: Unexplained, largest: number, keep: number): number[] {
  const radii = candidateRadii(largest);
  const templates = radii.map((radius) => profileTemplate(data.side, (frequency) => diskPower(radius, frequency)));
  const gains = matchProfiles(data, data.radius, templates);
  return gains
    .map((gain, i) => ({ gain, i }))
    .filter(({ gain, i }) => gain >= (gains[i - 1] ?? -Infinity) && gain >= (gains[i + 1] ?? -Infinity))
    .sort((a, b) => b.gain - a.gain)
    .slice(0, keep)
    .map(({ i }) => radii[i]!);
}
