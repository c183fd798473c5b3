import { InvalidArgumentError } from '../../errors/index.ts';
import { sha256 } from '../sha256.ts';
import type { ModelManifest } from '../manifest.ts';
import type { OnnxHeader } from '../onnx/read-onnx-header.ts';
import type { DescribedTensors } from './describe-tensors.ts';
import type { ImportModelOptions } from './import-options.ts';

/** An ONNX file by name and content. */
export interface OnnxFile {
  /** File name, for id and title. */
  readonly name: string;
  readonly bytes: Uint8Array;
}

/** A manifest with everything known before the network has run; sizes and halo are placeholders. */
export async function draftManifest(
  { name, bytes }: OnnxFile, header: OnnxHeader, { image, parameters, outputs, fixed }: DescribedTensors, options: ImportModelOptions,
): Promise<ModelManifest> {
  const id = options.id ?? idOf(name);
  const only = options.size ?? fixed;
  return {
    specificationVersion: 1, id, version: options.version ?? '1.0.0', title: options.title ?? name,
    description: `Imported from ${name}. What it is for and where it fails is for its owner to write.`,
    task: options.task ?? 'motion', tier: options.tier ?? 'default', architecture: 'unknown',
    licences: {
      weights: { spdx: options.licence ?? 'LicenseRef-unknown', name, source: options.source ?? name }, data: [],
    },
    provenance: `Imported from ${name} (written by ${header.producer || 'an unknown program'}, opset ${header.opset}) by deblur models import.`,
    tensors: { inputs: [image, ...parameters], outputs: [outputs[0]] },
    size: only ? { minimum: Math.min(only.width, only.height), multipleOf: 1, fixed: only } : { minimum: 1, multipleOf: 1 },
    halo: 0, overlap: 0, tiling: 'supported', pre: [], metrics: [],
    files: [{ path: `${id}.onnx`, bytes: bytes.length, sha256: await sha256(bytes), precision: image.type === 'float16' ? 'fp16' : 'fp32' }],
  };
}

function idOf(name: string): string {
  const id = name.replace(/\.onnx$/i, '').toLowerCase().replace(/[^a-z0-9]+/g, '-').replace(/^-|-$/g, '');
  if (id === '') throw new InvalidArgumentError(`No id can be made of the file name ${JSON.stringify(name)}. Give one with the option \`id\`.`);
  return id;
}
