import assert from 'node:assert/strict';
import { test } from 'node:test';
import realV8 from 'node:v8';
import { outcome } from './oracle.ts';
import { serdes } from './serdes.ts';
import { libraryOn } from '../library-on.ts';

// Node's own module on our binding: it exports what the real one exports.
const ours = libraryOn({ serdes }, ['v8']).require('v8') as unknown as typeof realV8;

class Point {
  x = 1;
  get y(): number {
    return 2;
  }
}
const circular: Record<string, unknown> = { list: [] };
circular['self'] = circular;
const shared = { a: 1 };
const withStack = <E extends Error>(error: E): E => Object.assign(error, { stack: 'where' });
const bytes = new Uint8Array([1, 2, 3, 4, 5, 6, 7, 8]);

const values: Record<string, unknown> = {
  undefined: undefined,
  null: null,
  booleans: [true, false],
  integers: [0, 1, -1, 2 ** 31 - 1, -(2 ** 31), 2 ** 31, 2 ** 53],
  numbers: [-0, 1.5, NaN, Infinity],
  bigints: [0n, 1n, -123n, 2n ** 64n, -(2n ** 130n)],
  strings: ['', 'abc', 'é', 'a€', '😀', 'x'.repeat(200), '€'.repeat(100)],
  'two-byte strings at odd places': ['a', '€', 'ab', '€€'],
  object: { a: 1, b: 'x', 7: 'seven', nested: { c: [] } },
  'sparse array': [1, , 3], // oxlint-disable-line no-sparse-arrays
  'array with a name': Object.assign([1], { x: 2 }),
  'circular object': circular,
  'same object twice': [shared, shared],
  date: new Date(5),
  'invalid date': new Date(NaN),
  'regular expressions': [/a.b/giu, /x/v, /y/dmsy],
  map: new Map<unknown, unknown>([
    [1, 2],
    ['k', new Map()],
  ]),
  set: new Set([1, 'a', shared]),
  'array buffer': bytes.buffer,
  'resizable buffer': new ArrayBuffer(2, { maxByteLength: 4 }),
  'typed arrays': [
    bytes,
    new Float64Array([1, 2]),
    new Uint16Array(bytes.buffer, 2, 2),
    new DataView(bytes.buffer),
  ],
  buffer: Buffer.from('hi'),
  wrappers: [Object(true), Object(false), Object(3), Object('x'), Object(5n)],
  errors: [
    withStack(new TypeError('m')),
    withStack(new Error('n', { cause: { a: 1 } })),
    withStack(new RangeError('r')),
  ],
  'class instance': new Point(),
  'null prototype': Object.assign(Object.create(null) as object, { a: 1 }),
  getter: { get x() { return 1; } }, // prettier-ignore
  function: () => 1,
  'method in an object': { deep: { f() {} } },
  symbol: Symbol('x'),
  'weak map': new WeakMap(),
  promise: Promise.resolve(),
};

for (const [name, value] of Object.entries(values)) {
  test(`serializes as V8 does: ${name}`, () => {
    const serialize = (v8: typeof realV8): unknown => outcome(() => v8.serialize(value).toString('hex'));
    assert.deepEqual(serialize(ours), serialize(realV8));
  });

  test(`reads what V8 wrote: ${name}`, () => {
    const written = outcome(() => realV8.serialize(value)) as { value?: Buffer };
    if (!written.value) return;
    const serialized = written.value;
    assert.deepEqual(ours.deserialize(serialized), realV8.deserialize(serialized));
  });
}

test('views without host objects', () => {
  const write = ({ Serializer }: typeof realV8): string => {
    const serializer = new Serializer();
    serializer.writeHeader();
    serializer.writeValue({ one: bytes, two: new Uint16Array(bytes.buffer, 2, 2), buffer: bytes.buffer });
    serializer.writeUint32(300);
    serializer.writeUint64(1, 2);
    serializer.writeDouble(0.5);
    serializer.writeRawBytes(Buffer.from('raw'));
    return serializer.releaseBuffer().toString('hex');
  };
  assert.equal(write(ours), write(realV8));
  const read = ({ Deserializer }: typeof realV8): unknown => {
    const deserializer = new Deserializer(Buffer.from(write(realV8), 'hex'));
    const header = deserializer.readHeader();
    const value: unknown = deserializer.readValue();
    const numbers = [deserializer.readUint32(), deserializer.readUint64(), deserializer.readDouble()];
    return [
      header,
      value,
      numbers,
      deserializer.readRawBytes(3).toString(),
      deserializer.getWireFormatVersion(),
    ];
  };
  assert.deepEqual(read(ours), read(realV8));
});

for (const hex of ['', 'ff', 'ff0f', 'ff0f22ff', 'ff0f5e05', 'ff0f41ffffff0f', '00', 'ff7f30', 'ff0f51']) {
  test(`bytes that are no value: "${hex}"`, () => {
    const read = (v8: typeof realV8): unknown =>
      outcome(() => v8.deserialize(Buffer.from(hex, 'hex')) as unknown);
    assert.deepEqual(read(ours), read(realV8));
  });
}
