const { createDeblur, psnr } = require('@deblur/core');
const { nodeBackend } = require('@deblur/backend-node');
const { testBackend } = require('@deblur/conformance');
const { maximModels } = require('@deblur/model-maxim');
const { builtinModels } = require('@deblur/models');
const { sharpCodec } = require('@deblur/plugin-sharp');

async function main([blurredPath, sharpPath]) {
  if (typeof testBackend !== 'function') throw new Error('@deblur/conformance has no testBackend().');
  const deblur = createDeblur({ plugins: [nodeBackend(), sharpCodec(), builtinModels(), maximModels()] });
  const [blurred, sharp] = [await deblur.read(blurredPath), await deblur.read(sharpPath)];
  const { image } = await deblur.run(blurred);
  const refusal = await deblur.run(blurred, { strength: 2 }).catch((error) => error);
  if (refusal.name !== 'InvalidArgumentError') throw new Error(`A refused option gave ${refusal.name}, not InvalidArgumentError.`);
  await deblur.dispose();
  const gain = psnr(image, sharp) - psnr(blurred, sharp);
  if (!(gain > 1)) throw new Error(`The restored picture gained ${gain.toFixed(2)} dB; more than 1 dB was expected.`);
}

main(process.argv.slice(2));
