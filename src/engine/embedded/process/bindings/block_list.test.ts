import assert from 'node:assert/strict';
import realNet from 'node:net';
import { test } from 'node:test';
import { blockList } from './block_list.ts';
import { outcome } from './oracle.ts';
import { libraryOn } from '../library-on.ts';

type Lists = Pick<typeof realNet, 'BlockList' | 'SocketAddress'>;

const library = libraryOn({ block_list: blockList }, ['internal/blocklist', 'internal/socketaddress']);
// Node's own modules on our binding: they export what `net` passes on.
const ours = {
  ...library.require('internal/blocklist'),
  ...library.require('internal/socketaddress'),
} as unknown as Lists;

function same(name: string, call: (lists: Lists) => unknown): void {
  test(name, () =>
    assert.deepEqual(
      outcome(() => call(ours)),
      outcome(() => call(realNet)),
    ),
  );
}

const addresses = [
  '1.1.1.1',
  '1.1.1.5',
  '1.1.1.255',
  '1.1.2.0',
  '10.20.30.40',
  '11.0.0.0',
  '192.168.0.1',
  '0.0.0.0',
  '::1',
  '::ffff:1.1.1.1',
  '::ffff:10.0.0.1',
  'fe80::1',
  'fe80::ffff:1',
  'fe81::1',
  '::',
  'nope',
];

for (const address of addresses) {
  same(`checks ${address}`, ({ BlockList }) => {
    const list = new BlockList();
    list.addAddress('1.1.1.1');
    list.addAddress('::1', 'ipv6');
    list.addRange('1.1.1.4', '1.1.1.9');
    list.addSubnet('10.0.0.0', 8);
    list.addSubnet('192.168.0.1', 32);
    list.addSubnet('fe80::', 16, 'ipv6');
    return list.check(address, address.includes(':') ? 'ipv6' : 'ipv4');
  });
}

same('rules', ({ BlockList }) => {
  const list = new BlockList();
  list.addSubnet('10.1.2.3', 8);
  list.addSubnet('fe80::1', 64, 'ipv6');
  list.addRange('1.1.1.1', '1.1.1.1');
  list.addAddress('9.9.9.9');
  list.addAddress('9.9.9.9');
  return list.rules;
});
same('a range the wrong way round', ({ BlockList }) => new BlockList().addRange('1.1.1.9', '1.1.1.1'));
same('a prefix out of range', ({ BlockList }) => new BlockList().addSubnet('1.1.1.1', 33));
same('an address that is none', ({ BlockList }) => new BlockList().addAddress('1.1.1'));
same('socket addresses', ({ SocketAddress }) => {
  const { address, family, flowlabel, port } = new SocketAddress({
    address: '0::1',
    family: 'ipv6',
    flowlabel: 7,
    port: 80,
  });
  return [address, family, flowlabel, port, SocketAddress.parse('[::1]:80')?.port];
});
