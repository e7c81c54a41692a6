/** Keys and the classes of Node's library that hold them. */
import { areEqual, bytesOf, encodeBytes, secretBytes, type ByteSource } from './bytes.ts';
import { codedError } from './errors.ts';
import { isPrivate, keyDetails, publicHalf, type KeyMaterial } from './asymmetric/key-material.ts';
import { writeJwk } from './asymmetric/jwk.ts';
import { writeSpki, writePkcs8 } from './asymmetric/key-der.ts';
import {
  base64Url,
  format as keyFormat,
  readPrivateKey,
  readPublicKey,
  type KeyForm,
} from './asymmetric/read-key.ts';
import { writeKey, type KeyOutput } from './asymmetric/write-key.ts';
import type { Realm } from '../../realm.ts';

/** `kKeyType…` */
export const keyType = { secret: 0, public: 1, private: 2 };

/** `POINT_CONVERSION_COMPRESSED` */
const compressed = 2;

const incompatible = (): Error =>
  codedError(
    Error,
    'ERR_CRYPTO_INCOMPATIBLE_KEY_OPTIONS',
    'The selected key encoding is incompatible with the key type',
  );

/** `KeyObjectHandle`: the bytes of a secret key, or a public or private key. */
export class KeyHandle {
  readonly #realm: Realm;
  #type = keyType.secret;
  #material: KeyMaterial | undefined;

  constructor(realm: Realm) {
    this.#realm = realm;
  }

  /** The public or private key of a handle. Throws when it is a secret key. */
  static material(key: KeyHandle): KeyMaterial {
    if (!key.#material) throw new TypeError('The key is a secret');
    return key.#material;
  }

  /** A handle around a key; `ofType` as `getKeyType` returns it. */
  static of(handle: KeyHandle, ofType: number, material: KeyMaterial): KeyHandle {
    handle.#type = ofType;
    handle.#material = ofType === keyType.public ? publicHalf(material) : material;
    return handle;
  }

  /** `data` is bytes, a JWK, or of a public key also the handle of a private one. */
  init(
    type: number,
    data: ByteSource | JsonWebKey,
    format?: number | null,
    encoding?: number | string | null,
    passphrase?: ByteSource | null,
    curve?: string | null,
  ): void {
    if (type === keyType.secret) {
      // The format says which of the two it is.
      const bytes =
        format === keyFormat.jwk
          ? bytesOf(this.#realm, (data as JsonWebKey).k ?? '', 'base64url')
          : bytesOf(this.#realm, data as ByteSource);
      secretBytes.set(this, Uint8Array.from(bytes));
      return;
    }
    const form = { format, type: encoding, passphrase, curve };
    const material =
      type === keyType.public ? publicKeyOf(this.#realm, data, form) : privateKeyOf(this.#realm, data, form);
    KeyHandle.of(this, type, material);
  }

  getKeyType(): number {
    return this.#type;
  }

  getSymmetricKeySize(): number {
    return bytesOf(this.#realm, this).length;
  }

  getAsymmetricKeyType(): string | undefined {
    return this.#material?.type;
  }

  keyDetail(into: object): object {
    return Object.assign(into, this.#material && keyDetails(this.#material));
  }

  /** Points of noble's curves are checked when they are read. */
  checkEcKeyData(): boolean {
    return this.#material?.type === 'ec';
  }

  export(
    format?: number,
    encoding?: number,
    cipher?: string | null,
    passphrase?: ByteSource | null,
  ): Uint8Array | string | object {
    if (!this.#material) return encodeBytes(this.#realm, Uint8Array.from(bytesOf(this.#realm, this)));
    const output: KeyOutput = { format, encoding, cipher, passphrase };
    return writeKey(this.#realm, this.#material, this.#type === keyType.private, output);
  }

  exportJwk(into: object): object {
    if (this.#material) return Object.assign(into, writeJwk(this.#material, base64Url(this.#realm)));
    return Object.assign(into, {
      kty: 'oct',
      k: encodeBytes(this.#realm, bytesOf(this.#realm, this), 'base64url'),
    });
  }

  rawPublicKey(): Uint8Array | string {
    const key = this.#material;
    if (!key || 'rsa' in key || key.type === 'ec') throw incompatible();
    return encodeBytes(this.#realm, Uint8Array.from(key.publicKey));
  }

  rawPrivateKey(): Uint8Array | string {
    const key = this.#material;
    if (!key || 'rsa' in key || key.type === 'ec' || !key.privateKey) throw incompatible();
    return encodeBytes(this.#realm, Uint8Array.from(key.privateKey));
  }

  rawSeed(): never {
    throw incompatible();
  }

  exportECPublicRaw(form: number): Uint8Array | string {
    const key = this.#material;
    if (key?.type !== 'ec') throw incompatible();
    const point = key.curve.implementation.Point.fromBytes(key.publicKey).toBytes(form === compressed);
    return encodeBytes(this.#realm, Uint8Array.from(point));
  }

  exportECPrivateRaw(): Uint8Array | string {
    const key = this.#material;
    if (key?.type !== 'ec' || !key.privateKey) throw incompatible();
    return encodeBytes(this.#realm, Uint8Array.from(key.privateKey));
  }

  equals(other: KeyHandle): boolean {
    const [one, two] = [this.#material, other.#material];
    if (!one || !two) return one === two && areEqual(bytesOf(this.#realm, this), bytesOf(this.#realm, other));
    if (isPrivate(one) !== isPrivate(two)) return false;
    return isPrivate(one)
      ? areEqual(writePkcs8(one), writePkcs8(two))
      : areEqual(writeSpki(one), writeSpki(two));
  }
}

/** The public key that a program gave. Throws Node's or OpenSSL's error when it is none. */
export function publicKeyOf(realm: Realm, data: unknown, form: KeyForm): KeyMaterial {
  return data instanceof KeyHandle ? KeyHandle.material(data) : readPublicKey(realm, data, form);
}

/** The private key that a program gave. Throws Node's or OpenSSL's error when it is none. */
export function privateKeyOf(realm: Realm, data: unknown, form: KeyForm): KeyMaterial {
  return data instanceof KeyHandle ? KeyHandle.material(data) : readPrivateKey(realm, data, form);
}

/** A new handle of the binding's own class, which Node's library checks keys against. */
export function createHandle(realm: Realm): KeyHandle {
  const Handle = realm.internalBinding('crypto')['KeyObjectHandle'] as new () => KeyHandle;
  return new Handle();
}

type Slots = [type: number, ...values: unknown[]];
/** Node's library makes its classes out of the one that it is given. */
type DefineClasses = (NativeClass: new (...args: never[]) => object) => readonly unknown[];

/** Makes a `CryptoKey` around a handle: algorithm, mask of usages, whether it can be exported. */
export type CreateCryptoKey = (handle: KeyHandle, ...slots: unknown[]) => object;

/** The members of the binding that have to do with keys. */
export function keyMembers(realm: Realm): {
  readonly members: Record<string, unknown>;
  readonly createCryptoKey: CreateCryptoKey;
} {
  const objectSlots = new WeakMap<object, Slots>();
  const cryptoSlots = new WeakMap<object, Slots>();
  let cryptoKeyClass: unknown;

  // oxlint-disable-next-line typescript/no-extraneous-class -- Node's library extends it
  class NativeKeyObject {
    constructor(handle: KeyHandle) {
      objectSlots.set(this, [handle.getKeyType(), handle]);
    }
  }

  // oxlint-disable-next-line typescript/no-extraneous-class -- Node's library extends it
  class NativeCryptoKey {
    constructor(handle: KeyHandle, algorithm: unknown, usages: number, isExtractable: boolean) {
      cryptoSlots.set(this, [handle.getKeyType(), isExtractable, algorithm, usages, handle]);
    }
  }

  const slotsOf = (table: WeakMap<object, Slots>, key: object): Slots => {
    const slots = table.get(key);
    if (!slots) throw codedError(TypeError, 'ERR_INVALID_THIS', 'Value of "this" must be a key');
    return [...slots];
  };

  return {
    members: {
      KeyObjectHandle: class KeyObjectHandle extends KeyHandle {
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
