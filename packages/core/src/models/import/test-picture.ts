/**
 * A picture with what photographs have at all scales: smooth shades, edges, lines, texture and colours. The same each time.
 * @returns H×W×C interleaved, 0 to 255 without noise, well inside the range
 */
export function testPicture(width: number, height: number, channels: number): Uint8Array {
  const pixels = new Uint8Array(width * height * channels);
  for (let y = 0, i = 0; y < height; y++) {
    for (let x = 0; x < width; x++) {
      for (let c = 0; c < channels; c++, i++) {
        const shade = Math.sin(x / 47 + c) + Math.cos(y / 61 - 0.7 * c);
        const disc = Math.hypot((x % 53) - 26, (y % 43) - 21) < 13 ? 1 : -0.3;
        const line = (x + 2 * y + 9 * c) % 29 < 3 ? 1 : 0;
        const texture = Math.sin(1.9 * x + 0.4 * y) * Math.sin(1.3 * y - 0.2 * x);
        pixels[i] = Math.round(128 + 24 * shade + 26 * disc + 24 * line + 9 * texture);
      }
    }
  }
  return pixels;
}
