// says: GET /v1/orders/latest: the store rejected its promise, and the answer is not 500 with an error in JSON. An error handler takes four parameters and stands behind all routes.
import express from 'express';

export function createShop(store) {
  const app = express();

  app.get('/v1/orders/latest', async (req, res) => {
    res.json(await store.latest());
  });

  const order = app.route('/v1/orders/:id');
  order.get(async (req, res) => {
    const { id } = req.params;
    try {
      const found = /^\d+$/.test(id) ? await store.find(Number(id)) : undefined;
      if (found) res.json(found);
      else res.status(404).json({ error: 'no such order' });
    } catch {
      res.status(500).json({ error: 'our fault' });
    }
  });
  order.all((req, res) => {
    res.status(405).set('Allow', 'GET, HEAD').json({ error: 'orders can only be read' });
  });

  app.use((req, res) => {
    res.status(404).json({ error: 'nothing here' });
  });
  return app;
}
