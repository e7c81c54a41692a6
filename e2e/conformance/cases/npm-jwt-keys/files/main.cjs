const jwt = require('jsonwebtoken');
const { generateKeyPairSync, createPublicKey, createSecretKey } = require('node:crypto');
for (const [alg, make] of [['RS256', () => generateKeyPairSync('rsa', { modulusLength: 1024 })], ['PS256', () => generateKeyPairSync('rsa', { modulusLength: 1024 })], ['ES256', () => generateKeyPairSync('ec', { namedCurve: 'P-256' })]]) {
  const { privateKey, publicKey } = make();
  const token = jwt.sign({ sub: 'x', iat: 1 }, privateKey, { algorithm: alg, allowInsecureKeySizes: true });
  console.log(token.split('.').slice(0, 2), jwt.verify(token, publicKey, { algorithms: [alg], allowInsecureKeySizes: true }));
  const pem = publicKey.export({ type: 'spki', format: 'pem' });
  console.log(jwt.verify(token, pem, { allowInsecureKeySizes: true }).sub);
  try { jwt.verify(token.slice(0, -6) + 'AAAAAA', pem, { allowInsecureKeySizes: true }); } catch (e) { console.log(e.message); }
}
const secret = createSecretKey(Buffer.from('secret'));
console.log(jwt.verify(jwt.sign({ iat: 1 }, secret), secret));
