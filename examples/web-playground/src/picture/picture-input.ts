import { element } from '../page/element.ts';
import { samples } from './samples.ts';
import type { Sample } from './samples.ts';

/** Told of each picture the user gives. */
export type PictureListener = (file: Blob, name: string, sample?: Sample) => void;

/** Takes pictures that are chosen, dropped, pasted, or come with the page. */
export function listenForPictures(onPicture: PictureListener, onProblem: (error: unknown) => void): void {
  const input = element('file', HTMLInputElement);
  input.addEventListener('change', () => {
    const file = input.files?.[0];
    if (file) onPicture(file, file.name);
    input.value = '';
  });
  takeFrom('dragover', (event: DragEvent) => event.dataTransfer, onPicture);
  takeFrom('drop', (event: DragEvent) => event.dataTransfer, onPicture);
  takeFrom('paste', (event: ClipboardEvent) => event.clipboardData, onPicture);
  for (const sample of samples) element('samples', HTMLDivElement).append(sampleButton(sample, onPicture, onProblem));
}

function takeFrom<Kind extends 'dragover' | 'drop' | 'paste'>(
  kind: Kind, dataOf: (event: DocumentEventMap[Kind]) => DataTransfer | null, onPicture: PictureListener,
): void {
  document.addEventListener(kind, (event) => {
    const data = dataOf(event);
    if (kind !== 'paste' && data?.types.includes('Files')) event.preventDefault();
    const file = [...data?.files ?? []].find(({ type }) => type.startsWith('image/'));
    if (kind !== 'dragover' && file) onPicture(file, file.name);
  });
}

function sampleButton(sample: Sample, onPicture: PictureListener, onProblem: (error: unknown) => void): HTMLButtonElement {
  const button = document.createElement('button');
  button.type = 'button';
  button.className = 'sample';
  const image = new Image();
  image.src = sample.url.href;
  image.alt = '';
  image.loading = 'lazy';
  button.append(image, sample.title);
  button.addEventListener('click', () => {
    fetch(sample.url)
      .then(async (response) => onPicture(await response.blob(), `${sample.title.toLowerCase().replace(' ', '-')}.png`, sample))
      .catch(onProblem);
  });
  return button;
}
