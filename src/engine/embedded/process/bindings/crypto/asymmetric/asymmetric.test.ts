import assert from 'node:assert/strict';
import realCrypto, { type KeyObject } from 'node:crypto';
import { test } from 'node:test';
import { ours, same, sameLater, type Crypto } from '../beside-real.ts';

const message = Buffer.from('some message');
const pem = { type: 'pkcs8', format: 'pem' } as const;
const { generateKeyPairSync } = realCrypto;

// The types know of no other call than this one.
const pssOptions = { modulusLength: 1024, hashAlgorithm: 'sha384', saltLength: 9 } as unknown as {
  modulusLength: number;
};

// Keys that real Node made: what both make of them has to be the same.
const keys: Readonly<Record<string, KeyObject>> = {
  rsa: generateKeyPairSync('rsa', { modulusLength: 1024 }).privateKey,
  pss: generateKeyPairSync('rsa-pss', pssOptions).privateKey,
  p256: generateKeyPairSync('ec', { namedCurve: 'P-256' }).privateKey,
  p384: generateKeyPairSync('ec', { namedCurve: 'P-384' }).privateKey,
  p521: generateKeyPairSync('ec', { namedCurve: 'P-521' }).privateKey,
  secp256k1: generateKeyPairSync('ec', { namedCurve: 'secp256k1' }).privateKey,
  ed25519: generateKeyPairSync('ed25519').privateKey,
  ed448: generateKeyPairSync('ed448').privateKey,
  x25519: generateKeyPairSync('x25519').privateKey,
  x448: generateKeyPairSync('x448').privateKey,
};
const text = (name: string): string => String(keys[name]?.export(pem));
const digestOf = (name: string): string | null => (name.startsWith('ed') ? null : 'sha384');

for (const name of Object.keys(keys)) {
  const forms: readonly (readonly [string, (crypto: Crypto) => unknown])[] = [
    ['PKCS #8', ({ createPrivateKey }) => createPrivateKey(text(name)).export(pem)],
    ['SPKI', ({ createPublicKey }) => createPublicKey(text(name)).export({ type: 'spki', format: 'der' })],
    [
      'PKCS #1',
      ({ createPrivateKey }) => createPrivateKey(text(name)).export({ type: 'pkcs1', format: 'pem' }),
    ],
    ['SEC 1', ({ createPrivateKey }) => createPrivateKey(text(name)).export({ type: 'sec1', format: 'pem' })],
    ['JWK', ({ createPrivateKey }) => createPrivateKey(text(name)).export({ format: 'jwk' })],
    ['details', ({ createPublicKey }) => createPublicKey(text(name)).asymmetricKeyDetails],
  ];
  for (const [form, write] of forms) same(`${name}: ${form}`, write);

  same(`${name}: JWK and back`, ({ createPrivateKey }) => {
    const key = createPrivateKey(text(name));
    return createPrivateKey({ key: key.export({ format: 'jwk' }), format: 'jwk' }).equals(key);
  });
  same(`${name}: encrypted and back`, ({ createPrivateKey }) => {
    const key = createPrivateKey(text(name));
    const secret = key.export({ ...pem, cipher: 'aes-256-cbc', passphrase: 'x' });
    return createPrivateKey({ key: secret, passphrase: 'x' }).equals(key);
  });

  test(`${name}: one reads the other's encrypted keys`, () => {
    const options = { ...pem, cipher: 'aes-192-cbc', passphrase: 'x' };
    const mine = ours.createPrivateKey(text(name)).export(options);
    assert.equal(realCrypto.createPrivateKey({ key: mine, passphrase: 'x' }).export(pem), text(name));
    const real = realCrypto.createPrivateKey(text(name)).export(options);
    assert.equal(ours.createPrivateKey({ key: real, passphrase: 'x' }).export(pem), text(name));
  });

  if (name.startsWith('x')) {
    same(`${name}: agreement`, (crypto) => {
      const privateKey = crypto.createPrivateKey(text(name));
      return crypto.diffieHellman({ privateKey, publicKey: crypto.createPublicKey(text(name)) });
    });
    continue;
  }
  test(`${name}: one verifies the other's signatures`, () => {
    for (const [signer, verifier] of [
      [ours, realCrypto],
      [realCrypto, ours],
    ] as const) {
      const signature = signer.sign(digestOf(name), message, text(name));
      assert.equal(verifier.verify(digestOf(name), message, text(name), signature), true);
      assert.equal(verifier.verify(digestOf(name), Buffer.from('other'), text(name), signature), false);
      signature[3] = (signature[3] ?? 0) ^ 1;
      assert.equal(verifier.verify(digestOf(name), message, text(name), signature), false);
    }
  });
}

for (const digest of ['md5', 'sha1', 'sha256', 'sha3-512', 'RSA-SHA512']) {
  same(`RSA with ${digest}`, ({ createSign }) => createSign(digest).update(message).sign(text('rsa'), 'hex'));
}
same('Ed25519', ({ sign }) => sign(null, message, text('ed25519')));
same('Ed448', ({ sign }) => sign(null, message, text('ed448')));
same('Ed25519 with a digest', ({ sign }) => sign('sha256', message, text('ed25519')));
same('X25519 signs', ({ sign }) => sign(null, message, text('x25519')));
same('PSS with a digest that the key forbids', ({ sign }) => sign('sha1', message, text('pss')));

test('PSS and P1363 signatures fit each other', () => {
  const padding = realCrypto.constants.RSA_PKCS1_PSS_PADDING;
  for (const [signer, verifier] of [
    [ours, realCrypto],
    [realCrypto, ours],
  ] as const) {
    const pss = { key: text('rsa'), padding, saltLength: 11 };
    const signature = signer.sign('sha256', message, pss);
    assert.equal(verifier.verify('sha256', message, pss, signature), true);
    assert.equal(verifier.verify('sha256', message, { key: text('rsa'), padding }, signature), true);
    assert.equal(verifier.verify('sha256', message, { ...pss, saltLength: 12 }, signature), false);
    const plain = { key: text('p521'), dsaEncoding: 'ieee-p1363' } as const;
    const points = signer.sign('sha512', message, plain);
    assert.equal(points.length, 132);
    assert.equal(verifier.verify('sha512', message, plain, points), true);
  }
});

test('RSA encrypts for each other', () => {
  const { RSA_PKCS1_PADDING } = realCrypto.constants;
  const variants = [
    {},
    { oaepHash: 'sha256', oaepLabel: Buffer.from('label') },
    { padding: RSA_PKCS1_PADDING },
  ];
  for (const variant of variants) {
    const key = { key: text('rsa'), ...variant };
    assert.deepEqual(realCrypto.privateDecrypt(key, ours.publicEncrypt(key, message)), message);
    assert.deepEqual(ours.privateDecrypt(key, realCrypto.publicEncrypt(key, message)), message);
  }
  assert.deepEqual(ours.publicDecrypt(text('rsa'), realCrypto.privateEncrypt(text('rsa'), message)), message);
});
same('RSA of too much', ({ publicEncrypt }) => publicEncrypt(text('rsa'), Buffer.alloc(200)));
same('RSA of nonsense', ({ privateDecrypt }) => privateDecrypt(text('rsa'), Buffer.alloc(128, 1)));
same('RSA with an elliptic key', ({ publicEncrypt }) => publicEncrypt(text('p256'), message));

for (const [name, key] of Object.entries({
  'no PEM': 'secret',
  'PEM that is cut off': text('rsa').slice(0, 300),
  'bytes that are no key': { key: Buffer.from('abc'), format: 'der', type: 'pkcs8' } as const,
  'a JWK without a type': { key: {}, format: 'jwk' } as const,
  'a JWK of an unknown type': { key: { kty: 'x' }, format: 'jwk' } as const,
  'a JWK that is not on its curve': {
    key: { kty: 'EC', crv: 'P-256', x: 'AA', y: 'AA' },
    format: 'jwk',
  } as const,
})) {
  same(`private key: ${name}`, ({ createPrivateKey }) => createPrivateKey(key));
  same(`public key: ${name}`, ({ createPublicKey }) => createPublicKey(key as string));
}

for (const curve of ['prime256v1', 'secp384r1', 'secp521r1', 'secp256k1']) {
  same(`ECDH on ${curve}`, ({ createECDH }) => {
    const [one, other] = [createECDH(curve), createECDH(curve)];
    one.setPrivateKey('01'.repeat(20), 'hex');
    other.setPrivateKey('02'.repeat(20), 'hex');
    const points = (['compressed', 'uncompressed', 'hybrid'] as const).map((form) =>
      one.getPublicKey('hex', form),
    );
    return [points, one.computeSecret(other.getPublicKey()), other.computeSecret(one.getPublicKey())];
  });
}
for (const group of ['modp1', 'modp5', 'modp14', 'nope']) {
  same(`the group ${group}`, ({ getDiffieHellman }) => {
    const { verifyError } = getDiffieHellman(group);
    return [verifyError, getDiffieHellman(group).getPrime('hex')];
  });
}
same('primes', ({ checkPrimeSync }) => [2n, 9n, 561n, 2n ** 89n - 1n].map((value) => checkPrimeSync(value)));

test('generated keys are keys of real Node', () => {
  const options = { publicKeyEncoding: { type: 'spki', format: 'pem' }, privateKeyEncoding: pem } as const;
  const pairs = [
    ours.generateKeyPairSync('rsa', { modulusLength: 768, ...options }),
    ours.generateKeyPairSync('ec', { namedCurve: 'secp384r1', ...options }),
    ours.generateKeyPairSync('ed25519', options),
  ];
  for (const [index, { publicKey, privateKey }] of pairs.entries()) {
    const digest = index === 2 ? null : 'sha256';
    const signature = realCrypto.sign(digest, message, privateKey);
    assert.equal(realCrypto.verify(digest, message, publicKey, signature), true);
  }
});

sameLater('subtle imports, signs and exports', async ({ webcrypto: { subtle }, createPrivateKey }) => {
  const der = createPrivateKey(text('rsa')).export({ type: 'pkcs8', format: 'der' });
  const rsa = { name: 'RSASSA-PKCS1-v1_5', hash: 'SHA-256' };
  const key = await subtle.importKey('pkcs8', Uint8Array.from(der), rsa, true, ['sign']);
  return [
    key.algorithm,
    Buffer.from(await subtle.sign(rsa.name, key, message)).toString('hex'),
    await subtle.exportKey('jwk', key),
  ];
});
