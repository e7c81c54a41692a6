/** Secret keys and the classes of Node's library that hold them. */
import { areEqual, bytesOf, encodeBytes, type ByteSource } from './bytes.ts';
import type { Realm } from '../../realm.ts';

/** `kKeyTypeSecret` and `kKeyFormatJWK` */
const secretType = 0;
const jwkFormat = 2;

/** `KeyObjectHandle` of a secret key; of other keys there are none. */
export class SecretKey {
  #bytes = new Uint8Array();
  readonly #realm: Realm;

  constructor(realm: Realm) {
    this.#realm = realm;
  }

  static bytes(key: SecretKey): Uint8Array {
    return key.#bytes;
  }

  /** `key` is bytes, or in the format JWK an object with them. */
  init(type: number, key: ByteSource | JsonWebKey, format?: number): void {
    if (type !== secretType) {
      this.#realm.notSupported('A public or private key (crypto.createPublicKey, crypto.createPrivateKey)');
    }
    // The format says which of the two it is.
    const bytes =
      format === jwkFormat
        ? bytesOf(this.#realm, (key as JsonWebKey).k ?? '', 'base64url')
        : bytesOf(this.#realm, key as ByteSource);
    this.#bytes = Uint8Array.from(bytes);
  }

  getKeyType(): number {
    return secretType;
  }

  getSymmetricKeySize(): number {
    return this.#bytes.length;
  }

  export(): Uint8Array | string {
    return encodeBytes(this.#realm, Uint8Array.from(this.#bytes));
  }

  exportJwk(into: object): object {
    return Object.assign(into, { kty: 'oct', k: encodeBytes(this.#realm, this.#bytes, 'base64url') });
  }

  equals(other: SecretKey): boolean {
    return areEqual(this.#bytes, other.#bytes);
  }
}

type Slots = [type: number, ...values: unknown[]];
/** Node's library makes its classes out of the one that it is given. */
type DefineClasses = (NativeClass: new (...args: never[]) => object) => readonly unknown[];

/** The members of the binding that have to do with keys. `createKey` makes a `CryptoKey` around a handle. */
export function keyMembers(realm: Realm): {
  readonly members: Record<string, unknown>;
  createCryptoKey(...args: unknown[]): object;
} {
  const objectSlots = new WeakMap<object, Slots>();
  const cryptoSlots = new WeakMap<object, Slots>();
  let cryptoKeyClass: unknown;

  // oxlint-disable-next-line typescript/no-extraneous-class -- Node's library extends it
  class NativeKeyObject {
    constructor(handle: SecretKey) {
      objectSlots.set(this, [secretType, handle]);
    }
  }

  // oxlint-disable-next-line typescript/no-extraneous-class -- Node's library extends it
  class NativeCryptoKey {
    constructor(handle: SecretKey, algorithm: unknown, usages: number, isExtractable: boolean) {
      cryptoSlots.set(this, [secretType, isExtractable, algorithm, usages, handle]);
    }
  }

  const slotsOf = (table: WeakMap<object, Slots>, key: object): Slots => {
    const slots = table.get(key);
    if (!slots)
      throw Object.assign(new TypeError('Value of "this" must be a key'), { code: 'ERR_INVALID_THIS' });
    return [...slots];
  };

  return {
    members: {
      KeyObjectHandle: class KeyObjectHandle extends SecretKey {
        constructor() {
          super(realm);
        }
      },
      createNativeKeyObjectClass: (define: DefineClasses) => define(NativeKeyObject),
      getKeyObjectSlots: (key: object) => slotsOf(objectSlots, key),
      createCryptoKeyClass(define: DefineClasses) {
        const classes = define(NativeCryptoKey);
        cryptoKeyClass = classes[1];
        return classes;
      },
      getCryptoKeySlots: (key: object) => slotsOf(cryptoSlots, key),
    },
    createCryptoKey(...args) {
      // `InternalCryptoKey` of Node's library, which was loaded before anyone could ask for a key.
      return Reflect.construct(cryptoKeyClass as new (...args: unknown[]) => object, args);
    },
  };
}
