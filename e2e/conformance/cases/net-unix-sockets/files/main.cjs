const net = require('net'), fs = require('fs'), path = require('path'), os = require('os');
const dir = fs.mkdtempSync(path.join(os.tmpdir(), 'u-')); const p = path.join(dir, 's.sock');
const s = net.createServer({ allowHalfOpen: true }, c => { console.log('conn', c.remoteAddress, c.address(), c.remoteFamily); c.on('end', () => c.end('bye')); c.on('data', d => console.log(String(d))); });
s.listen({ path: p, readableAll: true, writableAll: true }, () => { console.log(s.address() === p, fs.statSync(p).isSocket(), fs.readdirSync(dir));
 const dup = net.createServer().on('error', e => { console.log(e.code, e.syscall, e.address === p, e.port, e.message.replace(p, 'P')); 
  const c = net.createConnection(p); console.log(c.connecting, c.pending); c.end('hi'); c.on('data', d => console.log(String(d))).on('close', () => { s.close(() => { console.log(fs.existsSync(p)); fs.writeFileSync(p, 'file'); net.connect(p).on('error', e => { console.log(e.code, e.syscall, e.address === p); net.connect(path.join(dir, 'none')).on('error', e => { console.log(e.message.replace(dir, 'D')); net.createServer().on('error', e => console.log(e.code, e.message.replace(dir, 'D'))).listen(path.join(dir, 'no/such.sock')); 
    const http = require('http'); const hp = path.join(dir, 'h.sock'); const h = http.createServer((q, r) => r.end(`${q.headers.host} ${q.socket.remoteAddress}`)).listen(hp, () => http.get({ socketPath: hp, path: '/x' }, r => { r.setEncoding('utf8').on('data', console.log).on('end', () => h.close(() => fs.rmSync(dir, { recursive: true }))); })); }); }); }); }); });
 dup.listen(p); });
