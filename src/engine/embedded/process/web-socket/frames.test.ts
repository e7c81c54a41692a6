import assert from 'node:assert/strict';
import { test } from 'node:test';
import { FrameReader, encodeFrame, opcode, type Frame } from './frames.ts';

/** A frame as a server sends it: what a client sends, without the mask. */
function serverFrame(kind: number, payload: Uint8Array, { isLast = true } = {}): Uint8Array {
  const frame = encodeFrame(kind, payload, new Uint8Array(4));
  frame[0] = (isLast ? 0x80 : 0) | kind;
  frame[1] = (frame[1] ?? 0) & 0x7f;
  const maskAt = frame.length - payload.length - 4;
  return Uint8Array.from([...frame.subarray(0, maskAt), ...frame.subarray(maskAt + 4)]);
}

function framesOf(reader: FrameReader, bytes: Uint8Array, step: number): Frame[] {
  const frames: Frame[] = [];
  for (let at = 0; at < bytes.length; at += step) {
    reader.push(bytes.subarray(at, at + step));
    for (let frame = reader.next(); frame; frame = reader.next()) frames.push(frame);
  }
  return frames;
}

test('frames of every length are read, however they arrive', () => {
  for (const length of [0, 1, 125, 126, 65_535, 65_536, 70_000]) {
    const payload = Uint8Array.from({ length }, (_, index) => index % 256);
    const bytes = Uint8Array.from(
      Buffer.concat([
        serverFrame(opcode.text, payload, { isLast: false }),
        serverFrame(opcode.continuation, payload),
      ]),
    );
    for (const step of [7, 4096, bytes.length]) {
      assert.deepEqual(framesOf(new FrameReader(70_000), bytes, step), [
        { opcode: opcode.text, isLast: false, payload },
        { opcode: opcode.continuation, isLast: true, payload },
      ]);
    }
  }
});

test('a frame of the client is masked', () => {
  // The example of RFC 6455, 5.7.
  const frame = encodeFrame(opcode.text, Buffer.from('Hello'), Uint8Array.of(0x37, 0xfa, 0x21, 0x3d));
  assert.equal(Buffer.from(frame).toString('hex'), '818537fa213d7f9f4d5158');
});

test('what no server may send is refused', () => {
  const forged: [hex: string, code: number][] = [
    ['c100', 1002], // an extension's bit
    ['8180', 1002], // masked
    ['8300', 1002], // an unknown kind
    ['0900', 1002], // a ping in parts
    ['897e', 1002], // a long ping
    ['827effff', 1009],
    ['827fffffffffffffffff', 1009],
  ];
  for (const [hex, code] of forged) {
    const reader = new FrameReader(1000);
    reader.push(Buffer.from(hex, 'hex'));
    assert.throws(() => reader.next(), { code }, hex);
  }
});
