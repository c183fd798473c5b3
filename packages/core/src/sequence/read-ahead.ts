/** Takes values from an iterable one ahead of where they are needed. */
export interface ReadAhead<Value> {
  /** The next value, and starts fetching the one after it. */
  next(): Promise<IteratorResult<Value, unknown>>;
  /** Tells the iterable that no more is wanted. */
  close(): Promise<void>;
}

/** Reads one value ahead, so that the next frame is decoded while one is restored. */
export function readAhead<Value>(values: Iterable<Value> | AsyncIterable<Value>): ReadAhead<Value> {
  const iterator = Symbol.asyncIterator in values ? values[Symbol.asyncIterator]() : values[Symbol.iterator]();
  let ended = false;
  let upcoming: Promise<IteratorResult<Value, unknown>> | undefined;

  function fetch(): Promise<IteratorResult<Value, unknown>> {
    const fetched = (async () => iterator.next())();
    fetched.then(({ done }) => (ended ||= done === true), () => (ended = true));
    return fetched;
  }

  return {
    async next(): Promise<IteratorResult<Value, unknown>> {
      const result = await (upcoming ?? fetch());
      upcoming = result.done ? undefined : fetch();
      return result;
    },
    async close(): Promise<void> {
      if (!ended) await iterator.return?.();
    },
  };
}
