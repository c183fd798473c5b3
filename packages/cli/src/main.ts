#!/usr/bin/env node
import { runCli } from './run-cli.ts';

const controller = new AbortController();
for (const signal of ['SIGINT', 'SIGTERM'] as const) process.once(signal, () => controller.abort(signal));
process.exitCode = await runCli(process.argv.slice(2), process, controller.signal);
