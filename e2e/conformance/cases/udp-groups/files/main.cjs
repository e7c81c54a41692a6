const dgram = require('node:dgram');

const log = (...words) => console.log(...words);
const attempt = (name, call) => {
  try {
    call();
    log(name, 'done');
  } catch (error) {
    log(name, error.code, error.message);
  }
};

const group = '224.0.0.114';
const member = dgram.createSocket('udp4');
const sender = dgram.createSocket('udp4');
member.bind(0, () => {
  const { port } = member.address();
  attempt('join', () => member.addMembership(group));
  attempt('join again', () => member.addMembership(group));
  member.once('message', (message, { size }) => {
    log('heard', String(message), size);
    attempt('leave', () => member.dropMembership(group));
    attempt('leave again', () => member.dropMembership(group));
    connect(port);
  });
  sender.send(['to', ' all'], port, group, (error, bytes) => log('sent', error, bytes));
});

function connect(port) {
  sender.connect(port, '127.0.0.1', () => {
    log('connected', sender.address().address, sender.remoteAddress().family);
    attempt('connect again', () => sender.connect(port));
    member.close(() => {
      sender.on('error', (error) => {
        log(error.code, error.syscall, error.message);
        attempt('disconnect', () => sender.disconnect());
        attempt('disconnect again', () => sender.disconnect());
        attempt('ttl', () => sender.setTTL(0));
        sender.close(() => log('closed'));
        attempt('send', () => sender.send('x', port));
      });
      sender.send('nobody');
    });
  });
}
