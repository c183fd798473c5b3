import { AbortedError, ManifestError, ModelNotFoundError } from '../errors/index.ts';
import { directorySource } from './directory-source.ts';
import { manifestDraft } from './manifest-draft.ts';
import { modelFromManifest } from './model-from-manifest.ts';
import type { WeightsFile } from './manifest.ts';
import type { FileAccess, ModelPackage, ReadOptions } from './model-package.ts';
import type { ValidateManifestOptions } from './validate-manifest.ts';

/** How a model of one's own is opened. */
export interface OpenModelOptions extends ReadOptions, Pick<ValidateManifestOptions, 'checkGraphs'> {}

/**
 * Opens a model of one's own: an ONNX file with its manifest beside it (`x.onnx` with `x.json` or `x.manifest.json`), or
 * the manifest itself, or a folder with a `manifest.json`. Files of the manifest are found relative to it. Where the ONNX
 * file is named, it is the one used.
 *
 * @param location URL of the `.onnx` file, of the manifest, or of the folder (ending in a slash)
 * @throws ModelNotFoundError if there is no such file, or no manifest beside it; `details.draft` then holds the
 * members of a manifest that are known already
 * @throws ManifestError if the manifest is not JSON, not valid or does not list the ONNX file
 * @throws AbortedError
 */
export async function openModel(files: FileAccess, location: URL, options: OpenModelOptions = {}): Promise<ModelPackage> {
  if (location.pathname.endsWith('/')) return openManifest(files, new URL('manifest.json', location), options);
  if (!location.pathname.toLowerCase().endsWith('.onnx')) return openManifest(files, location, options);
  const candidates = ['.json', '.manifest.json'].map((ending) => new URL(location.href.replace(/\.onnx(?=[?#]|$)/i, ending)));
  for (const candidate of candidates) {
    const bytes = await readOrUndefined(files, candidate, options);
    if (bytes) return preferFile(parseManifest(files, candidate, bytes, options), location);
  }
  const weights = await readOrUndefined(files, location, options);
  if (!weights) throw notFound(location);
  const draft = await manifestDraft(fileName(location), weights);
  throw new ModelNotFoundError(
    `${location.href} has no manifest. Write one beside it as ${candidates.map(fileName).join(' or ')}: JSON that names its tensors, sizes, halo and licence, `
    + `as manifest.schema.json of @deblur/core describes, with "files": ${JSON.stringify(draft.files)}.`,
    { details: { location: location.href, candidates: candidates.map(({ href }) => href), draft } },
  );
}

async function openManifest(files: FileAccess, location: URL, options: OpenModelOptions): Promise<ModelPackage> {
  const bytes = await readOrUndefined(files, location, options);
  if (!bytes) throw notFound(location);
  return parseManifest(files, location, bytes, options);
}

async function readOrUndefined(files: FileAccess, location: URL, { signal }: ReadOptions): Promise<Uint8Array | undefined> {
  AbortedError.throwIfAborted(signal);
  try {
    return await files.read(location, { signal });
  } catch (error) {
    AbortedError.throwIfAborted(signal);
    const isRemote = /^https?:$/.test(location.protocol);
    if (!files.protocols.includes(location.protocol) || (isRemote && !ModelNotFoundError.isInstance(error))) throw error;
    return undefined;
  }
}

function parseManifest(files: FileAccess, location: URL, bytes: Uint8Array, options: OpenModelOptions): ModelPackage {
  let json: unknown;
  try {
    json = JSON.parse(new TextDecoder('utf-8', { fatal: true }).decode(bytes));
  } catch (error) {
    throw new ManifestError(
      `${location.href} is not JSON: ${error instanceof Error ? error.message : String(error)}. Name a model manifest or an .onnx file.`,
      { cause: error, details: { location: location.href, issues: [] } },
    );
  }
  const source = directorySource(new URL('.', location), files);
  return modelFromManifest(json, source, { location: location.href, checkGraphs: options.checkGraphs });
}

/** Puts the file that was asked for in front of the others. */
function preferFile(model: ModelPackage, location: URL): ModelPackage {
  const { manifest, source } = model;
  const name = fileName(location);
  const isWanted = ({ path }: WeightsFile): boolean => path === name;
  if (!manifest.files.some(isWanted)) {
    throw new ManifestError(`The manifest of ${location.href} does not list ${name} in files; it lists ${manifest.files.map(({ path }) => path).join(', ')}.`, {
      details: { location: location.href, issues: [{ pointer: '/files', message: `does not list "${name}"` }] },
    });
  }
  const ordered = [...manifest.files.filter(isWanted), ...manifest.files.filter((file) => !isWanted(file))];
  return { manifest: { ...manifest, files: ordered }, source };
}

function notFound(location: URL): ModelNotFoundError {
  return new ModelNotFoundError(`There is no readable model file ${location.href}. Name an .onnx file with a manifest beside it, or a manifest.`, {
    details: { location: location.href },
  });
}

function fileName({ pathname }: URL): string {
  return decodeURIComponent(pathname.slice(pathname.lastIndexOf('/') + 1));
}
