import assert from 'node:assert/strict';
import { test } from 'node:test';
import { explainUnreachableHosts, isOutside } from './unreachable-host.ts';
import { libraryOn } from './library-on.ts';

test('hosts of the internet are outside', () => {
  for (const host of ['example.com', 'downloads.example.org.', '93.184.216.34', '2606:2800::1'])
    assert.equal(isOutside(host), true, host);
});

test('names that no terminal finds either are not', () => {
  for (const host of ['db', 'nope.invalid', 'printer.local', 'x.test', 'api.example'])
    assert.equal(isOutside(host), false, host);
});

test('the explanation names the host, once a process', () => {
  const written: string[] = [];
  const { realm } = libraryOn({}, [], {
    write: (_fd, bytes) => written.push(new TextDecoder().decode(bytes)),
    read: () => null,
    whenReadable() {},
  });
  const explain = explainUnreachableHosts(realm);
  explain('nope.invalid');
  explain('example.com');
  explain('example.org');
  assert.equal(written.length, 1);
  assert.match(written[0] ?? '', /^\(example\.com is out of reach: .*CORS\.\)\n$/);
});
