/** For tests only: Node's own `crypto` module on our binding, beside the real one (needs `--expose-internals`). */
import assert from 'node:assert/strict';
import realCrypto from 'node:crypto';
import { test } from 'node:test';
import { crypto } from '../crypto.ts';
import { outcome } from '../oracle.ts';
import { libraryOn } from '../../library-on.ts';

export type Crypto = typeof realCrypto;

const parts =
  'aes argon2 certificate cfrg chacha20_poly1305 cipher diffiehellman ec hash hashnames hkdf kem keygen keys mac ' +
  'ml_dsa ml_kem pbkdf2 random rsa scrypt sig util webcrypto webcrypto_util webidl x509';
const modules = parts.split(' ').map((name) => `internal/crypto/${name}`);
const library = libraryOn({ crypto }, ['crypto', 'internal/webidl', ...modules]);

/** Node's own module on our binding: it exports what the real one exports. */
export const ours = library.require('crypto') as unknown as Crypto;

/** A test: a call must come to the same on both. */
export function same(name: string, call: (crypto: Crypto) => unknown): void {
  test(name, () =>
    assert.deepEqual(
      outcome(() => call(ours)),
      outcome(() => call(realCrypto)),
    ),
  );
}

/** A test: a promise must come to the same on both. */
export function sameLater(name: string, call: (crypto: Crypto) => Promise<unknown>): void {
  test(name, async () => assert.deepEqual(await call(ours), await call(realCrypto)));
}
