// When messages come, relative to ticks, microtasks, timers, immediates and the ends of channels.
const { port1, port2 } = new MessageChannel();
port2.on('message', (message) => {
  console.log('message', message);
  process.nextTick(() => console.log('tick'));
  Promise.resolve().then(() => console.log('micro'));
  if (message === 1) port1.postMessage(3);
  if (message === 3) port2.close();
});
port1.on('close', () => console.log('the other end is closed', port1.hasRef()));
port2.on('close', () => console.log('closed', port2));
port1.postMessage(1);
port1.postMessage(2);
const [one, other] = [new BroadcastChannel('news'), new BroadcastChannel('news')];
other.onmessage = ({ data }) => {
  console.log('news', data);
  one.close();
  other.close();
};
one.postMessage('first');
setImmediate(() => {
  console.log('immediate');
  setImmediate(() => console.log('next immediate'));
});
process.nextTick(() => console.log('first tick'));
port1.postMessage('not delivered: the port is closed by then');
console.log(port1.postMessage.length, port1, process.getActiveResourcesInfo().filter((name) => name !== 'PipeWrap'));
for (const list of [5, 'x', { transfer: 5 }, { transfer: null }, [port1], [port2, port2]])
  try {
    port1.postMessage(0, list);
  } catch (error) {
    console.log(error.name, error.code, error.message);
  }
