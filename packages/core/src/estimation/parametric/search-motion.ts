import type { Pacer } from '../../deconvolution/pacer.ts';
import { matchProfiles, profileTemplate } from './match-profiles.ts';
import type { Unexplained } from './match-profiles.ts';
import { motionPower } from './transfer-power.ts';

/** Directions tried over half a turn. */
const directions = 120;
/** Steps in direction and length within which only the best counts. */
const neighbourhood = 2;

/** Pixels; ever farther apart. */
function candidateLengths(longest: number): number[] {
  const lengths: number[] = [];
  for (let length = 3; length <= longest; length += length < 8 ? 0.5 : 1) lengths.push(length);
  return lengths;
}

/** The most promising lengths (pixels) and angles (radians), best first. */
export async function searchMotion(data: Unexplained, longest: number, keep: number, pace: Pacer): Promise<[number, number][]> {
  const lengths = candidateLengths(longest);
  const templates = lengths.map((length) => profileTemplate(data.side, (frequency) => motionPower(length, frequency)));
  const gains: number[][] = [];
  for (let d = 0; d < directions; d++) {
    await pace();
    const angle = (d * Math.PI) / directions;
    const [cosine, sine] = [Math.cos(angle), Math.sin(angle)];
    gains.push(matchProfiles(data, data.across.map((x, i) => Math.abs(x * cosine + data.up[i]! * sine)), templates));
  }
  const isPeak = (d: number, l: number): boolean => {
    for (let i = -neighbourhood; i <= neighbourhood; i++) {
      for (let j = -neighbourhood; j <= neighbourhood; j++) {
        const other = gains[(d + i + directions) % directions]![l + j];
        if (other !== undefined && other > gains[d]![l]!) return false;
      }
    }
    return true;
  };
  return gains
    .flatMap((line, d) => line.map((gain, l) => ({ gain, d, l })))
    .filter(({ d, l }) => isPeak(d, l))
    .sort((a, b) => b.gain - a.gain)
    .slice(0, keep)
    .map(({ d, l }) => [lengths[l]!, (d * Math.PI) / directions]);
}
