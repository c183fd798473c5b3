import { createWebBackend } from '@deblur/backend-web';
import { describe, it } from 'vitest';
import { testBackend } from '@deblur/conformance';

testBackend({ name: 'backend-web on wasm', createBackend: () => createWebBackend(), provider: 'wasm', runner: { describe, it } });
