const https = require('https'); const tls = require('tls');
console.log(typeof https.get, typeof tls.connect, Object.keys(https), Object.keys(tls));
console.log(https.globalAgent.options, tls.DEFAULT_MIN_VERSION, tls.DEFAULT_MAX_VERSION);
console.log(tls.checkServerIdentity('a.com', {subject:{CN:'b.com'}})?.message);
console.log(https.Agent.name, new https.Agent({keepAlive:true}).maxCachedSessions);
require('https').get('https://localhost:1').on('error', e => console.log(e));
tls.connect(1, '127.0.0.1').on('error', e => console.log(e.message, e.code));
for (const f of [() => https.get('http://x'), () => tls.createSecureContext({ minVersion: 'x' }), () => tls.connect({ port: 99999 }), () => https.request({ protocol: 'ftp:' }), () => tls.createServer({ key: 5 })]) try { f() } catch (e) { console.log(e.name, e.code, e.message) }
const s = https.createServer({}, () => {}).listen(0, () => { console.log('listening', typeof s.address().port); s.close(() => console.log('closed')); });
