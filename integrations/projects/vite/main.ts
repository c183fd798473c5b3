import { builtinModels } from '@deblur/models';
import { createDeblur, createImage, psnr, type PixelImage } from '@deblur/core';

const deblur = createDeblur({ plugins: [builtinModels()] });
const black: PixelImage = createImage({ width: 8, height: 8, channels: 3, type: 'uint8' });
const grey: PixelImage = { ...black, data: black.data.map(() => 51) };
const found = { models: deblur.models.list().map(({ manifest }) => manifest.id), psnr: psnr(grey, black) };
(globalThis as { deblurSmoke?: typeof found }).deblurSmoke = found;
