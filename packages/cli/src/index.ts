export { composeComparison } from './comparison/compose-comparison.ts';
export { exitCodes } from './exit-codes.ts';
export { runCli } from './run-cli.ts';
export type { LabelledImage } from './comparison/compose-comparison.ts';
export type { ExitCode } from './exit-codes.ts';
export type { Streams } from './streams.ts';
export type { BatchReport, FailedEntry } from './report/for-each-input.ts';
export type { DoneEntry, RunReport } from './report/run-report.ts';
