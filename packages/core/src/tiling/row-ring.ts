import type { SampleArray, SampleType } from '../image/pixel-image.ts';
import { allocateSamples } from '../image/samples.ts';

/** Ring buffer of rows: row `y` lies at slot `y mod capacity`. It does not know which rows are valid; its owner does. */
export interface RowRing {
  /** Samples of one row. */
  readonly rowSamples: number;
  /** Rows there is memory for. */
  readonly capacity: number;
  /** The memory; replaced when the ring grows. */
  readonly data: SampleArray;
  /** Index into `data` of the first sample of a row. */
  offset(y: number): number;
  /** Writes `count` rows at `to`, growing if rows `from … to + count` do not fit. */
  write(from: number, to: number, rows: SampleArray, count: number): void;
  /** Copies `count` rows from row `y`. */
  read(y: number, count: number, target: SampleArray): void;
}

/** What a ring is made for. */
export interface RowRingOptions {
  readonly type: SampleType;
  readonly rowSamples: number;
  /** Rows to allocate at once; may be 0. */
  readonly initial: number;
  /** Most rows that can ever be held. */
  readonly most: number;
}

/** Creates a ring. When it grows, it grows by half, or to what is needed where that is more. */
export function createRowRing(options: RowRingOptions): RowRing {
  const { type, rowSamples, initial, most } = options;
  let capacity = initial;
  let data = allocateSamples(type, initial * rowSamples);

  const grow = (from: number, to: number, needed: number): void => {
    const larger = Math.max(needed, Math.min(most, Math.floor(capacity * 1.5)));
    const grown = allocateSamples(type, larger * rowSamples);
    for (let y = from; y < to; y++) {
      const slot = (y % capacity) * rowSamples;
      grown.set(data.subarray(slot, slot + rowSamples), (y % larger) * rowSamples);
    }
    capacity = larger;
    data = grown;
  };

  /** Visits the at most two contiguous stretches that hold `count` rows from `y`. */
  const eachStretch = (y: number, count: number, visit: (slot: number, position: number, samples: number) => void): void => {
    for (let done = 0; done < count; ) {
      const slot = (y + done) % capacity;
      const rows = Math.min(count - done, capacity - slot);
      visit(slot * rowSamples, done * rowSamples, rows * rowSamples);
      done += rows;
    }
  };

  return {
    rowSamples,
    get capacity() {
      return capacity;
    },
    get data() {
      return data;
    },
    offset: (y) => (y % capacity) * rowSamples,
    write(from, to, rows, count) {
      if (to + count - from > capacity) grow(from, to, to + count - from);
      eachStretch(to, count, (slot, position, samples) => data.set(rows.subarray(position, position + samples), slot));
    },
    read(y, count, target) {
      eachStretch(y, count, (slot, position, samples) => target.set(data.subarray(slot, slot + samples), position));
    },
  };
}
