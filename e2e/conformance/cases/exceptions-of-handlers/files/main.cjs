// A handler of uncaught exceptions that throws ends the process at once, with exit code 7.
const { EventEmitter } = require('node:events');
process.on('exit', (code) => console.log('exit', code));
process.on('uncaughtExceptionMonitor', (error, origin) => console.log('monitor', error.message, origin));
process.on('uncaughtException', (error) => {
  console.log('handled', error.message);
  if (error.message === 'third') fail(new Error('fourth'));
});
function fail(error) {
  throw error;
}
process.nextTick(() => {
  setImmediate(() => {
    console.log('immediate');
    setTimeout(() => fail(new Error('third')), 5);
  });
  new EventEmitter().emit('error', { not: 'an error' });
});
process.setUncaughtExceptionCaptureCallback((error) => {
  console.log('captured', error.message);
  process.setUncaughtExceptionCaptureCallback(null);
});
throw new Error('first');
