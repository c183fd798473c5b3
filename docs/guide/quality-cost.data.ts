import { readFileSync } from 'node:fs';
import { join } from 'node:path';

/** A method on one set of pictures. */
export interface QualityRow {
  readonly name: string;
  readonly gmac: string;
  readonly psnr: string;
  readonly gain: string;
  readonly ssim: string;
  readonly seconds: string;
  readonly processorSeconds: string;
  readonly refused: number;
}

/** The table of `benchmarks/results/quality-cost.json`. */
export interface QualityCost {
  readonly machine: string;
  readonly sets: readonly { readonly title: string; readonly rows: readonly QualityRow[] }[];
}

interface Result {
  readonly name: string;
  readonly gmac_per_256x256: number | null;
  readonly machine: string;
  readonly sets: Readonly<Record<string, { readonly pictures: readonly unknown[]; readonly mean: Readonly<Record<string, number>> }>>;
}

const file = join(import.meta.dirname, '..', '..', 'benchmarks', 'results', 'quality-cost.json');
const titles = { gopro: 'GoPro, real motion', 'kodak-shake': 'Kodak, made camera shake' };

declare const data: QualityCost;
export { data };

export default {
  watch: [file],
  load(): QualityCost {
    const results = JSON.parse(readFileSync(file, 'utf8')) as Result[];
    return {
      machine: results[0]?.machine ?? '',
      sets: Object.entries(titles).map(([set, title]) => ({ title: `${title}: mean of ${results[0]?.sets[set]?.pictures.length ?? 0}`, rows: results.flatMap((result) => toRow(result, set)) })),
    };
  },
};

function toRow({ name, gmac_per_256x256: gmac, sets }: Result, set: string): QualityRow[] {
  const mean = sets[set]?.mean;
  if (!mean) return [];
  const shown = (key: string, digits: number): string => (mean[key] ?? NaN).toFixed(digits);
  const gain = mean['psnr']! - mean['psnr_before']!;
  return [{
    name, gmac: gmac === null ? '' : gmac.toFixed(1), psnr: shown('psnr', 2), gain: name === 'blurred' ? '' : `${gain < 0 ? '−' : '+'}${Math.abs(gain).toFixed(2)}`,
    ssim: shown('ssim', 3), seconds: name === 'blurred' ? '' : shown('seconds_per_megapixel', 1),
    processorSeconds: name === 'blurred' ? '' : shown('processor_seconds_per_megapixel', 1), refused: mean['refused'] ?? 0,
  }];
}
