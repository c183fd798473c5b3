import type { RunResult } from '@deblur/core';
import { createClient } from './client.ts';
import { showBlur, showDetecting } from './blur/blur-report.ts';
import { createMethodForm } from './method/method-form.ts';
import { element } from './page/element.ts';
import { say, sayProblem } from './page/messages.ts';
import { keepOffline } from './page/offline.ts';
import { listenForPictures } from './picture/picture-input.ts';
import { openPicture } from './picture/picture.ts';
import type { Picture } from './picture/picture.ts';
import type { Sample } from './picture/samples.ts';
import { estimatePsf } from './psf/estimate-psf.ts';
import { createPsfEditor } from './psf/psf-editor.ts';
import { download } from './run/download.ts';
import { previewRegion, restoreWhole } from './run/restoration.ts';
import { hideResult } from './run/result-view.ts';
import { createTasks } from './run/task.ts';
import { createViewer } from './viewer/viewer.ts';

const client = createClient();
const viewer = createViewer();
const methodForm = createMethodForm();
const psfEditor = createPsfEditor();
const tasks = createTasks(client);
const parts = { viewer, methodForm, psfEditor };
let picture: Picture | undefined;
let result: RunResult | undefined;
let detecting = new AbortController();

async function show(file: Blob, name: string, sample?: Sample): Promise<void> {
  tasks.cancel();
  detecting.abort();
  const { signal } = detecting = new AbortController();
  const opened = await openPicture(file, name);
  picture = opened;
  result = undefined;
  hideResult();
  viewer.show(opened);
  psfEditor.reset();
  if (sample?.psf) {
    methodForm.choose('tv');
    psfEditor.setMotion(sample.psf.length, sample.psf.angle);
  }
  element('picture-name', HTMLSpanElement).textContent = `${name}, ${opened.width} × ${opened.height}`;
  tasks.allow();
  say(`${name} is open.`);
  showDetecting();
  const findings = await client.use((deblur) => deblur.detect(file, { signal }));
  if (!signal.aborted) showBlur(findings);
}

function startPreview(): void {
  const shown = picture;
  if (shown) void tasks.start((context) => previewRegion(parts, shown, context));
}

function startRestoring(): void {
  const shown = picture;
  if (shown) void tasks.start(async (context) => { result = await restoreWhole(parts, shown, context); });
}

function startEstimating(kind: 'parametric' | 'blind'): void {
  const shown = picture;
  if (!shown) return;
  void tasks.start(async ({ deblur, begin, ...context }) => {
    begin('Estimating the blur');
    const { psf, words } = await estimatePsf(deblur, shown.file, { ...context, kind });
    psfEditor.setEstimated(psf);
    say(words);
  });
}

function sayThreads(): void {
  const cores = navigator.hardwareConcurrency;
  if (crossOriginIsolated || cores === 1) return;
  element('device', HTMLParagraphElement).textContent = `Networks use one of ${cores} threads here, as the page is served without `
    + 'Cross-Origin-Opener-Policy and Cross-Origin-Embedder-Policy.';
}

listenForPictures((file, name, sample) => void show(file, name, sample).catch((error: unknown) => {
  if (!detecting.signal.aborted) sayProblem(error);
}), sayProblem);
element('controls', HTMLFormElement).addEventListener('submit', (event) => {
  event.preventDefault();
  startRestoring();
});
element('preview', HTMLButtonElement).addEventListener('click', startPreview);
element('estimate-formula', HTMLButtonElement).addEventListener('click', () => startEstimating('parametric'));
element('estimate-blind', HTMLButtonElement).addEventListener('click', () => startEstimating('blind'));
element('download', HTMLButtonElement).addEventListener('click', () => {
  if (result && picture) download(result, picture.name).then((name) => say(`Saved as ${name}.`), sayProblem);
});
sayThreads();
keepOffline();
client.use(async (deblur) => {
  const [models, providers] = await Promise.all([deblur.models(), deblur.providers()]);
  methodForm.setModels(models);
  methodForm.setProviders(providers);
}).catch(sayProblem);
