import { expect, it } from 'vitest';
import { trackProgress } from './progress-tracker.ts';
import type { ProgressEvent } from './progress.ts';

it('estimates the time left from the units done, leaving out the first once another is known', () => {
  const events: ProgressEvent[] = [];
  let time = 0;
  const tracker = trackProgress((event) => events.push(event), 'restore', 4, () => time);
  for (const step of [1000, 100, 100, 100]) {
    time += step;
    tracker.advance();
  }
  expect(events.map(({ done, etaMs }) => [done, etaMs])).toEqual([[0, undefined], [1, 3000], [2, 200], [3, 100], [4, 0]]);
});
