const longest = 15;

/**
 * Lengths of a Huffman code of at most 15 bits for symbols with these counts; 0 for symbols that do not occur.
 * Where the code would be longer, rare symbols are taken for less rare.
 */
export function codeLengths(counts: Float64Array): Uint8Array {
  for (let least = 1; ; least *= 2) {
    const lengths = huffmanLengths(Float64Array.from(counts, (count) => (count > 0 ? Math.max(count, least) : 0)));
    if (Math.max(...lengths) <= longest) return lengths;
  }
}

interface Node {
  readonly weight: number;
  readonly symbols: readonly number[];
}

function huffmanLengths(counts: Float64Array): Uint8Array {
  const lengths = new Uint8Array(counts.length);
  let leaves: Node[] = Array.from(counts, (weight, symbol) => ({ weight, symbols: [symbol] })).filter(({ weight }) => weight > 0);
  leaves.sort((a, b) => a.weight - b.weight);
  if (leaves.length === 1) lengths[leaves[0]!.symbols[0]!] = 1;
  // Joined nodes come in rising order, so that two queues are enough.
  let joined: Node[] = [];
  while (leaves.length + joined.length > 1) {
    const take = (): Node => {
      const fromLeaves = joined.length === 0 || (leaves.length > 0 && leaves[0]!.weight <= joined[0]!.weight);
      const [first, ...rest] = fromLeaves ? leaves : joined;
      if (fromLeaves) leaves = rest;
      else joined = rest;
      return first!;
    };
    const [a, b] = [take(), take()];
    const symbols = [...a.symbols, ...b.symbols];
    for (const symbol of symbols) lengths[symbol]!++;
    joined.push({ weight: a.weight + b.weight, symbols });
  }
  return lengths;
}
