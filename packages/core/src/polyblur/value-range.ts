const bins = 2 ** 14;

/** The values that a share of all values lies below and above, to 1/16384 of the range. */
export function valueRange(values: Float32Array, share: number): { readonly low: number; readonly high: number } {
  let least = Infinity;
  let most = -Infinity;
  for (let i = 0; i < values.length; i++) {
    const value = values[i]!;
    if (value < least) least = value;
    if (value > most) most = value;
  }
  if (!(most > least)) return { low: least, high: most };
  const width = (most - least) / bins;
  const counts = new Uint32Array(bins);
  for (let i = 0; i < values.length; i++) counts[Math.min(bins - 1, Math.floor((values[i]! - least) / width))]!++;
  const beyond = share * values.length;
  let first = 0;
  for (let seen = counts[0]!; seen <= beyond; seen += counts[first]!) first++;
  let last = bins - 1;
  for (let seen = counts[last]!; seen <= beyond; seen += counts[last]!) last--;
  return { low: least + first * width, high: least + (last + 1) * width };
}
