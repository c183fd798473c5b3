import { describe, expect, it } from 'vitest';
import { raceAbort } from './race-abort.ts';

describe('raceAbort', () => {
  it('settles like the work when nothing fires', async () => {
    await expect(raceAbort(Promise.resolve(3), undefined)).resolves.toBe(3);
    await expect(raceAbort(Promise.resolve(3), new AbortController().signal)).resolves.toBe(3);
    await expect(raceAbort(Promise.reject(new Error('no')), new AbortController().signal)).rejects.toThrow('no');
  });

  it('rejects at once when the signal fires, before or during, and swallows what the work does later', async () => {
    const controller = new AbortController();
    const never = raceAbort(new Promise(() => undefined), controller.signal);
    controller.abort('enough');
    await expect(never).rejects.toMatchObject({ code: 'aborted', cause: 'enough' });
    const failing = new Promise((_resolve, reject) => setTimeout(() => reject(new Error('late')), 5));
    await expect(raceAbort(failing, controller.signal)).rejects.toMatchObject({ name: 'AbortError' });
    await new Promise((resolve) => setTimeout(resolve, 20));
  });
});
