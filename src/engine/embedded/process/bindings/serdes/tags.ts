/** V8's format for values, version 15: what stands for what. Each tag is one byte. */

export const formatVersion = 15;

const code = (character: string): number => character.charCodeAt(0);

export const tag = {
  version: 0xff,
  padding: 0,
  theHole: code('-'),
  undefined: code('_'),
  null: code('0'),
  true: code('T'),
  false: code('F'),
  int32: code('I'),
  uint32: code('U'),
  double: code('N'),
  bigInt: code('Z'),
  utf8String: code('S'),
  oneByteString: code('"'),
  twoByteString: code('c'),
  objectReference: code('^'),
  beginObject: code('o'),
  endObject: code('{'),
  beginSparseArray: code('a'),
  endSparseArray: code('@'),
  beginDenseArray: code('A'),
  endDenseArray: code('$'),
  date: code('D'),
  trueObject: code('y'),
  falseObject: code('x'),
  numberObject: code('n'),
  bigIntObject: code('z'),
  stringObject: code('s'),
  regExp: code('R'),
  beginMap: code(';'),
  endMap: code(':'),
  beginSet: code("'"),
  endSet: code(','),
  arrayBuffer: code('B'),
  resizableArrayBuffer: code('~'),
  arrayBufferTransfer: code('t'),
  sharedArrayBuffer: code('u'),
  arrayBufferView: code('V'),
  hostObject: code('\\'),
  error: code('r'),
};

/** What follows `tag.error`, up to `end`. */
export const errorTag = { message: code('m'), cause: code('c'), stack: code('s'), end: code('.') };

/** Classes of errors, by tag. */
export const errorClasses = new Map<number, ErrorConstructor>(
  Object.entries({
    E: EvalError,
    R: RangeError,
    F: ReferenceError,
    S: SyntaxError,
    T: TypeError,
    U: URIError,
  }).map(([character, Class]) => [code(character), Class]),
);

/** Constructors of views, by tag. */
export const viewClasses = new Map<
  number,
  new (buffer: ArrayBuffer, offset: number, length: number) => ArrayBufferView
>([
  [code('b'), Int8Array],
  [code('B'), Uint8Array],
  [code('C'), Uint8ClampedArray],
  [code('w'), Int16Array],
  [code('W'), Uint16Array],
  [code('d'), Int32Array],
  [code('D'), Uint32Array],
  [code('f'), Float32Array],
  [code('F'), Float64Array],
  [code('q'), BigInt64Array],
  [code('Q'), BigUint64Array],
  [code('?'), DataView],
]);

/** Flags of regular expressions, by their bits. */
export const regExpFlags = 'gimyus-dv';
