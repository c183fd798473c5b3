/** The pixels of what can be drawn: R, G, B, A of 8 bits. */
export function bitmapPixels(bitmap: ImageBitmap | HTMLCanvasElement | OffscreenCanvas): Uint8ClampedArray {
  const canvas = new OffscreenCanvas(bitmap.width, bitmap.height);
  const context = canvas.getContext('2d', { willReadFrequently: true })!;
  context.drawImage(bitmap, 0, 0);
  return context.getImageData(0, 0, bitmap.width, bitmap.height).data;
}

/** A picture of pseudo-random soft colours, opaque. */
export function softPicture(width: number, height: number, phase = 0): ImageData {
  const data = new Uint8ClampedArray(width * height * 4);
  for (let i = 0; i < width * height; i++) {
    const [x, y] = [i % width, Math.floor(i / width)];
    for (let c = 0; c < 3; c++) data[i * 4 + c] = 128 + 60 * Math.sin(x / (5 + c) + phase) + 50 * Math.cos(y / (7 - c)) + ((i * 7919 + c * 31) % 17);
    data[i * 4 + 3] = 255;
  }
  return new ImageData(data, width, height);
}

/** The same as the SDK carries pictures: H×W×3. */
export function samplesOf({ data, width, height }: ImageData): Uint8Array<ArrayBuffer> {
  return Uint8Array.from({ length: width * height * 3 }, (_, i) => data[Math.floor(i / 3) * 4 + (i % 3)]!);
}
