import { drawPicture } from '../../gpu/shaders/draw-picture.wgsl.ts';

/** Draws a texture over the whole of another one of the same size, premultiplied by its alpha. */
export type PictureDrawer = (texture: GPUTexture, onto: GPUTexture) => void;

/** @param format of the textures drawn onto */
export function createPictureDrawer(device: GPUDevice, format: GPUTextureFormat): PictureDrawer {
  const module = device.createShaderModule({ code: drawPicture });
  const pipeline = device.createRenderPipeline({
    layout: 'auto', vertex: { module, entryPoint: 'cover' }, fragment: { module, entryPoint: 'draw', targets: [{ format }] },
  });
  return (texture, onto) => {
    const encoder = device.createCommandEncoder();
    const pass = encoder.beginRenderPass({ colorAttachments: [{ view: onto.createView(), loadOp: 'clear', clearValue: [0, 0, 0, 0], storeOp: 'store' }] });
    pass.setPipeline(pipeline);
    pass.setBindGroup(0, device.createBindGroup({ layout: pipeline.getBindGroupLayout(0), entries: [{ binding: 0, resource: texture.createView() }] }));
    pass.draw(3);
    pass.end();
    device.queue.submit([encoder.finish()]);
  };
}
