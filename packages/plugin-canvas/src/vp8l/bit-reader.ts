/** Reads bits, least first. Beyond the end it reads zeros; `isOver` tells. */
export class BitReader {
  readonly #bytes: Uint8Array;
  #at: number;
  #held = 0;
  #count = 0;

  constructor(bytes: Uint8Array, start: number) {
    this.#bytes = bytes;
    this.#at = start;
  }

  /** True if more was read than there is. */
  get isOver(): boolean {
    return this.#at - (this.#count >> 3) > this.#bytes.length;
  }

  /** The next `count` ≤ 24 bits, without taking them. */
  peek(count: number): number {
    while (this.#count < count) {
      this.#held |= (this.#bytes[this.#at] ?? 0) << this.#count;
      this.#at++;
      this.#count += 8;
    }
    return this.#held & ((1 << count) - 1);
  }

  /** Takes bits that were looked at. */
  skip(count: number): void {
    this.#held >>>= count;
    this.#count -= count;
  }

  /** Takes the next `count` ≤ 24 bits. */
  read(count: number): number {
    const value = this.peek(count);
    this.skip(count);
    return value;
  }
}
