import { describe, it, before, after, mock } from 'node:test';
import assert from 'node:assert/strict';
import express from 'express';
import { z } from 'zod';
import { once } from 'node:events';
const store = { find: (id) => ({ id, name: 'real' }) };
const app = express().use(express.json());
app.get('/users/:id', (req, res) => res.json(store.find(z.coerce.number().parse(req.params.id))));
app.use((error, req, res, next) => res.status(error instanceof z.ZodError ? 400 : 500).json(error.issues ?? error.message));
describe('users', () => {
  let server, base;
  before(async () => { server = app.listen(0); await once(server, 'listening'); base = `http://localhost:${server.address().port}`; });
  after(() => server.close());
  it('finds', async () => { const find = mock.method(store, 'find', (id) => ({ id, name: 'mocked' })); assert.deepEqual(await (await fetch(`${base}/users/7`)).json(), { id: 7, name: 'mocked' }); assert.equal(find.mock.callCount(), 1); mock.restoreAll(); });
  it('refuses', async () => { const r = await fetch(`${base}/users/x`); assert.equal(r.status, 400); assert.deepEqual((await r.json())[0].code, 'invalid_type'); });
  it('fails', async () => { assert.equal((await fetch(`${base}/users/1`)).status, 404); });
});
