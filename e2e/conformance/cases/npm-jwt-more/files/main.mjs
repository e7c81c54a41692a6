import jwt from 'jsonwebtoken';
const { sign, verify, decode, JsonWebTokenError, TokenExpiredError, NotBeforeError } = jwt;
const now = 1_700_000_000;
const options = { clockTimestamp: now };
for (const algorithm of ['HS256', 'HS384', 'HS512']) {
  const token = sign({ sub: 'ada', iat: now }, 'secret', { algorithm, expiresIn: '1h', issuer: 'book', audience: ['a', 'b'], jwtid: '1', keyid: 'k' });
  console.log(token);
  console.log(verify(token, 'secret', { ...options, algorithms: [algorithm], issuer: 'book', audience: 'b', complete: true }));
}
const none = sign({ a: 1, iat: now }, '', { algorithm: 'none' });
console.log(none, decode(none));
const attempts = {
  expired: () => verify(sign({ iat: now, exp: now + 1 }, 's'), 's', { clockTimestamp: now + 5 }),
  early: () => verify(sign({ iat: now, nbf: now + 9 }, 's'), 's', options),
  malformed: () => verify('a.b', 's'),
  audience: () => verify(sign({ aud: 'x' }, 's'), 's', { audience: 'y' }),
  algorithm: () => verify(sign({}, 's'), 's', { algorithms: ['RS256'] }),
  none: () => verify(none, 's'),
  payload: () => sign('text', 's', { expiresIn: 1 }),
  option: () => sign({}, 's', { expiresIn: 'soon' }),
  secret: () => sign({}, ''),
};
for (const [name, attempt] of Object.entries(attempts)) {
  try {
    console.log(name, attempt());
  } catch (error) {
    console.log(name, error.name, error.message, error.expiredAt ?? error.date ?? '', error instanceof JsonWebTokenError, error instanceof TokenExpiredError, error instanceof NotBeforeError);
  }
}
sign({ iat: now }, 'secret', {}, (error, token) => {
  console.log(error, token);
  verify(token, (header, done) => done(null, 'secret'), (failed, payload) => console.log(failed, payload));
});
