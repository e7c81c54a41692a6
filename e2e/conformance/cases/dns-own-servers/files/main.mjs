import dgram from 'node:dgram';
import { once } from 'node:events';
import dns, { lookup, lookupService, Resolver } from 'node:dns/promises';

const server = dgram.createSocket('udp4');
server.on('message', (question, { port, address }) => {
  const name = question.subarray(12, -4).toString('latin1');
  if (name.includes('mute')) return;
  const isKnown = !name.includes('gone');
  const answer = isKnown ? Buffer.from('c00c000100010000003c00047f000005', 'hex') : Buffer.alloc(0);
  const reply = Buffer.concat([question, answer]);
  reply.writeUInt16BE(isKnown ? 0x8180 : 0x8183, 2);
  reply.writeUInt16BE(isKnown ? 1 : 0, 6);
  server.send(reply, port, address);
});
server.bind(0, '127.0.0.1');
await once(server, 'listening');

const servers = [`127.0.0.1:${server.address().port}`];
const resolver = new Resolver();
resolver.setServers(servers);
const impatient = new Resolver({ timeout: 20, tries: 1 });
impatient.setServers(servers);
const ask = async (name, question) => {
  try {
    console.log(name, await question());
  } catch (error) {
    console.log(name, error.code, error.syscall, error.hostname, error.message);
  }
};
await ask('A', () => resolver.resolve4('x.org'));
await ask('A with TTL', () => resolver.resolve4('x.org', { ttl: true }));
await ask('any', () => resolver.resolveAny('x.org'));
await ask('MX', () => resolver.resolveMx('x.org'));
await ask('NXDOMAIN', () => resolver.resolve4('gone.org'));
await ask('no answer', () => impatient.resolve4('mute.org'));
await ask('bad name', () => resolver.resolve4('a..b'));
await ask('onion', () => resolver.resolve('some.onion'));
const waiting = ask('cancelled', () => resolver.resolve4('mute.org'));
resolver.cancel();
await waiting;
server.close();

resolver.setServers(['127.0.0.1:9', '[2001:db8::1]:5353']);
console.log(resolver.getServers());
await ask('short form', () => lookup('127.1'));
await ask('all', () => lookup('127.0.0.1', { all: true }));
await ask('wrong family', () => lookup('127.0.0.1', { family: 6 }));
await ask('invalid', () => lookup('nowhere.invalid'));
await ask('service', () => lookupService('127.0.0.1', 80));
for (const call of [
  () => dns.setServers(['x']),
  () => lookup('x', { family: 9 }),
  () => lookup(5),
  () => lookupService('x', 1),
  () => resolver.resolve('x', 'ZZ'),
  () => dns.setDefaultResultOrder('q'),
  () => new Resolver({ tries: 0 }),
]) {
  await ask('checked', call);
}
