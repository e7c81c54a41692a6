/** UTF-8 for TextEncoder and TextDecoder, and host names. */
import { bytesOf } from './buffer/codecs.ts';
import { nativeError } from './native-error.ts';
import { toASCII, toUnicode } from './url/idna.ts';
import type { BindingFactory } from '../realm.ts';

/** `internalBinding('encoding_binding')`. */
export const encodingBinding: BindingFactory = ({ host }, shape) => {
  const encoder = new host.TextEncoder();
  // One decoder for each pair of `ignoreBOM` and `fatal`.
  const decoders = [false, true].map((ignoreBOM) =>
    [false, true].map((fatal) => new host.TextDecoder('utf-8', { ignoreBOM, fatal })),
  );
  const encodeIntoResults = new Uint32Array(2);

  function decodeUTF8(input: unknown, ignoreBOM: unknown, fatal: unknown): string {
    if (!ArrayBuffer.isView(input) && !(input instanceof ArrayBuffer) && !isShared(input)) {
      const expected = 'an instance of SharedArrayBuffer, ArrayBuffer or ArrayBufferView';
      const message = `The "list" argument must be ${expected}.`;
      throw nativeError(TypeError, 'ERR_INVALID_ARG_TYPE', message, decodeUTF8);
    }
    const bytes = bytesOf(input);
    try {
      const decoder = decoders[Number(Boolean(ignoreBOM))]?.[Number(Boolean(fatal))];
      // Browsers decode no shared memory.
      return decoder?.decode(isShared(bytes.buffer) ? new Uint8Array(bytes) : bytes) ?? '';
    } catch {
      const message = 'The encoded data was not valid for encoding utf-8';
      throw nativeError(TypeError, 'ERR_ENCODING_INVALID_ENCODED_DATA', message, decodeUTF8);
    }
  }

  return {
    ...shape,
    encodeIntoResults,
    encodeInto(text: string, target: Uint8Array): void {
      if (isShared(target.buffer)) {
        const copy = new Uint8Array(target.length);
        const { read, written } = encoder.encodeInto(text, copy);
        target.set(copy.subarray(0, written));
        encodeIntoResults.set([read, written]);
        return;
      }
      const { read, written } = encoder.encodeInto(text, target);
      encodeIntoResults.set([read, written]);
    },
    encodeUtf8String: (text: string) => encoder.encode(text),
    decodeUTF8,
    toASCII: (name: string) => toASCII(name, host.URL),
    toUnicode,
  };
};

const { SharedArrayBuffer } = globalThis;

function isShared(value: unknown): value is SharedArrayBuffer {
  return SharedArrayBuffer !== undefined && value instanceof SharedArrayBuffer;
}
