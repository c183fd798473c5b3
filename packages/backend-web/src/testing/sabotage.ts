/** What a test can ask of the workers that listen. */
export type Sabotage = 'destroy-device' | 'throw' | 'tell-memory';

/** Bytes of wasm memory a worker has taken. */
export interface ToldMemory {
  readonly memoryBytes: number;
}

const channelName = 'deblur-sabotage';

/** Makes the worker it is called in lose its GPU device, fail, or tell how much memory it has taken, when a test says so. */
export function listenForSabotage(): void {
  const devices: GPUDevice[] = [];
  const memories: WebAssembly.Memory[] = [];
  WebAssembly.Memory = new Proxy(WebAssembly.Memory, {
    construct(Constructor, [descriptor]: [WebAssembly.MemoryDescriptor]): WebAssembly.Memory {
      const memory = new Constructor(descriptor);
      memories.push(memory);
      return memory;
    },
  });
  if (typeof GPUAdapter !== 'undefined') {
    const requestDevice = GPUAdapter.prototype.requestDevice;
    GPUAdapter.prototype.requestDevice = async function remember(...options): Promise<GPUDevice> {
      const device = await requestDevice.apply(this, options);
      devices.push(device);
      return device;
    };
  }
  const channel = new BroadcastChannel(channelName);
  channel.onmessage = ({ data }: MessageEvent<Sabotage>): void => {
    if (data === 'destroy-device') for (const device of devices) device.destroy();
    if (data === 'throw') setTimeout(() => { throw new Error('sabotage'); });
    if (data === 'tell-memory') channel.postMessage({ memoryBytes: memories.reduce((sum, { buffer }) => sum + buffer.byteLength, 0) } satisfies ToldMemory);
  };
}

/** Asks the workers that listen for something. */
export function sabotage(wish: Exclude<Sabotage, 'tell-memory'>): void {
  const channel = new BroadcastChannel(channelName);
  channel.postMessage(wish);
  channel.close();
}

/** Bytes of wasm memory taken by the one worker that listens. */
export async function askMemory(): Promise<number> {
  const channel = new BroadcastChannel(channelName);
  const told = new Promise<number>((resolve) => {
    channel.onmessage = ({ data }: MessageEvent<ToldMemory>): void => resolve(data.memoryBytes);
  });
  channel.postMessage('tell-memory' satisfies Sabotage);
  return told.finally(() => channel.close());
}
