import { DeviceLostError, ModelError, OutOfMemoryError, UnsupportedError } from '@deblur/core';
import type { DeblurError, ExecutionProvider } from '@deblur/core';
import type { Failure } from '../worker/messages.ts';

/** What was being done when a worker failed. */
export interface FailureContext {
  /** Model id, for messages. */
  readonly model: string;
  readonly provider: ExecutionProvider;
}

const outOfMemory = /bad_alloc|failed to allocate|out of memory|out_of_memory|outofmemory|allocation failed|not enough memory/i;
const deviceLost = /device (is |was |has been )?lost|device_(removed|hung|reset|lost)|illegal memory access|unspecified launch failure|CUDA failure (46|214|700|719|999)\b|context is destroyed/i;
const providerMissing = /backend not found|failed to load shared library|failed to get a webgpu adapter|AppendExecutionProvider|not enabled in this build|no cuda-capable device|driver version is insufficient|failed to (create|get|request) .*(device|adapter)/i;
const notImplemented = /NOT_IMPLEMENTED|could not find an implementation|not (yet )?implemented|is not a registered function\/op|under development|unsupported (model )?ir version/i;
const lacksFeature = /requires \S+ but the device does not support it|not supported (by|on) (the|this) (device|provider)/i;
const beyondDeviceLimit = /narrowing_error|exceeds .*(max\w*buffer\w*|limit)|maxBufferSize|maxStorageBufferBindingSize/i;
const corrupt = /protobuf parsing failed|invalid protobuf|data pointer is null|no graph was found|ModelProto/i;

/** Makes a typed error of what a worker reports. Every message says what to do. */
export function toTypedError(failure: Failure, { model, provider }: FailureContext): DeblurError {
  const { stage, message } = failure;
  const text = summarise(message);
  const options = { cause: new Error(message), details: { model, provider, stage } };
  if (stage === 'import') return new UnsupportedError(explainImport(failure), options);
  if (outOfMemory.test(message) || (provider === 'webgpu' && beyondDeviceLimit.test(message))) {
    return new OutOfMemoryError(`Memory ran out on ${provider} while ${model} was ${stage === 'load' ? 'loaded' : 'running'}: ${text}. Use smaller tiles or another provider.`, options);
  }
  if (deviceLost.test(message)) return new DeviceLostError(`The device of ${provider} was lost: ${text}. Create the session again.`, options);
  if (stage === 'run' && provider !== 'cpu' && lacksFeature.test(message)) {
    return new UnsupportedError(`Execution provider ${provider} cannot run ${model}: ${text}. Use another provider.`, options);
  }
  if (stage === 'run') return new ModelError(`${model} failed while running on ${provider}: ${text}.`, options);
  if (corrupt.test(message)) {
    return new ModelError(`The file of model ${model} is not a readable ONNX model (${text}). Download or install it again and verify its sha256.`, options);
  }
  if (providerMissing.test(message)) {
    return new UnsupportedError(`Execution provider ${provider} is not usable here: ${text}. Ask probe() what it needs.`, options);
  }
  if (notImplemented.test(message) || provider !== 'cpu') {
    return new UnsupportedError(`Execution provider ${provider} cannot load ${model}: ${text}. Use another provider or a newer onnxruntime-node.`, options);
  }
  return new ModelError(`${model} cannot be loaded: ${text}. Check that it is an ONNX model this runtime can run, or install it again.`, options);
}

/** Why onnxruntime-node could not be imported, and what to do. */
export function explainImport({ message, code }: Pick<Failure, 'message' | 'code'>): string {
  const here = `${process.platform}-${process.arch}`;
  if (/onnxruntime_binding/.test(message) && /cannot find module/i.test(message)) {
    return `onnxruntime-node has no build for ${here}. It runs on linux-x64, linux-arm64, darwin-arm64, win32-x64 and win32-arm64; use @deblur/backend-web elsewhere.`;
  }
  if (code === 'ERR_MODULE_NOT_FOUND' || code === 'MODULE_NOT_FOUND') {
    return 'onnxruntime-node is not installed; it is a peer dependency of @deblur/backend-node. Run `npm install onnxruntime-node@1.30`.';
  }
  return `onnxruntime-node cannot be loaded on ${here}: ${summarise(message)}. It needs glibc 2.28 or newer on Linux; run \`npm rebuild onnxruntime-node\` if its files are incomplete.`;
}

function summarise(message: string): string {
  const line = message.split('\n').map((part) => part.trim()).filter(Boolean).slice(0, 3).join(' ');
  return line.replace(/[.\s]+$/, '').slice(0, 400);
}
