import * as runtime from 'onnxruntime-web/wasm';
import { serve } from './serve.ts';

// Entry of a worker that computes on the processor.
serve(runtime, 'wasm');
