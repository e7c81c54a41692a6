// event order of a full request with ticks
const http = require('http'); const L = [];
const wrap = (n, e, evs) => { for (const x of evs) e.on(x, () => L.push(`${n}:${x}`)); };
const s = http.createServer((q, r) => { L.push('request'); wrap('sreq', q, ['data', 'end', 'close', 'error']); wrap('sres', r, ['finish', 'close', 'prefinish', 'pipe']); process.nextTick(() => L.push('tick')); Promise.resolve().then(() => L.push('micro')); setImmediate(() => L.push('imm')); q.on('end', () => { L.push('send'); r.write('1'); r.end('2', () => L.push('end cb')); }); });
wrap('srv', s, ['listening', 'connection', 'close']); s.on('connection', c => wrap('sconn', c, ['end', 'close', 'finish']));
s.listen(0, () => { const q = http.request({ port: s.address().port, method: 'POST', agent: false }, r => { L.push('response'); wrap('cres', r, ['data', 'end', 'close', 'readable']); r.resume(); }); wrap('creq', q, ['socket', 'finish', 'close', 'response', 'prefinish', 'drain']); q.on('socket', c => wrap('csock', c, ['lookup', 'connect', 'ready', 'data', 'end', 'close', 'free'])); q.on('close', () => setTimeout(() => s.close(() => console.log(L.join('\n'))), 20)); q.write('a'); q.end('b'); });
