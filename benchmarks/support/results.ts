import { mkdir, readFile, rename, writeFile } from 'node:fs/promises';
import { fileURLToPath } from 'node:url';
import { describeMachine } from './machine.ts';

/** One measured figure. */
export interface Figure {
  /** What was measured on: picture, model, setting. */
  readonly subject: string;
  /** What was measured. */
  readonly metric: string;
  readonly value: number;
  readonly unit: string;
  /** What the issue or peer asks for, in words. */
  readonly target?: string;
}

const header = 'task,subject,metric,value,unit,target,date';

/** Prints figures as a table and puts them into `results/<machine>.csv` in place of earlier ones of the same name. */
export async function report(task: string, figures: readonly Figure[]): Promise<void> {
  const machine = describeMachine();
  console.log(`\n${task} on ${machine.description}`);
  for (const { subject, metric, value, unit, target } of figures) {
    console.log(`  ${subject.padEnd(44)} ${metric.padEnd(34)} ${format(value).padStart(9)} ${unit}${target ? `   (${target})` : ''}`);
  }
  const folder = fileURLToPath(new URL('../results/', import.meta.url));
  const file = `${folder}${machine.name}.csv`;
  const date = new Date().toISOString().slice(0, 10);
  const rows = new Map<string, string>();
  for (const line of (await readFile(file, 'utf8').catch(() => '')).split('\n')) {
    if (line && !line.startsWith('#') && line !== header) rows.set(line.split(/,(?=(?:[^"]*"[^"]*")*[^"]*$)/).slice(0, 3).join(','), line);
  }
  for (const { subject, metric, value, unit, target = '' } of figures) {
    const cells = [task, subject, metric, format(value), unit, target, date].map(quote);
    rows.set(cells.slice(0, 3).join(','), cells.join(','));
  }
  await mkdir(folder, { recursive: true });
  await writeFile(`${file}.part`, [`# ${machine.description}`, header, ...[...rows.values()].sort(), ''].join('\n'));
  await rename(`${file}.part`, file);
}

function format(value: number): string {
  if (!Number.isFinite(value)) return String(value);
  return Number.isInteger(value) ? String(value) : String(Number(value.toFixed(value < 10 ? 3 : 2)));
}

function quote(cell: string): string {
  return /[",]/.test(cell) ? `"${cell.replaceAll('"', '""')}"` : cell;
}
