// The worker of @deblur/backend-web, which a test can make lose its device, fail, or tell how much memory wasm has taken.
import '../worker/webgpu.ts';

const memories: WebAssembly.Memory[] = [];
void memories;
