// A handle counts as active until its close callback, in the closing phase.
import { once } from 'node:events';
import { createServer } from 'node:net';

const isOutput = (name) => name === 'TTYWrap' || name === 'PipeWrap';
function show(moment) {
  const names = process.getActiveResourcesInfo().filter((name) => !isOutput(name));
  console.log(moment, names, process._getActiveHandles().some((handle) => handle === server));
}

const server = createServer().listen(0);
await once(server, 'listening');
show('listening');
server.close();
show('closing');
await once(server, 'close');
show('closed');
setImmediate(() => {
  show('check phase');
  setImmediate(show, 'next turn');
});
