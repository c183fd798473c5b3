import type { Bytes } from '../bytes.ts';

/** Writes bits, least first. */
export class BitWriter {
  #bytes = new Uint8Array(2 ** 16);
  #length = 0;
  #held = 0;
  #count = 0;

  /** Writes the low `count` ≤ 16 bits of a value. */
  write(value: number, count: number): void {
    this.#held |= value << this.#count;
    this.#count += count;
    while (this.#count >= 8) {
      this.#push(this.#held & 0xff);
      this.#held >>>= 8;
      this.#count -= 8;
    }
  }

  /** The bytes, the last one filled up with zeros. */
  finish(): Bytes {
    if (this.#count > 0) this.#push(this.#held & 0xff);
    this.#count = 0;
    return this.#bytes.slice(0, this.#length);
  }

  #push(byte: number): void {
    if (this.#length === this.#bytes.length) {
      const larger = new Uint8Array(this.#length * 2);
      larger.set(this.#bytes);
      this.#bytes = larger;
    }
    this.#bytes[this.#length++] = byte;
  }
}
