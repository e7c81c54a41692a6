import express from 'express';

export function createShop(store) {
  const app = express();

  app.get('/v1/orders/latest', async (req, res) => {
    res.json(await store.latest());
  });

  const order = app.route('/v1/orders/:id');
  order.get(async (req, res) => {
    const { id } = req.params;
    const found = /^\d+$/.test(id) ? await store.find(Number(id)) : undefined;
    if (!found) throw Object.assign(new Error('no such order'), { status: 404 });
    res.json(found);
  });
  order.all((req, res) => {
    res.status(405).set('Allow', 'GET, HEAD').json({ error: 'orders can only be read' });
  });

  app.use((req, res) => {
    res.status(404).json({ error: 'nothing here' });
  });
  app.use((error, req, res, next) => {
    const status = error.status ?? 500;
    res.status(status).json({ error: status < 500 ? error.message : 'our fault' });
  });
  return app;
}
