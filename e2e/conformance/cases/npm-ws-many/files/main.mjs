import { WebSocketServer, WebSocket } from 'ws';
const wss = new WebSocketServer({ port: 0 });
await new Promise((r) => wss.once('listening', r));
let received = 0;
wss.on('connection', (ws) => ws.on('message', (m) => { received++; for (const c of wss.clients) c.send(`${m}!`); }));
const { port } = wss.address();
const clients = await Promise.all(Array.from({ length: 50 }, () => new Promise((r) => { const ws = new WebSocket(`ws://localhost:${port}`); ws.on('open', () => r(ws)); })));
console.log(wss.clients.size, clients.length);
let got = 0;
const done = new Promise((r) => { for (const c of clients) c.on('message', () => { if (++got === 2500) r(); }); });
clients.forEach((c, n) => c.send(String(n)));
await done;
console.log(received, got, clients[0].bufferedAmount);
const big = Buffer.alloc(2_000_000, 'z');
wss.clients.forEach((c) => c.removeAllListeners('message'));
const [first] = wss.clients;
const back = new Promise((r) => clients[0].once('message', (d, b) => r([d.length, b])));
first.send(big, { binary: true }, (error) => console.log('sent', error));
console.log(await back);
for (const c of clients) c.close();
await new Promise((r) => wss.close(r));
console.log('closed', wss.clients.size);
try { new WebSocket('ftp://x'); } catch (e) { console.log(e.name, e.message); }
try { new WebSocketServer({}); } catch (e) { console.log(e.name, e.message); }
const dead = new WebSocket(`ws://localhost:${port}`); dead.on('error', (e) => console.log(e.code)); dead.on('close', (c) => console.log('close', c));
