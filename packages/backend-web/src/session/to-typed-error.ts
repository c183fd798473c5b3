import { ModelError, OutOfMemoryError, UnsupportedError } from '@deblur/core';
import type { DeblurError, ExecutionProvider } from '@deblur/core';
import type { Failure } from '../worker/messages.ts';

/** What was being done when a worker failed. */
export interface FailureContext {
  /** Model id, for messages. */
  readonly model: string;
  readonly provider: ExecutionProvider;
}

const outOfMemory = /bad_alloc|failed to allocate|out of memory|\bOOM\b|allocation failed|cannot enlarge memory|could not allocate memory|array buffer allocation|integer overflow|tensor shape is too large|exceeds? .*(max\w*buffer\w*|limit)|maxBufferSize|maxStorageBufferBindingSize/i;
const halfMissing = /shader-?f16|\bf16\b.*(not|un)\s?(supported|allowed|enabled)|requires f16/i;
const corrupt = /protobuf parsing failed|invalid protobuf|no graph was found|ModelProto|model_proto/i;
const notImplemented = /NOT_IMPLEMENTED|could not find an implementation|not (yet )?implemented|is not a registered function\/op|under development|unsupported (model )?ir version/i;

/** Makes a typed error of what a worker reports. Every message says what to do. */
export function toTypedError({ stage, message }: Failure, { model, provider }: FailureContext): DeblurError {
  const text = summarise(message);
  const options = { cause: new Error(message), details: { model, provider, stage } };
  if (outOfMemory.test(message)) {
    return new OutOfMemoryError(`Memory ran out on ${provider} while ${model} was ${stage === 'run' ? 'running' : 'loaded'}: ${text}. Use smaller tiles or another provider.`, options);
  }
  if (stage === 'start') {
    return new UnsupportedError(
      `onnxruntime-web could not be started for ${provider}: ${text}. See that its .wasm and .mjs files are served from your own origin, or name them by wasmPaths.`,
      options,
    );
  }
  if (provider === 'webgpu' && halfMissing.test(message)) {
    return new UnsupportedError(`${model} computes in float16, which this GPU or browser does not offer (shader-f16): ${text}. Use the provider wasm or other weights.`, options);
  }
  if (stage === 'run') return new ModelError(`${model} failed while running on ${provider}: ${text}.`, options);
  if (corrupt.test(message)) {
    return new ModelError(`The file of model ${model} is not a readable ONNX model (${text}). Download or install it again and verify its sha256.`, options);
  }
  if (notImplemented.test(message) || provider !== 'wasm') {
    return new UnsupportedError(`Execution provider ${provider} cannot load ${model}: ${text}. Use another provider or a newer onnxruntime-web.`, options);
  }
  return new ModelError(`${model} cannot be loaded: ${text}. Check that it is an ONNX model this runtime can run, or install it again.`, options);
}

function summarise(message: string): string {
  const line = message.split('\n').map((part) => part.trim()).filter(Boolean).slice(0, 3).join(' ');
  return line.replace(/[.\s]+$/, '').slice(0, 400);
}
