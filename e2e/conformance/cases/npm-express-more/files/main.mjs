import express, { Router } from 'express';
import { readFile, writeFile, mkdir } from 'node:fs/promises';
import { pipeline } from 'node:stream/promises';
import { Readable } from 'node:stream';
const app = express();
app.engine('tpl', async (path, options, done) => {
  try { done(null, (await readFile(path, 'utf8')).replace(/\{(\w+)\}/g, (_, key) => options[key])); } catch (error) { done(error); }
});
app.set('views', './views').set('view engine', 'tpl').set('json spaces', 2).set('trust proxy', true).enable('strict routing');
await mkdir('views');
await writeFile('views/home.tpl', 'Hello {name}!');
app.locals.name = 'locals';
app.use((req, res, next) => { const start = process.hrtime.bigint(); res.on('finish', () => log.push([req.method, req.path, res.statusCode, process.hrtime.bigint() > start])); next(); });
const log = [];
app.get('/home', (req, res) => res.render('home', { name: 'reader' }));
app.get('/home2', (req, res) => res.render('home'));
app.get('/missing', (req, res) => res.render('nothing'));
app.get('/events', async (req, res) => {
  res.set({ 'Content-Type': 'text/event-stream', 'Cache-Control': 'no-cache' });
  for (let n = 1; n <= 3; n++) { res.write(`id: ${n}\ndata: ${n * n}\n\n`); await new Promise((resolve) => setTimeout(resolve, 5)); }
  res.end();
});
app.get('/pipe', async (req, res) => pipeline(Readable.from(['a', 'b', 'c']), res));
app.post('/upload', async (req, res) => { let size = 0; for await (const chunk of req) size += chunk.length; res.json({ size, type: req.get('content-type') }); });
app.all('/any', (req, res) => res.append('X-A', '1').append('X-A', '2').vary('Origin').links({ next: '/2' }).attachment('a.pdf').end(req.method));
app.get(/^\/r(\d+)$/, (req, res) => res.json(req.params));
app.get(['/one', '/two'], (req, res) => res.jsonp({ url: req.url, base: req.baseUrl, fresh: req.fresh, secure: req.secure, ips: req.ips, subdomains: req.subdomains }));
app.get('/opt{/:a}', (req, res) => res.json({ ...req.params }));
const admin = Router({ caseSensitive: true });
admin.use((req, res, next) => (req.get('authorization') ? next() : res.status(401).set('WWW-Authenticate', 'Basic').send()));
admin.get('/Stats', (req, res) => res.json({ base: req.baseUrl, original: req.originalUrl }));
app.use('/admin', admin);
app.use((error, req, res, next) => res.headersSent ? next(error) : res.status(500).type('txt').send(`${error.name}: ${error.message.replace(/"\/.*"/, '"<dir>"')}`));
const server = app.listen(0);
server.on('listening', async () => {
  const base = `http://localhost:${server.address().port}`;
  const show = async (path, options) => { const r = await fetch(base + path, options); console.log(path, r.status, r.headers.get('content-type'), JSON.stringify(await r.text())); return r; };
  for (const path of ['/home', '/home2', '/missing', '/events', '/pipe', '/r42', '/one?a=1', '/two?callback=cb', '/opt', '/opt/x', '/admin/Stats', '/home/']) await show(path, { headers: { 'x-forwarded-for': '1.2.3.4, 5.6.7.8', 'x-forwarded-proto': 'https' } });
  await show('/admin/Stats', { headers: { authorization: 'Basic x' } });
  await show('/admin/stats', { headers: { authorization: 'Basic x' } });
  const any = await show('/any', { method: 'PURGE' }).catch((error) => console.log(error.message)) ?? (await show('/any', { method: 'PUT' }));
  console.log(['x-a', 'vary', 'link', 'content-disposition'].map((name) => any.headers.get(name)));
  await show('/upload', { method: 'POST', body: new Uint8Array(200_000), headers: { 'content-type': 'application/x-bytes' } });
  const form = new FormData(); form.append('a', 'b');
  const r = await fetch(base + '/upload', { method: 'POST', body: form }); console.log((await r.json()).type.split(';')[0]);
  console.log(log.length, log[0]);
  server.close(); server.closeIdleConnections();
});
const taken = express().listen(0, () => {
  const { port } = taken.address();
  const second = express().listen(port, (error) => { console.log('callback', error?.code, error?.syscall); taken.close(); });
});
