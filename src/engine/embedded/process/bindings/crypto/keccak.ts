/** What Web Crypto makes of SHA-3's permutation: KMAC, cSHAKE, TurboSHAKE and KangarooTwelve; and Argon2. */
import { argon2d, argon2i, argon2id } from '@noble/hashes/argon2.js';
import {
  cshake128,
  cshake256,
  kmac128,
  kmac256,
  kt128,
  kt256,
  turboshake128,
  turboshake256,
} from '@noble/hashes/sha3-addons.js';
import { areEqual, arrayBufferOf, bytesOf, type ByteSource } from './bytes.ts';
import { defineJob } from './job.ts';
import type { Realm } from '../../realm.ts';

/** `kTypeArgon2d`, `kTypeArgon2i`, `kTypeArgon2id` */
const argon2 = [argon2d, argon2i, argon2id];

/** The members of the binding for the newer functions. */
export function keccakMembers(realm: Realm): Record<string, unknown> {
  const bytes = (source: ByteSource | undefined | null): Uint8Array =>
    source === undefined || source === null ? new Uint8Array() : Uint8Array.from(bytesOf(realm, source));

  const KmacJob = defineJob(
    realm,
    'SIGNREQUEST',
    (
      signMode: number,
      key: ByteSource,
      name: string,
      customization: ByteSource | undefined,
      _keyLength: number,
      bits: number,
      data: ByteSource,
      signature?: ByteSource,
    ) => {
      const [secret, message, given] = [bytes(key), bytes(data), bytes(signature)];
      const options = { dkLen: Math.ceil(bits / 8), personalization: bytes(customization) };
      const kmac = name.endsWith('128') ? kmac128 : kmac256;
      return () => {
        const code = kmac(secret, message, options);
        return signMode === 0 ? arrayBufferOf(code) : areEqual(code, given);
      };
    },
  );

  const CShakeJob = defineJob(
    realm,
    'HASHREQUEST',
    (
      name: string,
      data: ByteSource,
      functionName: ByteSource | undefined,
      customization: ByteSource | undefined,
      bits: number,
    ) => {
      const message = bytes(data);
      const options = {
        dkLen: Math.ceil(bits / 8),
        NISTfn: bytes(functionName),
        personalization: bytes(customization),
      };
      const shake = name.endsWith('128') ? cshake128 : cshake256;
      return () => arrayBufferOf(shake(message, options));
    },
  );

  const TurboShakeJob = defineJob(
    realm,
    'HASHREQUEST',
    (name: string, separation: number, length: number, data: ByteSource) => {
      const message = bytes(data);
      const shake = name.endsWith('128') ? turboshake128 : turboshake256;
      return () => arrayBufferOf(shake(message, { D: separation, dkLen: length }));
    },
  );

  const KangarooTwelveJob = defineJob(
    realm,
    'HASHREQUEST',
    (name: string, customization: ByteSource | undefined, length: number, data: ByteSource) => {
      const [message, personalization] = [bytes(data), bytes(customization)];
      const hash = name.endsWith('128') ? kt128 : kt256;
      return () => arrayBufferOf(hash(message, { personalization, dkLen: length }));
    },
  );

  const Argon2Job = defineJob(
    realm,
    'ARGON2REQUEST',
    (
      password: ByteSource,
      nonce: ByteSource,
      p: number,
      dkLen: number,
      m: number,
      t: number,
      secret: ByteSource | undefined,
      associatedData: ByteSource | undefined,
      type: number,
    ) => {
      const [message, salt, key, personalization] = [
        bytes(password),
        bytes(nonce),
        bytes(secret),
        bytes(associatedData),
      ];
      const derive = argon2[type] ?? argon2id;
      const options = { t, m, p, dkLen, key, personalization, maxmem: 2 ** 32 - 1 };
      return () => arrayBufferOf(derive(message, salt, options));
    },
  );

  return {
    KmacJob: class extends KmacJob {},
    CShakeJob: class extends CShakeJob {},
    TurboShakeJob: class extends TurboShakeJob {},
    KangarooTwelveJob: class extends KangarooTwelveJob {},
    Argon2Job: class extends Argon2Job {},
  };
}
