/** AES of Web Crypto, done by the browser's own: asynchronous, which is why `createCipheriv` cannot have it. */
import { bytesOf, type ByteSource } from './bytes.ts';
import { AsyncWrap } from '../../wraps/async-wrap.ts';
import type { Binding, Realm } from '../../realm.ts';

const DECRYPT = 1;

/** `BufferSource` of the browser takes no shared memory, and views of Node may change meanwhile: so a copy. */
const copyOf = (realm: Realm, source: ByteSource): Uint8Array<ArrayBuffer> =>
  Uint8Array.from(bytesOf(realm, source));

/** The browser's parameters for one of the binding's `kKeyVariant…` names, and what the job was given with it. */
function parametersOf(
  realm: Realm,
  variant: string,
  iv: ByteSource,
  option: unknown,
  additionalData: ByteSource | undefined,
): AesCbcParams | AesCtrParams | AesGcmParams {
  const start = copyOf(realm, iv);
  if (variant.includes('CBC')) return { name: 'AES-CBC', iv: start };
  if (variant.includes('CTR')) return { name: 'AES-CTR', counter: start, length: Number(option) };
  if (!variant.includes('GCM'))
    realm.notSupported(`crypto.subtle with ${variant.replace(/^kKeyVariant/, '')}`);
  const parameters = { name: 'AES-GCM', iv: start, tagLength: Number(option) * 8 };
  if (additionalData === undefined) return parameters;
  return { ...parameters, additionalData: copyOf(realm, additionalData) };
}

/** `AESCipherJob` in its form for Web Crypto. */
export function aesCipherJob(realm: Realm, shape: Binding): unknown {
  const variants = new Map(
    Object.entries(shape).flatMap(([name, value]) =>
      name.startsWith('kKeyVariantAES') ? [[value, name]] : [],
    ),
  );

  return class AESCipherJob extends AsyncWrap {
    readonly #start: () => Promise<ArrayBuffer>;

    constructor(
      _mode: number,
      direction: number,
      key: ByteSource,
      data: ByteSource,
      variant: number,
      iv: ByteSource = '',
      option?: unknown,
      additionalData?: ByteSource,
    ) {
      super(realm, 'CIPHERREQUEST');
      const parameters = parametersOf(realm, variants.get(variant) ?? '', iv, option, additionalData);
      const [secret, input] = [copyOf(realm, key), copyOf(realm, data)];
      this.#start = async () => {
        const { subtle } = realm.host.crypto;
        const native = await subtle.importKey('raw', secret, parameters.name, false, ['encrypt', 'decrypt']);
        return direction === DECRYPT
          ? subtle.decrypt(parameters, native, input)
          : subtle.encrypt(parameters, native, input);
      };
    }

    run(): Promise<ArrayBuffer> {
      realm.loop.ref();
      return new Promise((resolve, reject) => {
        // The browser answers whenever it likes; the program hears of it from its event loop.
        const settle = (callback: () => void): void => {
          realm.loop.enqueue(callback);
          realm.loop.unref();
        };
        this.#start().then(
          (result) => settle(() => resolve(result)),
          () => settle(() => reject(this.#failure())),
        );
      });
    }

    #failure(): Error {
      const { lazyDOMException } = realm.requireBuiltin('internal/util') as {
        lazyDOMException(message: string, name: string): Error;
      };
      return lazyDOMException('The operation failed for an operation-specific reason', 'OperationError');
    }
  };
}
