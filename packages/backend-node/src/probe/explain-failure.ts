import { explainImport } from '../session/to-typed-error.ts';
import type { ExecutionProvider } from '@deblur/core';
import type { ProbeAnswer } from './probe-answer.ts';

/** How a probing process ended. */
export interface ProbeOutcome {
  /** What it printed, if it came so far. */
  readonly answer?: ProbeAnswer;
  readonly stderr: string;
  /** Signal or exit code, or that time ran out. */
  readonly ending: string;
}

const remedies: Readonly<Record<string, string>> = {
  cuda: 'Install the CUDA and cuDNN libraries this build of onnxruntime was made for and put their folder on LD_LIBRARY_PATH.',
  tensorrt: 'Install TensorRT and the CUDA libraries this build of onnxruntime was made for and put their folders on LD_LIBRARY_PATH.',
  webgpu: 'Install a Vulkan driver (package libvulkan1 and the driver of your GPU); a software one can be named by VK_ICD_FILENAMES.',
  coreml: 'CoreML needs macOS 12 or newer.',
  dml: 'DirectML needs a DirectX 12 device and its driver.',
};

/** Says in one or two sentences why a provider is not usable, naming the missing library where one is missing. */
export function explainFailure(provider: ExecutionProvider, { answer, stderr, ending }: ProbeOutcome): string {
  const remedy = remedies[provider] ? ` ${remedies[provider]}` : '';
  if (answer?.stage === 'import') return explainImport({ message: answer.message ?? '', code: answer.code });
  const missing = missingLibraries(`${stderr}\n${answer?.message ?? ''}`);
  const said = answer?.message?.split('\n')[0]?.replace(/^.*was false\.\s*/, '').replace(/[.\s]+$/, '');
  const problem = said ?? `the probing process ended with ${ending}`;
  if (missing.length > 0) return `${missing.join(', ')} ${missing.length === 1 ? 'is' : 'are'} missing (${problem}).${remedy}`;
  return `${capitalise(problem)}.${remedy}`;
}

/** Names of shared libraries a loader complained about, without folders, each once. */
export function missingLibraries(text: string): readonly string[] {
  const patterns = [
    /([\w.+-]+\.so[\w.]*): cannot open shared object file/g,
    /Library not loaded: (?:[^\s]*\/)?([\w.+-]+\.dylib)/g,
    /Failed to load library .*?([\w.+-]+\.dll)/g,
    /depends on "?([\w.+-]+\.dll)"? which is missing/g,
  ];
  return [...new Set(patterns.flatMap((pattern) => [...text.matchAll(pattern)].map((match) => match[1] as string)))];
}

function capitalise(sentence: string): string {
  return sentence.charAt(0).toUpperCase() + sentence.slice(1);
}
