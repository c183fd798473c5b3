import * as runtime from 'onnxruntime-web/webgpu';
import { serve } from './serve.ts';

// Entry of a worker that computes on the GPU.
serve(runtime, 'webgpu');
