/** One field of a protocol buffer message: its number and a number, or the bytes of a text, message or packed list. */
export interface ProtobufField {
  readonly field: number;
  /** Value of a varint; 0 for other kinds. */
  readonly value: number;
  /** Content of a length-delimited field, not copied. */
  readonly bytes?: Uint8Array;
}

/**
 * Walks over the fields of a protocol buffer message without copying; contents that nobody looks at cost nothing.
 * @throws RangeError if the bytes end inside a field or hold an unknown kind of field
 */
export function* protobufFields(message: Uint8Array): Generator<ProtobufField, void, undefined> {
  let at = 0;
  const varint = (): number => {
    let result = 0;
    for (let scale = 1; at < message.length; scale *= 128) {
      const byte = message[at++];
      // Negative numbers are 64-bit two's complement: they come out ≥ 2^63, which nothing here needs exactly.
      result += (byte & 127) * scale;
      if (byte < 128) return result;
    }
    throw new RangeError('The message ends inside a number.');
  };
  const take = (length: number): Uint8Array => {
    if (!(length <= message.length - at)) throw new RangeError('The message ends inside a field.');
    at += length;
    return message.subarray(at - length, at);
  };
  while (at < message.length) {
    const key = varint();
    const field = Math.floor(key / 8);
    if (field === 0) throw new RangeError('A field has number 0.');
    if (key % 8 === 0) yield { field, value: varint() };
    else if (key % 8 === 1) yield { field, value: 0, bytes: take(8) };
    else if (key % 8 === 2) yield { field, value: 0, bytes: take(varint()) };
    else if (key % 8 === 5) yield { field, value: 0, bytes: take(4) };
    else throw new RangeError(`A field is of kind ${key % 8}, which is unknown.`);
  }
}

/** Content of a field as text. */
export function textOf({ bytes }: ProtobufField): string {
  return new TextDecoder().decode(bytes ?? new Uint8Array());
}

/** The fields of a message with a number. */
export function fieldsOf(message: Uint8Array | undefined, field: number): readonly ProtobufField[] {
  return message ? [...protobufFields(message)].filter((candidate) => candidate.field === field) : [];
}
