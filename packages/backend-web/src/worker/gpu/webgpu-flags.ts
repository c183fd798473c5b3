/** Flags of WebGPU's buffers, which TypeScript's DOM types lack. */
export const bufferUsage = { mapRead: 0x1, copySource: 0x4, copyTarget: 0x8, uniform: 0x40, storage: 0x80 } as const;

/** Flags of WebGPU's textures. */
export const textureUsage = { copySource: 0x1, copyTarget: 0x2, textureBinding: 0x4, storageBinding: 0x8, renderAttachment: 0x10 } as const;

/** Mapping a buffer for reading. */
export const mapForReading = 0x1;
