import 'dotenv/config';
import express from 'express';
import cors from 'cors';
import cookieParser from 'cookie-parser';
import helmet from 'helmet';
import { rateLimit } from 'express-rate-limit';
import jwt from 'jsonwebtoken';
import { z } from 'zod';

console.log(process.env.SECRET, process.env.NAME);
const app = express();
app.use(helmet(), cors({ origin: 'http://example.org', credentials: true }), cookieParser('sign me'), express.json());
app.use('/limited', rateLimit({ windowMs: 60_000, limit: 2, standardHeaders: 'draft-8', legacyHeaders: false }));
app.get('/limited', (request, response) => response.send('ok'));
app.get('/set', (request, response) => response.cookie('session', 'abc', { signed: true, sameSite: 'lax' }).send('set'));
app.get('/get', (request, response) => response.json([request.cookies, request.signedCookies]));
const Login = z.object({ name: z.string().min(2), password: z.string() });
const validate = (schema) => (request, response, next) => {
  const result = schema.safeParse(request.body);
  if (!result.success) return response.status(400).json(z.flattenError(result.error));
  request.valid = result.data;
  next();
};
const authenticate = (request, response, next) => {
  const [, token] = request.headers.authorization?.split(' ') ?? [];
  try {
    request.user = jwt.verify(token, process.env.SECRET);
    next();
  } catch ({ message }) {
    response.status(401).json({ message });
  }
};
app.post('/login', validate(Login), (request, response) => {
  response.json({ token: jwt.sign({ sub: request.valid.name, iat: 1 }, process.env.SECRET) });
});
app.get('/me', authenticate, (request, response) => response.json(request.user));
const server = app.listen(0);
await new Promise((resolve) => server.once('listening', resolve));
const base = `http://127.0.0.1:${server.address().port}`;
const call = async (path, options, names = []) => {
  const response = await fetch(base + path, options);
  console.log(path, response.status, await response.text(), names.map((name) => response.headers.get(name)));
  return response;
};
const login = (body) => ({ method: 'POST', body: JSON.stringify(body), headers: { 'content-type': 'application/json' } });
await call('/login', login({ name: 'A' }));
await call('/login', login({ name: 'Ada', password: 'x' }));
const token = jwt.sign({ sub: 'Ada', iat: 1 }, process.env.SECRET);
await call('/me', { headers: { authorization: `Bearer ${token}` } });
await call('/me');
const set = await call('/set', {}, ['content-security-policy', 'x-frame-options', 'access-control-allow-origin', 'set-cookie']);
await call('/get', { headers: { cookie: `${set.headers.get('set-cookie').split(';')[0]}; plain=1; json=j%3A%7B%22a%22%3A1%7D` } });
await call('/get', { method: 'OPTIONS', headers: { 'access-control-request-method': 'PUT' } }, ['access-control-allow-methods', 'vary']);
await call('/limited');
await call('/limited');
await call('/limited', {}, ['ratelimit-policy']);
server.close();
