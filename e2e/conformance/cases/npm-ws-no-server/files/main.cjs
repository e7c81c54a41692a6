const express = require('express');
const { WebSocket, WebSocketServer } = require('ws');
const { createServer } = require('node:http');
const app = express();
app.get('/', (req, res) => res.send('page'));
const server = createServer(app);
const chat = new WebSocketServer({ noServer: true, perMessageDeflate: true, maxPayload: 1024 });
server.on('upgrade', (req, socket, head) => {
  const { pathname, searchParams } = new URL(req.url, 'http://x');
  if (pathname !== '/chat') {
    socket.write('HTTP/1.1 401 Unauthorized\r\n\r\n');
    socket.destroy();
    return;
  }
  chat.handleUpgrade(req, socket, head, (ws) => chat.emit('connection', ws, req, searchParams.get('name')));
});
const names = new Map();
chat.on('connection', (ws, req, name) => {
  names.set(ws, name);
  ws.isAlive = true;
  ws.on('pong', () => (ws.isAlive = true));
  ws.on('message', (data) => {
    const message = JSON.parse(data);
    for (const client of chat.clients) if (client !== ws && client.readyState === WebSocket.OPEN) client.send(JSON.stringify({ from: name, ...message }));
  });
  ws.on('error', (error) => console.log('server error', error.code, error.message));
  ws.on('close', (code) => console.log(name, 'left', code, chat.clients.size));
});
server.listen(0, async () => {
  const { port } = server.address();
  const open = (name) => new Promise((resolve, reject) => {
    const ws = new WebSocket(`ws://127.0.0.1:${port}/chat?name=${name}`);
    ws.once('open', () => resolve(ws)).once('error', reject);
  });
  const a = await open('ann');
  const b = await open('bob');
  console.log(a.extensions, b.extensions, chat.clients.size);
  const got = new Promise((resolve) => b.once('message', (data) => resolve(String(data))));
  a.send(JSON.stringify({ text: 'hi '.repeat(50) }));
  console.log((await got).length);
  console.log(await fetch(`http://localhost:${port}/`).then((res) => res.text()));
  for (const ws of chat.clients) ws.ping();
  await Promise.all([a, b].map((ws) => new Promise((resolve) => ws.once('ping', resolve))));
  const refused = new WebSocket(`ws://127.0.0.1:${port}/nope`);
  refused.on('error', (error) => console.log(error.message));
  const { statusCode } = await new Promise((resolve) => refused.on('unexpected-response', (req, res) => resolve(res.resume())));
  console.log('refused', statusCode);
  a.send('x'.repeat(5000));
  const closed = await new Promise((resolve) => a.once('close', (code, reason) => resolve([code, String(reason)])));
  console.log('a closed', closed);
  const left = [...chat.clients].map((ws) => new Promise((resolve) => ws.once('close', resolve)));
  b.terminate();
  await Promise.all(left);
  chat.close();
  server.close(() => console.log('done'));
});
