/**
 * Set-up of the tests in browsers. When an assertion fails, vitest sends what it compared element by element; for a picture's samples that is a
 * message of hundreds of megabytes, at which vitest's socket or playwright dies ("Max payload size exceeded", "Cannot create a
 * string longer than 0x1fffffe8 characters") without telling which test failed. Both ask `toJSON` first.
 */
const most = 1000;
for (const kind of [Float32Array, Float64Array, Uint8ClampedArray, Uint16Array, Int16Array, Uint32Array, Int32Array]) {
  Object.defineProperty(kind.prototype, 'toJSON', {
    configurable: true,
    writable: true,
    value(this: { readonly length: number }): unknown {
      return this.length > most ? `<${kind.name}(${this.length}) …>` : { ...this };
    },
  });
}
