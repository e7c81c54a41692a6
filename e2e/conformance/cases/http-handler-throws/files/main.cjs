const http = require('node:http');

process.on('exit', (code) => console.log('exit', code));
const server = http.createServer((request) => {
  console.log(request.method, request.url);
  if (request.url !== '/') throw new RangeError('in the handler');
});
server.listen(0, () => {
  const { port } = server.address();
  http.request({ port, path: '/throws' }).on('error', console.log).end();
});
