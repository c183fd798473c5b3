import * as runtime from 'onnxruntime-web/webgpu';
import { serveGpu } from './gpu/serve-gpu.ts';

// Entry of a worker that keeps pictures on the GPU.
serveGpu(runtime);
