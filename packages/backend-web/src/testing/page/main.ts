import { builtinModels } from '@deblur/models';
import { createDeblur } from '@deblur/core';
import { webBackend } from '@deblur/backend-web';

// A page as users write them: models of the package, the default cache, the provider that works everywhere.
async function restore(): Promise<Record<string, unknown>> {
  const deblur = createDeblur({ plugins: [webBackend({ providers: ['wasm'] }), builtinModels()] });
  const data = Uint8Array.from({ length: 48 * 40 * 3 }, (_, i) => (i * 7919) % 256);
  const { backend, warnings, image } = await deblur.run({ width: 48, height: 40, channels: 3, data, transfer: 'srgb' }, { model: 'ffdnet-color' });
  const probed = await deblur.backend?.probe();
  await deblur.dispose();
  return {
    isolated: crossOriginIsolated, provider: backend?.provider, warnings: warnings.map(({ code }) => code), samples: image?.data.length,
    wasm: probed?.find(({ provider }) => provider === 'wasm')?.devices?.[0],
  };
}

const page = globalThis as { result?: unknown };
restore().then((result) => { page.result = result; }, (error: unknown) => { page.result = { error: String(error) }; });
