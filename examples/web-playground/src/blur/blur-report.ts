import type { BlurFindings } from '@deblur/worker';
import { element } from '../page/element.ts';
import { showMap } from '../viewer/map-layer.ts';

const names = { sharp: 'Sharp', motion: 'Blurred by motion', defocus: 'Out of focus' } as const;

/** Says that the blur is being looked for. */
export function showDetecting(): void {
  showMap(undefined);
  element('blur-text', HTMLParagraphElement).textContent = 'Looking at it …';
}

/** Says what the blur is. */
export function showBlur({ detection, map }: BlurFindings): void {
  const { label, confidence, explanation } = detection;
  const sure = confidence > 0 ? `${names[label]}, ${Math.round(confidence * 100)} % sure. ` : '';
  element('blur-text', HTMLParagraphElement).textContent = `${sure}${explanation.replace(/^(Sharp|Motion|Defocus): (.)/, (_, __, first: string) => first.toUpperCase())}`;
  showMap(map);
}
