import type { RunResult } from '@deblur/core';
import type { RemoteRunOptions } from '@deblur/worker';
import { imageBitmapSink } from '@deblur/plugin-canvas';
import { element } from '../page/element.ts';
import { say } from '../page/messages.ts';
import { keepRuntime } from '../page/offline.ts';
import type { MethodForm } from '../method/method-form.ts';
import type { Picture } from '../picture/picture.ts';
import { estimatePsf } from '../psf/estimate-psf.ts';
import type { PsfEditor } from '../psf/psf-editor.ts';
import type { Viewer } from '../viewer/viewer.ts';
import { chosenOptions } from './chosen-options.ts';
import { duration } from './progress-view.ts';
import { showResult } from './result-view.ts';
import type { TaskContext } from './task.ts';

/** The parts of the page that a restoration needs. */
export interface RestorationParts {
  readonly viewer: Viewer;
  readonly methodForm: MethodForm;
  readonly psfEditor: PsfEditor;
}

interface Plan {
  readonly options: RemoteRunOptions;
  /** What was found out on the way, in words. */
  readonly notes: readonly string[];
}

/** Restores the region alone. */
export async function previewRegion(parts: RestorationParts, picture: Picture, context: TaskContext): Promise<void> {
  const plan = await makePlan(parts, picture, context);
  const result = await showPreview(parts, picture, plan, context);
  showResult(result, 'region', plan.notes);
  say(`Preview: ${summarise(result)}`);
}

/** Restores the whole picture, a region of it first if that is wanted and worth while. */
export async function restoreWhole(parts: RestorationParts, picture: Picture, context: TaskContext): Promise<RunResult> {
  const { viewer, methodForm } = parts;
  const plan = await makePlan(parts, picture, context);
  const { region } = viewer;
  const large = picture.width * picture.height > 2 * region.width * region.height;
  // What a region alone looks like says nothing of what `auto` will choose for the whole.
  if (large && methodForm.entry.method !== 'auto' && element('preview-first', HTMLInputElement).checked) {
    showResult(await showPreview(parts, picture, plan, context), 'region', plan.notes);
  }
  const { deblur, signal, onProgress, begin } = context;
  begin('Whole picture');
  try {
    const result = await deblur.run(picture.file, { ...plan.options, show: viewer.startRestored(picture), signal, onProgress });
    showResult(result, 'picture', plan.notes);
    say(summarise(result));
    if (result.backend) void keepRuntime(result.backend.provider);
    return result;
  } catch (error) {
    viewer.clearRestored();
    throw error;
  }
}

async function makePlan({ methodForm, psfEditor }: RestorationParts, picture: Picture, context: TaskContext): Promise<Plan> {
  const { entry } = methodForm;
  if (entry.method !== 'blind') return { options: chosenOptions(entry, entry.takesPsf && psfEditor.psf), notes: [] };
  // Estimated once from the whole picture, for the preview and for the whole.
  context.begin('Estimating the blur');
  const { psf, words } = await estimatePsf(context.deblur, picture.file, { ...context, kind: 'blind' });
  psfEditor.setEstimated(psf);
  return { options: chosenOptions({ ...entry, method: 'tv', takesPsf: true }, psf), notes: [words] };
}

async function showPreview({ viewer }: RestorationParts, picture: Picture, { options }: Plan, context: TaskContext): Promise<RunResult> {
  const { deblur, signal, onProgress, begin } = context;
  const { region } = viewer;
  begin('Preview');
  const psf = typeof options.psf === 'object' ? options.psf : undefined;
  const margin = psf ? Math.max(psf.width, psf.height) : options.method === 'network' ? 0 : 16;
  const result = await deblur.preview(picture.file, region, { ...options, margin, signal, onProgress });
  const sink = imageBitmapSink();
  await deblur.write(result.image!, sink);
  viewer.showPart(sink.bitmap!, region);
  return result;
}

function summarise({ method, backend, timings, warnings }: RunResult): string {
  if (method === 'none') return 'The picture was left as it is; the reasons are under Result.';
  const where = backend ? ` on ${backend.provider}` : '';
  const count = warnings.length === 0 ? '' : warnings.length === 1 ? ' One warning under Result.' : ` ${warnings.length} warnings under Result.`;
  return `Restored in ${duration(timings.totalMs)}${where}.${count}`;
}
