import Fastify from 'fastify';

const app = Fastify({ logger: false });
app.decorate('answer', 42);
app.addHook('onRequest', async (request) => console.log('onRequest', request.method, request.url));
app.addHook('onResponse', async (request, reply) => console.log('onResponse', reply.statusCode));
app.setErrorHandler((error, request, reply) => {
  reply.status(error.statusCode ?? 500).send({ code: error.code, message: error.message });
});
app.get('/', async () => ({ hello: 'world', answer: app.answer }));
app.post(
  '/users',
  {
    schema: {
      body: { type: 'object', required: ['name'], properties: { name: { type: 'string', minLength: 2 }, age: { type: 'integer' } } },
      response: { 201: { type: 'object', properties: { id: { type: 'number' }, name: { type: 'string' } } } },
    },
  },
  async (request, reply) => reply.code(201).send({ id: 1, secret: 'x', ...request.body }),
);
app.register(
  async (child) => {
    child.get('/:id(^\\d+$)', async ({ params, query }) => ({ params, query }));
    child.get('/fail', async () => {
      throw new Error('broken');
    });
  },
  { prefix: '/items' },
);
const inject = async (options) => {
  const { statusCode, headers, body } = await app.inject(options);
  console.log(statusCode, headers['content-type'], body);
};
await inject('/');
await inject({ method: 'POST', url: '/users', payload: { name: 'Ada', age: '36' } });
await inject({ method: 'POST', url: '/users', payload: { name: 'A' } });
await inject('/items/7?a=1');
await inject('/items/x');
await inject('/items/fail');
const address = await app.listen({ port: 0, host: '127.0.0.1' });
const response = await fetch(address + '/items/1');
console.log(response.status, response.headers.get('content-length'), await response.json());
await app.close();
console.log('closed');
