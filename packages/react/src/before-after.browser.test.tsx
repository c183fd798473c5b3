import { StrictMode, act } from 'react';
import { createRoot } from 'react-dom/client';
import type { ReactElement } from 'react';
import axe from 'axe-core';
import { createImage } from '@deblur/core';
import { afterEach, describe, expect, it, vi } from 'vitest';
import { page, userEvent } from 'vitest/browser';
import { BeforeAfter } from './index.ts';
import type { PictureSource } from './index.ts';

(globalThis as { IS_REACT_ACT_ENVIRONMENT?: boolean }).IS_REACT_ACT_ENVIRONMENT = true;

const size = { width: 200, height: 100 };
const unmounts: (() => void)[] = [];
afterEach(() => {
  for (const unmount of unmounts.splice(0)) unmount();
});

function mount(element: ReactElement): HTMLElement {
  const container = document.createElement('main');
  container.style.width = '400px';
  document.body.append(container);
  const root = createRoot(container);
  act(() => root.render(<StrictMode>{element}</StrictMode>));
  unmounts.push(() => {
    act(() => root.unmount());
    container.remove();
  });
  return container;
}

/** One colour, as a picture of each kind. */
async function pictures(): Promise<Record<string, PictureSource>> {
  const canvas = new OffscreenCanvas(size.width, size.height);
  const context = canvas.getContext('2d')!;
  context.fillStyle = 'rgb(10, 120, 200)';
  context.fillRect(0, 0, size.width, size.height);
  const blob = await canvas.convertToBlob();
  const linear = (value: number): number => ((value / 255 + 0.055) / 1.055) ** 2.4;
  return {
    blob,
    url: URL.createObjectURL(blob),
    imageData: context.getImageData(0, 0, size.width, size.height),
    bitmap: await createImageBitmap(canvas),
    pixels: createImage({ ...size, data: Uint8Array.from({ length: size.width * size.height * 3 }, (_, i) => [10, 120, 200][i % 3]!) }),
    linear: createImage({ ...size, transfer: 'linear', data: Float32Array.from({ length: size.width * size.height * 3 }, (_, i) => [10 / 255 / 12.92, linear(120), linear(200)][i % 3]!) }),
  };
}

async function shownColour(element: Element): Promise<number[]> {
  if (element instanceof HTMLImageElement) await element.decode();
  const canvas = new OffscreenCanvas(1, 1);
  const context = canvas.getContext('2d')!;
  context.drawImage(element as HTMLImageElement | HTMLCanvasElement, -5, -5);
  return [...context.getImageData(0, 0, 1, 1).data];
}

const black = createImage({ ...size, type: 'uint8' });
const sliderOf = (container: Element): HTMLInputElement => container.querySelector('input')!;

describe('BeforeAfter', () => {
  it('shows pictures of every kind', async () => {
    for (const [kind, source] of Object.entries(await pictures())) {
      const container = mount(<BeforeAfter before={source} after={black} />);
      const shown = [...container.querySelectorAll('img, canvas')].at(-1)!;
      const colour = await shownColour(shown);
      const expected = kind === 'linear' ? [10, 120, 200, 255].map((value) => expect.closeTo(value, -0.5)) : [10, 120, 200, 255];
      expect(colour, kind).toEqual(expected);
    }
  });

  it('shows the picture alone until there is another', () => {
    const container = mount(<BeforeAfter before={black} />);
    expect(container.querySelectorAll('canvas').length).toBe(1);
    expect(sliderOf(container)).toBeNull();
  });

  it('is a slider for the keyboard and assistive technology', async () => {
    const onPositionChange = vi.fn();
    const container = mount(<BeforeAfter before={black} after={black} beforeLabel="Blurred" initialPosition={0.3} onPositionChange={onPositionChange} />);
    const slider = page.getByRole('slider', { name: 'Compare before and after' });
    await expect.element(slider).toHaveValue('30');
    await expect.element(slider).toHaveAttribute('aria-valuetext', '30 % Blurred');
    await act(() => userEvent.keyboard('{Tab}'));
    expect(document.activeElement).toBe(sliderOf(container));
    expect((container.firstElementChild as HTMLElement).style.outline).toContain('solid');
    await act(() => userEvent.keyboard('{ArrowRight}'));
    expect(onPositionChange).toHaveBeenLastCalledWith(0.31);
    await act(() => userEvent.keyboard('{End}'));
    expect((container.firstElementChild as HTMLElement).style.getPropertyValue('--deblur-position')).toBe('100%');
    expect((await axe.run(container)).violations).toEqual([]);
  });

  it('follows the pointer, and nothing but it while it is held', () => {
    const onPositionChange = vi.fn();
    const container = mount(<BeforeAfter before={black} after={black} onPositionChange={onPositionChange} />);
    const outer = container.firstElementChild as HTMLElement;
    const { left, width, height } = outer.getBoundingClientRect();
    expect([width, height]).toEqual([400, 200]);
    const captured = new Set<number>();
    outer.setPointerCapture = (id) => void captured.add(id);
    outer.hasPointerCapture = (id) => captured.has(id);
    const send = (type: string, x: number, button = 0): void => act(() => {
      outer.dispatchEvent(new PointerEvent(type, { clientX: left + x, button, pointerId: 7, bubbles: true, cancelable: true }));
    });
    send('pointermove', 50);
    send('pointerdown', 60, 2);
    expect(onPositionChange).not.toHaveBeenCalled();
    send('pointerdown', 100);
    expect(onPositionChange).toHaveBeenLastCalledWith(0.25);
    send('pointermove', 900);
    expect(onPositionChange).toHaveBeenLastCalledWith(1);
    expect(document.activeElement).toBe(sliderOf(container));
    expect(sliderOf(container).value).toBe('100');
  });
});
