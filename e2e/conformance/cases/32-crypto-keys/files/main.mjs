import crypto, { webcrypto } from 'node:crypto';

const message = Buffer.from('some message');
const attempt = (name, run) => {
  try {
    console.log(name, run());
  } catch (error) {
    console.log(name, error.name, error.code, error.message);
  }
};

console.log('— Ed25519 from a seed');
const header = Buffer.from('302e020100300506032b657004220420', 'hex');
const der = Buffer.concat([header, Buffer.from(Array.from({ length: 32 }, (_, index) => index))]);
const ed = crypto.createPrivateKey({ key: der, format: 'der', type: 'pkcs8' });
const edPublic = crypto.createPublicKey(ed);
console.log(ed, ed.asymmetricKeyType, ed.export({ format: 'jwk' }));
console.log(edPublic.export({ type: 'spki', format: 'pem' }));
console.log(crypto.sign(null, message, ed).toString('base64'));

console.log('— tokens');
const encode = (value) => Buffer.from(JSON.stringify(value)).toString('base64url');
const sign = (alg, key) => {
  const input = `${encode({ alg, typ: 'JWT' })}.${encode({ sub: '1', admin: true })}`;
  const signature =
    alg === 'HS256'
      ? crypto.createHmac('sha256', key).update(input).digest('base64url')
      : crypto.sign(alg === 'EdDSA' ? null : 'sha256', Buffer.from(input), key).toString('base64url');
  return `${input}.${signature}`;
};
console.log(sign('HS256', 'secret'));
console.log(sign('EdDSA', ed));
const rsa = crypto.generateKeyPairSync('rsa', { modulusLength: 1024 });
const [head, body, signature] = sign('RS256', rsa.privateKey).split('.');
const verifier = crypto.createVerify('RSA-SHA256').update(`${head}.`).update(body);
console.log(verifier.verify(rsa.publicKey, signature, 'base64url'), rsa.publicKey.asymmetricKeyDetails);

console.log('— curves');
for (const namedCurve of ['P-256', 'P-384', 'P-521', 'secp256k1']) {
  const { publicKey, privateKey } = crypto.generateKeyPairSync('ec', { namedCurve });
  const plain = { key: privateKey, dsaEncoding: 'ieee-p1363' };
  const points = crypto.sign('sha256', message, plain);
  console.log(
    publicKey.asymmetricKeyDetails.namedCurve,
    points.length,
    crypto.verify('sha256', message, { key: publicKey, dsaEncoding: 'ieee-p1363' }, points),
    crypto.verify('sha256', message, publicKey, crypto.sign('sha256', message, privateKey)),
    Object.keys(privateKey.export({ format: 'jwk' })).join(),
  );
}
const one = crypto.createECDH('prime256v1');
one.setPrivateKey('07'.repeat(32), 'hex');
const other = crypto.createECDH('prime256v1');
other.setPrivateKey('09'.repeat(32), 'hex');
console.log(one.getPublicKey('hex', 'compressed'), one.computeSecret(other.getPublicKey(), null, 'hex'));
const [alice, bob] = [crypto.generateKeyPairSync('x25519'), crypto.generateKeyPairSync('x25519')];
const shared = crypto.diffieHellman({ privateKey: alice.privateKey, publicKey: bob.publicKey });
console.log(
  shared.equals(crypto.diffieHellman({ privateKey: bob.privateKey, publicKey: alice.publicKey })),
  shared.length,
);

console.log('— keys in files');
const options = { type: 'pkcs8', format: 'pem', cipher: 'aes-256-cbc', passphrase: 'top secret' };
const encrypted = rsa.privateKey.export(options);
console.log(encrypted.split('\n')[0]);
console.log(
  crypto.createPrivateKey({ key: encrypted, passphrase: 'top secret' }).equals(rsa.privateKey),
  rsa.privateKey.export({ type: 'pkcs1', format: 'pem' }).split('\n')[0],
);
const secret = crypto.publicEncrypt({ key: rsa.publicKey, oaepHash: 'sha256' }, message);
console.log(crypto.privateDecrypt({ key: rsa.privateKey, oaepHash: 'sha256' }, secret).toString());

console.log('— errors');
attempt('no key', () => crypto.createPrivateKey('no key'));
attempt('passphrase', () => crypto.createPrivateKey({ key: encrypted, passphrase: 'wrong' }));
attempt('public signs', () => crypto.sign('sha256', message, rsa.publicKey));
attempt('digest', () => crypto.createSign('nope'));
attempt('curve', () => crypto.createECDH('nope'));
attempt('type', () => crypto.generateKeyPairSync('nope'));
attempt('too long', () => crypto.publicEncrypt(rsa.publicKey, Buffer.alloc(500)));
attempt('jwk', () => crypto.createPublicKey({ key: { kty: 'RSA' }, format: 'jwk' }));

console.log('— Web Crypto');
const { subtle } = webcrypto;
const pair = await subtle.generateKey({ name: 'ECDSA', namedCurve: 'P-256' }, false, ['sign', 'verify']);
const algorithm = { name: 'ECDSA', hash: 'SHA-256' };
const proof = await subtle.sign(algorithm, pair.privateKey, message);
console.log(pair.publicKey, proof.byteLength, await subtle.verify(algorithm, pair.publicKey, proof, message));
await subtle.exportKey('pkcs8', pair.privateKey).catch(({ name, message: text }) => console.log(name, text));
const password = await subtle.importKey('raw', message, 'PBKDF2', false, ['deriveKey']);
const key = await subtle.deriveKey(
  { name: 'PBKDF2', hash: 'SHA-512', salt: Buffer.from('salt'), iterations: 1000 },
  password,
  { name: 'AES-CTR', length: 128 },
  true,
  ['encrypt'],
);
console.log(await subtle.exportKey('jwk', key));
const counter = Buffer.alloc(16, 255);
console.log(
  Buffer.from(await subtle.encrypt({ name: 'AES-CTR', counter, length: 8 }, key, Buffer.alloc(40))).toString(
    'hex',
  ),
);
crypto.generateKeyPair('ed25519', (error, publicKey, privateKey) => {
  console.log(error, publicKey.type, privateKey.type);
});
