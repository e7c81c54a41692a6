const express = require('express');
const http = require('node:http');
const path = require('node:path');
const fs = require('node:fs');

fs.mkdirSync('public');
fs.writeFileSync('public/index.html', '<h1>index</h1>\n');
fs.writeFileSync('public/style.css', 'body { color: red }\n');
const app = express();
app.disable('x-powered-by');
app.set('etag', 'strong');
app.use(express.static(path.join(__dirname, 'public'), { maxAge: '1h' }));
app.use(express.text());
app.use(express.raw());
app.post('/echo', (req, res) => res.send(req.body));
app.get('/download', (req, res) => res.download('public/style.css', 'my style.css'));
app.get('/send', (req, res) => res.sendFile('style.css', { root: 'public' }));
app.get('/stream', (req, res) => {
  res.write('one,');
  setImmediate(() => res.end('two'));
});
app.get('/locals', (req, res) => {
  res.locals.n = 1;
  res.json([req.hostname, req.protocol, req.ip, req.xhr, req.get('x-a'), res.locals, req.is('json'), req.accepts(['html', 'json'])]);
});
app.get('/boom', () => {
  throw new Error('boom');
});
const server = http.createServer(app).listen(0, '127.0.0.1', run);

function request(method, url, { headers = {}, body } = {}) {
  return new Promise((resolve, reject) => {
    const { port } = server.address();
    const req = http.request({ port, host: '127.0.0.1', method, path: url, headers }, (res) => {
      let text = '';
      res.setEncoding('utf8').on('data', (chunk) => (text += chunk));
      res.on('end', () => {
        const shown = Object.entries(res.headers).filter(([name]) => !['date', 'last-modified', 'etag'].includes(name));
        console.log(method, url, res.statusCode, Object.fromEntries(shown), JSON.stringify(text.replace(/ at .*?(<br>|$)/gs, '')));
        resolve(res);
      });
    });
    req.on('error', reject);
    req.end(body);
  });
}

async function run() {
  app.set('env', 'production');
  await request('GET', '/');
  await request('GET', '/style.css', { headers: { range: 'bytes=0-3' } });
  await request('GET', '/../package.json');
  await request('POST', '/echo', { headers: { 'content-type': 'text/plain' }, body: 'héllo' });
  await request('POST', '/echo', { headers: { 'content-type': 'application/octet-stream' }, body: 'raw' });
  await request('GET', '/download');
  await request('GET', '/send');
  await request('GET', '/stream');
  await request('GET', '/locals', { headers: { 'x-a': 'b', accept: 'application/json' } });
  await request('GET', '/nothing');
  const error = console.error;
  console.error = (text) => error(String(text).split('\n')[0]);
  await request('GET', '/boom');
  server.close();
}
