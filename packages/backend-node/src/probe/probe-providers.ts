import { execFile } from 'node:child_process';
import { existsSync } from 'node:fs';
import { cpus } from 'node:os';
import { basename } from 'node:path';
import { fileURLToPath } from 'node:url';
import { bindingFolder, knownProviders, platformReason, providerLibrary } from '../providers.ts';
import { explainFailure } from './explain-failure.ts';
import { locateScript } from '../locate-script.ts';
import type { ExecutionProvider, ProviderStatus } from '@deblur/core';
import type { ProbeAnswer } from './probe-answer.ts';
import type { ProbeOutcome } from './explain-failure.ts';

const timeLimitMs = 30_000;

/** Tries every provider this backend knows, each in a process of its own. Never throws. */
export async function probeProviders(): Promise<readonly ProviderStatus[]> {
  const statuses: ProviderStatus[] = [];
  for (const provider of knownProviders) statuses.push(await probeProvider(provider));
  return statuses;
}

async function probeProvider(provider: ExecutionProvider): Promise<ProviderStatus> {
  const reason = platformReason(provider) ?? libraryReason(provider);
  if (reason !== undefined) return { provider, available: false, reason };
  const outcome = await runChild(provider);
  if (outcome.answer?.stage !== 'done') return { provider, available: false, reason: explainFailure(provider, outcome) };
  return provider === 'cpu' ? { provider, available: true, devices: [describeProcessor()] } : { provider, available: true };
}

function libraryReason(provider: ExecutionProvider): string | undefined {
  const folder = bindingFolder();
  const library = folder && providerLibrary(provider, folder);
  if (!library || existsSync(library)) return undefined;
  return `${basename(library)} is not installed beside onnxruntime-node's binding. Its install script downloads it: `
    + 'run `npm rebuild onnxruntime-node` without ONNXRUNTIME_NODE_INSTALL=skip and with scripts allowed.';
}

function runChild(provider: ExecutionProvider): Promise<ProbeOutcome> {
  const script = fileURLToPath(locateScript('probe/probe-child'));
  return new Promise((resolve) => {
    const environment = { ...process.env, ELECTRON_RUN_AS_NODE: '1' };
    execFile(process.execPath, [script, provider], { timeout: timeLimitMs, killSignal: 'SIGKILL', env: environment }, (error, stdout, stderr) => {
      const ending = error?.killed ? `no answer within ${timeLimitMs / 1000} s` : error?.signal ?? (error ? error.message.split('\n')[0] ?? '' : 'exit code 0');
      resolve({ answer: parseAnswer(stdout), stderr, ending });
    });
  });
}

function parseAnswer(stdout: string): ProbeAnswer | undefined {
  try {
    return JSON.parse(stdout.trim().split('\n').at(-1) ?? '') as ProbeAnswer;
  } catch {
    return undefined;
  }
}

function describeProcessor(): string {
  const processors = cpus();
  return `${processors[0]?.model.trim() || process.arch} (${processors.length} threads)`;
}
