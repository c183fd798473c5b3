import { createDeblur, psnr } from '@deblur/core';
import { nodeBackend } from '@deblur/backend-node';
import { maximModels } from '@deblur/model-maxim';
import { builtinModels } from '@deblur/models';
import { sharpCodec } from '@deblur/plugin-sharp';

const [blurredPath, sharpPath] = process.argv.slice(2);
const deblur = createDeblur({ plugins: [nodeBackend(), sharpCodec(), builtinModels(), maximModels()] });
const [blurred, sharp] = [await deblur.read(blurredPath), await deblur.read(sharpPath)];
const { image } = await deblur.run(blurred);
const refusal = await deblur.run(blurred, { strength: 2 }).catch((error) => error);
if (refusal.name !== 'InvalidArgumentError') throw new Error(`A refused option gave ${refusal.name}, not InvalidArgumentError.`);
await deblur.dispose();
const gain = psnr(image, sharp) - psnr(blurred, sharp);
if (!(gain > 1)) throw new Error(`The restored picture gained ${gain.toFixed(2)} dB; more than 1 dB was expected.`);
