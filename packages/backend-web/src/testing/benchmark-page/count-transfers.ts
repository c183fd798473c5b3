/** What a worker copied between processor and GPU since it was asked last. */
export interface Transfers {
  /** Buffers mapped for reading, and their bytes. */
  readonly reads: number;
  readonly readBytes: number;
  /** `writeBuffer`, buffers mapped at creation; without what the browser copies for pictures. */
  readonly writes: number;
  readonly writtenBytes: number;
}

const channelName = 'deblur-transfers';
const mapForReading = 1;

/** Counts in the worker it is called in, and tells when asked. */
export function countTransfers(): void {
  let counted = { reads: 0, readBytes: 0, writes: 0, writtenBytes: 0 };
  const { mapAsync } = GPUBuffer.prototype;
  GPUBuffer.prototype.mapAsync = function count(this: GPUBuffer, ...request): Promise<void> {
    if (request[0] === mapForReading) {
      counted.reads++;
      counted.readBytes += request[2] ?? this.size;
    }
    return mapAsync.apply(this, request);
  };
  const { writeBuffer } = GPUQueue.prototype;
  GPUQueue.prototype.writeBuffer = function count(this: GPUQueue, ...request: Parameters<GPUQueue['writeBuffer']>): void {
    const [, , data, , size] = request;
    const elementBytes = 'BYTES_PER_ELEMENT' in data ? data.BYTES_PER_ELEMENT as number : 1;
    counted.writes++;
    counted.writtenBytes += size === undefined ? data.byteLength : size * elementBytes;
    return writeBuffer.apply(this, request);
  } as GPUQueue['writeBuffer'];
  const { createBuffer } = GPUDevice.prototype;
  GPUDevice.prototype.createBuffer = function count(this: GPUDevice, descriptor): GPUBuffer {
    if (descriptor.mappedAtCreation) {
      counted.writes++;
      counted.writtenBytes += descriptor.size;
    }
    return createBuffer.call(this, descriptor);
  };
  const channel = new BroadcastChannel(channelName);
  channel.onmessage = ({ data }: MessageEvent<unknown>): void => {
    if (data !== 'tell') return;
    channel.postMessage(counted satisfies Transfers);
    counted = { reads: 0, readBytes: 0, writes: 0, writtenBytes: 0 };
  };
}

/** Asks the one worker that counts. */
export async function askTransfers(): Promise<Transfers> {
  const channel = new BroadcastChannel(channelName);
  const told = new Promise<Transfers>((resolve) => {
    channel.onmessage = ({ data }: MessageEvent<Transfers>): void => resolve(data);
  });
  channel.postMessage('tell');
  return told.finally(() => channel.close());
}
