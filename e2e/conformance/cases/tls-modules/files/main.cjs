const https = require('node:https');
const tls = require('node:tls');

console.log(Object.keys(https), Object.keys(tls).length, tls.DEFAULT_MIN_VERSION, tls.DEFAULT_MAX_VERSION);
console.log(https.globalAgent.options, new https.Agent({ keepAlive: true }).maxCachedSessions);
console.log(tls.checkServerIdentity('a.com', { subject: { CN: 'b.com' } })?.message);
console.log(tls.checkServerIdentity('x.a.com', { subject: {}, subjectaltname: 'DNS:*.a.com' }));
for (const call of [
  () => https.get('http://x'),
  () => https.request({ protocol: 'ftp:' }),
  () => tls.createSecureContext({ minVersion: 'x' }),
  () => tls.connect({ port: 99_999 }),
  () => tls.createServer({ key: 5 }),
]) {
  try {
    call();
  } catch (error) {
    console.log(error.name, error.code, error.message);
  }
}

https.get('https://127.0.0.1:1').on('error', (error) => {
  console.log(error);
  tls.connect(1, '127.0.0.1').on('error', ({ message, code }) => {
    console.log(message, code);
    const server = https.createServer(() => {}).listen(0, () => {
      console.log('listening', typeof server.address().port);
      server.close(() => console.log('closed'));
    });
  });
});
