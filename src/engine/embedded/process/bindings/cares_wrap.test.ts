import assert from 'node:assert/strict';
import realDns from 'node:dns';
import { test } from 'node:test';
import { caresWrap } from './cares_wrap.ts';
import { besideReal, callable, outcome } from './oracle.ts';
import { libraryOn } from '../library-on.ts';

const { ours, real } = besideReal('cares_wrap', caresWrap);

const addresses = [
  '127.0.0.1 ::1 :: 1:2::0 ::ffff:1.2.3.4 ::1.2.3.4 fe80::1%lo 1:2:3:4:5:6:7:8 1:0:0:2:0:0:0:3 1:0:2:3:4:5:6:7',
  '01.2.3.4 256.1.1.1 1.2.3 nope 1:2:3 ::1::2 :1 1: 12345:: ::1.2.3 ABCD:EF01:: 0:0:0:0:0:0:0:0 ::ffff:0:1 ::2:0 1.2.3.4::',
]
  .join(' ')
  .split(' ');

for (const address of [...addresses, '']) {
  test(`reads the address "${address}" as Node does`, () => {
    for (const name of ['canonicalizeIP', 'convertIpv6StringToBuffer']) {
      assert.deepEqual(
        outcome(() => callable(ours, name)(address)),
        outcome(() => callable(real, name)(address)),
      );
    }
  });
}

test('words errors as c-ares does', () => {
  for (let status = -1; status < 30; status++) {
    assert.equal(callable(ours, 'strerror')(status), callable(real, 'strerror')(status));
  }
});

test('looks up names as Node does', async () => {
  const lookups = async ({ lookup, lookupService }: typeof realDns): Promise<unknown[]> => {
    const results: unknown[] = [];
    const note = (resolve: () => void) => {
      return (error: NodeJS.ErrnoException | null, ...values: unknown[]) => {
        results.push(error ? [error.message, error.code, error.errno] : values);
        resolve();
      };
    };
    for (const name of ['localhost', 'LOCALHOST', '127.0.0.1', '127.1', '0']) {
      await new Promise<void>((resolve) => lookup(name, note(resolve)));
      await new Promise<void>((resolve) => lookup(name, { all: true, family: 4 }, note(resolve)));
    }
    await new Promise<void>((resolve) => lookupService('127.0.0.1', 80, note(resolve)));
    await new Promise<void>((resolve) => lookupService('127.0.0.1', 4242, note(resolve)));
    return results;
  };
  const library = libraryOn({ cares_wrap: caresWrap }, ['dns', 'internal/dns/utils']);
  // Node's own module on our bindings: it exports what the real one exports.
  const dns = library.require('dns') as unknown as typeof realDns;
  assert.deepEqual(await lookups(dns), await lookups(realDns));
  assert.equal(library.loop.references, 0);
});

test('looks up a name that nobody has', async () => {
  const library = libraryOn({ cares_wrap: caresWrap }, ['dns', 'internal/dns/utils']);
  // Node's own module on our bindings: it exports what the real one exports.
  const { lookup } = library.require('dns') as unknown as typeof realDns;
  for (const options of [{}, { all: true, family: 4 }] as const) {
    const error = await new Promise<NodeJS.ErrnoException | null>((resolve) =>
      lookup('nowhere.invalid', options, resolve),
    );
    assert.deepEqual(
      [error?.message, error?.code, error?.errno],
      ['getaddrinfo ENOTFOUND nowhere.invalid', 'ENOTFOUND', -3008],
    );
  }
  assert.equal(library.loop.references, 0);
});

test('a resolver finds no server, and can be cancelled', async () => {
  const { realm, loop, require } = libraryOn({ cares_wrap: caresWrap }, [
    'dns',
    'internal/dns/utils',
    'internal/dns/callback_resolver',
  ]);
  // Node's own module on our bindings: it exports what the real one exports.
  const { Resolver } = require('dns') as unknown as typeof realDns;
  const resolver = new Resolver();
  const failure = (cancel: boolean): Promise<string> =>
    new Promise((resolve) => {
      resolver.resolve4('example.org', (error) => resolve(`${error?.code} ${error?.message}`));
      if (cancel) resolver.cancel();
    });
  assert.equal(await failure(false), 'ECONNREFUSED queryA ECONNREFUSED example.org');
  assert.equal(await failure(true), 'ECANCELLED queryA ECANCELLED example.org');
  assert.throws(() => resolver.setLocalAddress('nowhere'), /Invalid IP address/);
  resolver.setServers(['127.0.0.1:5353']);
  assert.deepEqual(resolver.getServers(), ['127.0.0.1:5353']);
  await new Promise((resolve) => realm.loop.enqueue(() => resolve(undefined)));
  assert.equal(loop.references, 0);
});
