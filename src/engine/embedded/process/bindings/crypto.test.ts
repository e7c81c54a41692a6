import assert from 'node:assert/strict';
import realCrypto from 'node:crypto';
import { test } from 'node:test';
import { crypto } from './crypto.ts';
import { hashNames } from './crypto/digests.ts';
import { outcome } from './oracle.ts';
import { libraryOn } from '../library-on.ts';

type Crypto = typeof realCrypto;

const parts =
  'aes hash hashnames hkdf keygen keys mac pbkdf2 random scrypt util webcrypto webcrypto_util webidl';
const modules = parts.split(' ').map((name) => `internal/crypto/${name}`);
const library = libraryOn({ crypto }, ['crypto', 'internal/webidl', ...modules]);
// Node's own module on our bindings: it exports what the real one exports.
const ours = library.require('crypto') as unknown as Crypto;

/** A call must come to the same on both. */
function same(name: string, call: (crypto: Crypto) => unknown): void {
  test(name, () =>
    assert.deepEqual(
      outcome(() => call(ours)),
      outcome(() => call(realCrypto)),
    ),
  );
}

const data = Buffer.from('The quick brown fox jumps over the lazy dog. '.repeat(20));

for (const name of [
  ...hashNames,
  'SHA-256',
  'Sha512/256',
  '2.16.840.1.101.3.4.2.1',
  'SHA3-256',
  'BLAKE2B-512',
]) {
  same(`hash ${name}`, ({ createHash }) => createHash(name).update(data).update('é', 'latin1').digest('hex'));
  same(`hmac ${name}`, ({ createHmac }) => createHmac(name, 'key').update(data).digest('base64'));
}

same('an unknown hash', ({ createHash }) => createHash('nope'));
same('an unknown hash in one shot', ({ hash }) => hash('nope', 'x'));
same('an unknown hash for HMAC', ({ createHmac }) => createHmac('nope', 'k'));
same('an empty hash and key', ({ createHmac }) => createHmac('sha256', '').digest('base64url'));
same('hash in one shot', ({ hash }) => [
  hash('sha1', 'é'),
  hash('sha256', data, 'base64'),
  hash('md5', 'x', 'buffer'),
]);
same('an unknown output encoding', ({ createHash }) => createHash('md5').digest('nope' as 'hex'));
same('a hash is used up', ({ createHash }) => {
  const hash = createHash('sha256').update('x');
  hash.digest();
  return hash.update('y');
});
same('a digest that is read twice', ({ createHash }) => {
  const hash = createHash('sha256').update('x');
  hash.digest();
  return hash.digest();
});
same('copies', ({ createHash }) => {
  const hash = createHash('sha256').update('a');
  const copy = hash.copy().update('b').digest('hex');
  return [copy, hash.digest('hex')];
});
for (const outputLength of [0, 5, 32, 100]) {
  same(`an XOF of ${outputLength} bytes`, ({ createHash }) =>
    createHash('shake256', { outputLength }).update('x').digest('hex'),
  );
  same(`a copy of an XOF, of ${outputLength} bytes`, ({ createHash }) =>
    createHash('shake128').update('x').copy({ outputLength }).digest('hex'),
  );
  same(`${outputLength} bytes in one shot`, ({ hash }) => hash('sha256', 'x', { outputLength } as object));
}
same('a length that a hash does not have', ({ createHash }) => createHash('sha256', { outputLength: 0 }));
same('the list of hashes', ({ getHashes }) => getHashes().filter((name) => !/sm3|md5-sha1/i.test(name)));

for (const digest of ['sha1', 'sha256', 'SHA512', 'md5', 'sha3-256', 'nope', 'shake128']) {
  same(`PBKDF2 with ${digest}`, ({ pbkdf2Sync }) =>
    pbkdf2Sync('password', 'salt', 10, 50, digest).toString('hex'),
  );
  same(`HKDF with ${digest}`, ({ hkdfSync }) =>
    Buffer.from(hkdfSync(digest, 'key', 'salt', 'info', 50)).toString('hex'),
  );
}
same('PBKDF2 of no bytes', ({ pbkdf2Sync }) => pbkdf2Sync('password', 'salt', 1, 0, 'sha256'));
same('HKDF of no bytes', ({ hkdfSync }) => hkdfSync('sha256', 'k', 's', 'i', 0).byteLength);
same('HKDF of too many bytes', ({ hkdfSync }) => hkdfSync('sha256', 'k', 's', 'i', 255 * 32 + 1));
same('HKDF of a key object', ({ hkdfSync, createSecretKey }) =>
  Buffer.from(hkdfSync('sha256', createSecretKey(data), '', '', 16)).toString('hex'),
);
same('scrypt', ({ scryptSync }) => scryptSync('password', 'salt', 40).toString('hex'));
for (const options of [
  { N: 16 },
  { N: 16, r: 1, p: 3 },
  { N: 3 },
  { N: 1 },
  { N: 2 ** 20 },
  { N: 16, p: 2 ** 30 },
  { N: 2 ** 15 },
]) {
  same(`scrypt ${JSON.stringify(options)}`, ({ scryptSync }) =>
    scryptSync('a', 'b', 10, options).toString('hex'),
  );
}

same('equal in constant time', ({ timingSafeEqual }) => [
  timingSafeEqual(Buffer.from('ab'), Buffer.from('ab')),
  timingSafeEqual(Buffer.from('ab'), Buffer.from('ac')),
  timingSafeEqual(new Uint8Array(2), new Uint16Array(1)),
]);
same('equal, of other lengths', ({ timingSafeEqual }) => timingSafeEqual(Buffer.alloc(1), Buffer.alloc(2)));
same('equal, of no bytes', ({ timingSafeEqual }) =>
  timingSafeEqual('a' as unknown as Buffer, Buffer.alloc(2)),
);

same('secret keys', ({ createSecretKey }) => {
  const key = createSecretKey('c2VjcmV0', 'base64');
  const equals = key.equals(createSecretKey(Buffer.from('secret')));
  return [key.type, key.symmetricKeySize, key.export().toString(), key.export({ format: 'jwk' }), equals];
});
same('a key object for HMAC', ({ createHmac, createSecretKey }) =>
  createHmac('sha256', createSecretKey(Buffer.from('k')))
    .update('x')
    .digest('hex'),
);
same('a generated key', ({ generateKeySync }) => generateKeySync('hmac', { length: 100 }).symmetricKeySize);

test('random values are random and of the right form', () => {
  const { randomBytes, randomFillSync, randomInt, randomUUID } = ours;
  assert.equal(randomBytes(100_000).length, 100_000);
  assert.notDeepEqual(randomBytes(32), randomBytes(32));
  assert.match(randomUUID(), /^[\da-f]{8}-[\da-f]{4}-4[\da-f]{3}-[89ab][\da-f]{3}-[\da-f]{12}$/);
  assert.notEqual(randomUUID(), randomUUID());
  const filled = randomFillSync(new Uint8Array(10), 2, 5);
  assert.deepEqual([...filled.subarray(0, 2), ...filled.subarray(7)], [0, 0, 0, 0, 0]);
  const numbers = new Set(Array.from({ length: 500 }, () => randomInt(3, 6)));
  assert.deepEqual(
    [...numbers].toSorted((one, other) => one - other),
    [3, 4, 5],
  );
});

test('asynchronous forms call back later, with the same results', async () => {
  const order: string[] = [];
  const key = await new Promise<Buffer>((resolve, reject) => {
    ours.scrypt('password', 'salt', 16, { N: 16 }, (error, result) => {
      order.push('called back');
      if (error) reject(error);
      else resolve(result);
    });
    order.push('returned');
  });
  assert.deepEqual(order, ['returned', 'called back']);
  assert.deepEqual(key, realCrypto.scryptSync('password', 'salt', 16, { N: 16 }));
  const derived = await new Promise((resolve) =>
    ours.pbkdf2('p', 's', 2, 8, 'sha512', (_, result) => resolve(result)),
  );
  assert.deepEqual(derived, realCrypto.pbkdf2Sync('p', 's', 2, 8, 'sha512'));
  const random = await new Promise<Buffer>((resolve) => ours.randomBytes(8, (_, bytes) => resolve(bytes)));
  assert.equal(random.length, 8);
});

test('hash streams', async () => {
  const stream = ours.createHash('sha256');
  stream.end('piped');
  const chunks = await stream.toArray();
  assert.deepEqual(chunks, [realCrypto.createHash('sha256').update('piped').digest()]);
});

test('subtle digests, signs and derives', async () => {
  const run = async ({ webcrypto: { subtle } }: Crypto): Promise<unknown[]> => {
    const digest = await subtle.digest('SHA-256', data);
    const hmac = { name: 'HMAC', hash: 'SHA-256' };
    const key = await subtle.importKey('raw', Buffer.from('key'), hmac, true, ['sign', 'verify']);
    const signature = await subtle.sign('HMAC', key, data);
    const isValid = await subtle.verify('HMAC', key, signature, data);
    const isOtherValid = await subtle.verify('HMAC', key, signature, Buffer.from('other'));
    const password = await subtle.importKey('raw', Buffer.from('password'), 'PBKDF2', false, ['deriveBits']);
    const derivation = { name: 'PBKDF2', hash: 'SHA-256', salt: Buffer.from('salt'), iterations: 10 };
    const bits = await subtle.deriveBits(derivation, password, 128);
    const generated = await subtle.generateKey(hmac, true, ['sign']);
    const jwk = await subtle.exportKey('jwk', key);
    const imported = await subtle.importKey('jwk', jwk, hmac, true, ['sign', 'verify']);
    const isSame = await subtle.verify('HMAC', imported, signature, data);
    return [
      ...[digest, signature, bits].map((bytes) => Buffer.from(bytes).toString('hex')),
      isValid,
      isOtherValid,
      isSame,
      key.algorithm,
      key.usages,
      'algorithm' in generated && generated.algorithm,
      jwk,
    ];
  };
  assert.deepEqual(await run(ours), await run(realCrypto));
});

test('subtle encrypts and decrypts with AES', async () => {
  const run = async ({ webcrypto: { subtle } }: Crypto): Promise<unknown[]> => {
    const results: unknown[] = [];
    const iv = new Uint8Array(16).fill(7);
    const algorithms = [
      { name: 'AES-CBC', iv },
      { name: 'AES-CTR', counter: iv, length: 64 },
      { name: 'AES-GCM', iv, additionalData: Buffer.from('known'), tagLength: 96 },
    ];
    for (const algorithm of algorithms) {
      const key = await subtle.importKey('raw', Buffer.alloc(32, 1), algorithm.name, true, [
        'encrypt',
        'decrypt',
      ]);
      const secret = await subtle.encrypt(algorithm, key, Buffer.from('secret'));
      results.push(
        Buffer.from(secret).toString('hex'),
        Buffer.from(await subtle.decrypt(algorithm, key, secret)).toString(),
      );
      new Uint8Array(secret).fill(0);
      results.push(
        await subtle.decrypt(algorithm, key, secret).then(
          () => 'decrypted',
          (error: Error) => [error.name, error.message],
        ),
      );
    }
    return results;
  };
  assert.deepEqual(await run(ours), await run(realCrypto));
});
