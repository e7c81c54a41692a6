import express from 'express';

const app = express();
const order = [];
app.use((request, response, next) => {
  order.push(`${request.method} ${request.originalUrl}`);
  response.set('X-Seen', String(order.length));
  next();
});
app.use(express.json({ limit: '1kb' }));
app.use(express.urlencoded({ extended: true }));

const users = express.Router({ mergeParams: true });
users.param('id', (request, response, next, id) => {
  request.user = { id: Number(id) };
  next();
});
users
  .route('/:id')
  .get((request, response) => response.json({ team: request.params.team, user: request.user, query: request.query }))
  .put((request, response) => response.status(202).json({ ...request.user, ...request.body }))
  .delete((request, response) => response.sendStatus(204));
app.use('/teams/:team/users', users);

app.get('/', (request, response) => response.send('<h1>Home</h1>'));
app.get('/text', (request, response) => response.type('text').send('plain'));
app.get('/buffer', (request, response) => response.send(Buffer.from('bytes')));
app.get('/files/*path', (request, response) => response.json(request.params.path));
app.get('/redirect', (request, response) => response.redirect(301, '/text'));
app.get('/cookie', (request, response) => response.cookie('a', 'b c', { httpOnly: true, path: '/' }).end());
app.get('/accepts', (request, response) =>
  response.format({ json: () => response.json({ as: 'json' }), html: () => response.send('<p>html</p>') }),
);
app.post('/form', (request, response) => response.json(request.body));
app.get('/throws', () => {
  throw Object.assign(new Error('teapot'), { status: 418 });
});
app.get('/rejects', async () => {
  await null;
  throw new TypeError('async');
});
app.get('/after', (request, response, next) => next('route'), () => {});
app.get('/after', (request, response) => response.send('second route'));
app.use((request, response) => response.status(404).json({ error: `no ${request.path}` }));
app.use((error, request, response, next) => {
  response.status(error.status ?? 500).json({ name: error.name, message: error.message, type: error.type });
});

const server = app.listen(0, async () => {
  const base = `http://localhost:${server.address().port}`;
  const show = async (path, options) => {
    const response = await fetch(base + path, { redirect: 'manual', ...options });
    const body = await response.text();
    const headers = ['content-type', 'content-length', 'etag', 'location', 'set-cookie', 'vary', 'x-powered-by', 'x-seen']
      .filter((name) => response.headers.has(name))
      .map((name) => `${name}: ${response.headers.get(name)}`);
    console.log(options?.method ?? 'GET', path, '→', response.status, response.statusText);
    console.log('  ' + headers.join('\n  '));
    if (body) console.log('  ' + body);
  };
  const json = (body) => ({ body: JSON.stringify(body), headers: { 'content-type': 'application/json' } });
  await show('/');
  await show('/text');
  await show('/buffer');
  await show('/teams/red/users/7?sort=name&tag=a&tag=b');
  await show('/teams/red/users/7', { method: 'PUT', ...json({ name: 'Ada' }) });
  await show('/teams/red/users/7', { method: 'DELETE' });
  await show('/teams/red/users/7', { method: 'PATCH' });
  await show('/files/a/b/c.txt');
  await show('/redirect');
  await show('/cookie');
  await show('/accepts', { headers: { accept: 'text/html' } });
  await show('/form', { method: 'POST', body: new URLSearchParams({ 'a[b]': 'c', d: 'e' }) });
  await show('/form', { method: 'POST', body: '{"broken', headers: { 'content-type': 'application/json' } });
  await show('/form', { method: 'POST', ...json({ long: 'x'.repeat(2000) }) });
  await show('/throws');
  await show('/rejects');
  await show('/after');
  await show('/nowhere');
  const { headers } = await fetch(base + '/');
  await show('/', { headers: { 'if-none-match': headers.get('etag') } });
  await show('/', { method: 'HEAD' });
  await show('/', { method: 'OPTIONS' });
  console.log(order.length);
  server.close(() => console.log('closed'));
});
