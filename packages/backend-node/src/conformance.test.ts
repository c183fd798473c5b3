import { describe, it } from 'vitest';
import { testBackend } from '@deblur/conformance';
import { createNodeBackend } from '@deblur/backend-node';

testBackend({ name: 'backend-node on cpu', createBackend: () => createNodeBackend(), provider: 'cpu', runner: { describe, it } });
