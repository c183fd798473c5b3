import type { FailedReply, FailureStage } from './messages.ts';
import type { LoadedRuntime } from './loaded-runtime.ts';

/** What the page is told of an error. */
export async function toFailedReply(
  error: unknown, { device, deviceErrors }: LoadedRuntime, stage: FailureStage, provider: 'wasm' | 'webgpu',
): Promise<FailedReply> {
  // A lost device fails the run first and says so a moment later.
  if (device) await Promise.race([device.lost, new Promise((resolve) => setTimeout(resolve, 100))]);
  const message = [describe(error), ...deviceErrors].join('\n');
  const failure = { stage: message.includes('no available backend found') ? 'start' : stage, message } as const;
  // After a failed run, sessions on WebGPU (onnxruntime 1.30) never answer again.
  return { kind: 'failed', failure, fatal: provider === 'webgpu' || isFatal(error) };
}

// Emscripten throws RuntimeError for traps and after abort(); numbers are C++ exceptions nobody caught.
function isFatal(error: unknown): boolean {
  return error instanceof WebAssembly.RuntimeError || typeof error === 'number' || /\babort(ed)?\(/i.test(describe(error));
}

function describe(error: unknown): string {
  return error instanceof Error ? error.message : String(error);
}
