import WebSocket, { WebSocketServer, createWebSocketStream } from 'ws';
import { once } from 'node:events';
import { createServer } from 'node:http';

const server = createServer((request, response) => response.end('http'));
const wss = new WebSocketServer({ server, path: '/chat' });
wss.on('connection', (socket, request) => {
  console.log('server: connection', request.url, request.headers.upgrade, socket.protocol);
  socket.on('message', (data, isBinary) => {
    console.log('server: message', isBinary ? data : data.toString());
    for (const client of wss.clients) if (client.readyState === WebSocket.OPEN) client.send(data, { binary: isBinary });
  });
  socket.on('ping', (data) => console.log('server: ping', data.toString()));
  socket.on('close', (code, reason) => console.log('server: close', code, reason.toString()));
});
server.listen(0);
await once(server, 'listening');
const address = `ws://localhost:${server.address().port}/chat?name=a`;

const client = new WebSocket(address, ['one', 'two']);
await once(client, 'open');
console.log('client: open', client.protocol, client.readyState);
client.send('hello');
console.log('client:', (await once(client, 'message'))[0].toString());
client.send(new Uint8Array([1, 2, 3]));
console.log('client:', ...(await once(client, 'message')));
client.send('x'.repeat(100_000));
console.log('client:', (await once(client, 'message'))[0].length);
client.ping('are you there');
console.log('client: pong', (await once(client, 'pong'))[0].toString());

const standard = new globalThis.WebSocket(address);
standard.onmessage = ({ data }) => console.log('standard:', data);
await new Promise((resolve) => standard.addEventListener('open', resolve));
client.send('to all');
await once(client, 'message');
standard.close(4000, 'enough');
await new Promise((resolve) => standard.addEventListener('close', resolve));

const stream = createWebSocketStream(new WebSocket(address), { encoding: 'utf8' });
stream.write('through a stream');
console.log('stream:', (await once(stream, 'data'))[0]);
stream.destroy();

const wrong = new WebSocket(address.replace('/chat', '/other'));
const [error] = await once(wrong, 'error');
console.log(error.message);
client.close(1000, 'bye');
console.log('client: closed', (await once(client, 'close')).map(String));
wss.close(() => console.log('wss closed'));
server.close(() => console.log('server closed'));
