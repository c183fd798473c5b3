/** Colours of a scale from 0 to 1, dark to light, so that it reads in grey too. */
const anchors = [[8, 6, 24], [86, 20, 110], [188, 55, 84], [249, 142, 9], [252, 255, 200]] as const;

/** 8-bit RGB of a value from 0 to 1; beyond, that of the end. */
export function heatColour(value: number): readonly [number, number, number] {
  const place = Math.min(1, Math.max(0, value)) * (anchors.length - 1);
  const first = Math.min(anchors.length - 2, Math.floor(place));
  const [from, to] = [anchors[first]!, anchors[first + 1]!];
  const mix = (c: 0 | 1 | 2): number => Math.round(from[c] + (to[c] - from[c]) * (place - first));
  return [mix(0), mix(1), mix(2)];
}
