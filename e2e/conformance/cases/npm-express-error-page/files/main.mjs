import express from 'express';
const app = express();
app.get('/', function home() { throw new Error('shown'); });
app.get('/next', (req, res, next) => next('a string'));
app.get('/404', (req, res, next) => next(Object.assign(new Error('not here'), { statusCode: 404, headers: { 'x-e': '1' } })));
const server = app.listen(0, async () => {
  const base = `http://localhost:${server.address().port}`;
  for (const path of ['/', '/next', '/404']) {
    const r = await fetch(base + path);
    console.log(r.status, r.headers.get('x-e'), (await r.text()).split('\n').slice(7, 8).join('').replace(/file:[^<]*?main/g, 'main').replace(/&nbsp;|\/\S*node_modules/g, ''));
  }
  server.close();
});
