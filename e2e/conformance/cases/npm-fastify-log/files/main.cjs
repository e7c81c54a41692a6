const Fastify = require('fastify');
const lines = [];
const app = Fastify({ logger: { level: 'info', stream: { write: (line) => lines.push(JSON.parse(line)) } }, genReqId: () => 'id' });
app.addContentTypeParser('text/csv', { parseAs: 'string' }, (request, body, done) => done(null, body.split(',')));
app.post('/csv', async (request) => ({ rows: request.body }));
app.get('/stream', (request, reply) => reply.type('text/plain').send(require('node:stream').Readable.from(['x', 'y'])));
app.get('/typed/:n', { schema: { params: { type: 'object', properties: { n: { type: 'integer' } } }, querystring: { type: 'object', properties: { list: { type: 'array', items: { type: 'number' } } } } } }, async (request) => [request.params, request.query]);
app.setNotFoundHandler((request, reply) => reply.code(404).send('nope'));
(async () => {
  await app.listen({ port: 0 });
  const base = `http://localhost:${app.server.address().port}`;
  for (const [path, options] of [['/csv', { method: 'POST', body: 'a,b', headers: { 'content-type': 'text/csv' } }], ['/csv', { method: 'POST', body: '<x>', headers: { 'content-type': 'text/xml' } }], ['/stream'], ['/typed/3?list=1&list=2'], ['/typed/x'], ['/zzz']]) {
    const r = await fetch(base + path, options);
    console.log(path, r.status, await r.text());
  }
  await app.close();
  console.log(lines.filter(({ msg }) => !msg.startsWith('Server listening')).map(({ level, msg, reqId, req, res }) => [level, msg, reqId, req?.url, res?.statusCode]));
  console.log(app.printRoutes());
})();
