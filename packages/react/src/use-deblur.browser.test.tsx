import { StrictMode, act } from 'react';
import { createRoot } from 'react-dom/client';
import { AbortedError, createDeblur, createImage, DeblurError } from '@deblur/core';
import type { Deblur, PixelImage, RunOptions, RunResult } from '@deblur/core';
import { afterEach, describe, expect, expectTypeOf, it, vi } from 'vitest';
import { useDeblur } from './index.ts';
import type { DeblurClient, DeblurRun, UseDeblurOptions } from './index.ts';

(globalThis as { IS_REACT_ACT_ENVIRONMENT?: boolean }).IS_REACT_ACT_ENVIRONMENT = true;

const picture: PixelImage = createImage({ width: 64, height: 64, channels: 1, data: Uint8Array.from({ length: 4096 }, (_, i) => (i * 37) & 255) });
const unmounts: (() => void)[] = [];
afterEach(() => {
  for (const unmount of unmounts.splice(0)) unmount();
});

/** A component that does nothing but call the hook, and what the hook gave at each render. */
function mount(options: UseDeblurOptions<RunOptions>): { readonly states: DeblurRun<RunOptions>[]; readonly latest: () => DeblurRun<RunOptions>; readonly unmount: () => void } {
  const states: DeblurRun<RunOptions>[] = [];
  function Component(): null {
    states.push(useDeblur(options));
    return null;
  }
  const root = createRoot(document.createElement('div'));
  act(() => root.render(<StrictMode><Component /></StrictMode>));
  const unmount = (): void => act(() => root.unmount());
  unmounts.push(unmount);
  return { states, latest: () => states.at(-1)!, unmount };
}

/** A client whose runs end when they are told to. */
function controlled(): { readonly client: DeblurClient<RunOptions> & { readonly disposed: () => number }; readonly runs: { options: RunOptions; finish: (result: RunResult) => void; fail: (error: Error) => void }[] } {
  const runs: ReturnType<typeof controlled>['runs'] = [];
  let disposed = 0;
  const client = {
    run: (_input: unknown, options: RunOptions = {}) => new Promise<RunResult>((resolve, reject) => {
      runs.push({ options, finish: resolve, fail: reject });
      options.signal?.addEventListener('abort', () => reject(new AbortedError(options.signal?.reason)));
    }),
    dispose: async () => { disposed++; },
    disposed: () => disposed,
  };
  return { client, runs };
}

const resultNamed = (sourceFormat: string): RunResult => ({ sourceFormat, warnings: [] }) as unknown as RunResult;

describe('useDeblur', () => {
  it('restores with a real client, and tells about it', async () => {
    const { states, latest } = mount({ create: () => createDeblur() });
    expect(latest()).toMatchObject({ status: 'idle', warnings: [] });
    const onProgress = vi.fn();
    let returned: RunResult | undefined;
    await act(async () => { returned = await latest().run(picture, { psf: 'gaussian:1', method: 'tv', onProgress }); });
    expect(latest()).toMatchObject({ status: 'done', result: { method: 'tv', width: 64 } });
    expect(returned).toBe(latest().result);
    expect(latest().warnings).toBe(latest().result!.warnings);
    expect(onProgress).toHaveBeenCalled();
    expect(new Set(states.map(({ run }) => run)).size).toBe(1);
  });

  it('shows progress, and time left', async () => {
    const { client, runs } = controlled();
    const { latest } = mount({ deblur: client });
    act(() => void latest().run('a'));
    expect(latest().status).toBe('running');
    act(() => runs[0]!.options.onProgress!({ stage: 'restore', done: 1, total: 4, etaMs: 900 }));
    expect(latest()).toMatchObject({ status: 'running', progress: { done: 1, total: 4, etaMs: 900 } });
    await act(async () => runs[0]!.finish(resultNamed('png')));
    expect(latest().progress).toBeUndefined();
  });

  it('tells what failed, and forgets it at the next run', async () => {
    const { latest } = mount({ create: () => createDeblur() });
    await act(async () => { expect(await latest().run(picture, { method: 'tv' })).toBeUndefined(); });
    expect(latest().status).toBe('failed');
    expect(DeblurError.isInstance(latest().error)).toBe(true);
    await act(async () => { await latest().run(picture, { psf: 'gaussian:1' }); });
    expect(latest()).toMatchObject({ status: 'done' });
    expect(latest().error).toBeUndefined();
  });

  it('says so when no client can be made', async () => {
    const { latest } = mount({ create: () => { throw new Error('no worker here'); } });
    await act(async () => { await latest().run(picture); });
    expect(latest()).toMatchObject({ status: 'failed', error: { message: 'no worker here' } });
  });

  it('cancels a run for the next, whose result is the one that counts', async () => {
    const { client, runs } = controlled();
    const { latest } = mount({ deblur: client });
    let first: Promise<RunResult | undefined> | undefined;
    act(() => { first = latest().run('a'); });
    act(() => void latest().run('b'));
    expect(runs[0]!.options.signal!.aborted).toBe(true);
    await act(async () => { expect(await first).toBeUndefined(); });
    expect(latest().status).toBe('running');
    act(() => runs[0]!.options.onProgress!({ stage: 'restore', done: 9, total: 9 }));
    expect(latest().progress).toBeUndefined();
    await act(async () => runs[1]!.finish(resultNamed('second')));
    expect(latest()).toMatchObject({ status: 'done', result: { sourceFormat: 'second' } });
  });

  it('cancels by itself and by a signal of the caller', async () => {
    const { client, runs } = controlled();
    const { latest } = mount({ deblur: client });
    act(() => void latest().run('a'));
    await act(async () => latest().cancel());
    expect(latest().status).toBe('cancelled');
    expect(runs[0]!.options.signal!.aborted).toBe(true);
    const controller = new AbortController();
    act(() => void latest().run('b', { signal: controller.signal }));
    await act(async () => controller.abort());
    expect(latest().status).toBe('cancelled');
    act(() => latest().cancel());
    expect(latest().status).toBe('cancelled');
  });

  it('makes one client in StrictMode, and disposes it on unmount with what is under way', async () => {
    const { client, runs } = controlled();
    const create = vi.fn(() => client);
    const { latest, unmount } = mount({ create });
    expect(create).not.toHaveBeenCalled();
    act(() => void latest().run('a'));
    await act(async () => runs[0]!.finish(resultNamed('png')));
    act(() => void latest().run('b'));
    expect(create).toHaveBeenCalledTimes(1);
    unmount();
    expect(runs[1]!.options.signal!.aborted).toBe(true);
    expect(client.disposed()).toBe(1);
  });

  it('leaves a shared client alone', () => {
    const { client } = controlled();
    mount({ deblur: client }).unmount();
    expect(client.disposed()).toBe(0);
  });

  it('takes clients of core, with their options', () => {
    expectTypeOf<Deblur>().toExtend<DeblurClient<RunOptions>>();
    const useOwn = (): DeblurRun<RunOptions> => useDeblur({ create: () => createDeblur() });
    expect(useOwn).toBeTypeOf('function');
  });
});
