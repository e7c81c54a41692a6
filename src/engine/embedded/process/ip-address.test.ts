import assert from 'node:assert/strict';
import { isIP } from 'node:net';
import { test } from 'node:test';
import { formatIp, mappedIpv4, parseIp, parseNumber } from './ip-address.ts';

const texts = [
  ['127.0.0.1', '127.0.0.1'],
  ['255.255.255.255', '255.255.255.255'],
  ['0:0:0:0:0:0:0:1', '::1'],
  ['2001:DB8::0:0:1', '2001:db8::1'],
  ['1:0:0:2:0:0:0:3', '1:0:0:2::3'],
  ['1:0:2:3:4:5:6:7', '1:0:2:3:4:5:6:7'],
  ['::ffff:7f00:1', '::ffff:127.0.0.1'],
  ['fe80::1%eth0', 'fe80::1'],
  ['::2', '::2'],
  ['::1:0', '::0.1.0.0'],
];

for (const [text = '', canonical] of texts) {
  test(`${text} is ${canonical}`, () => {
    const ip = parseIp(text);
    assert.ok(ip);
    assert.equal(formatIp(ip), canonical);
    assert.equal(ip.family, isIP(text));
  });
}

for (const text of [
  '',
  '1.2.3',
  '1.2.3.4.5',
  '01.2.3.4',
  '1.2.3.256',
  ':',
  ':::',
  '1::2::3',
  '1:2:3:4:5:6:7:8:9',
  'g::',
  '1.2.3.4::',
]) {
  test(`"${text}" is no address`, () => {
    assert.equal(parseIp(text), undefined);
    assert.equal(isIP(text), 0);
  });
}

for (const [text, canonical] of [
  ['0', '0.0.0.0'],
  ['127.1', '127.0.0.1'],
  ['0x7f000001', '127.0.0.1'],
  ['0177.0.0.01', '127.0.0.1'],
  ['1.2.772', '1.2.3.4'],
  ['1.2.3.256', undefined],
  ['4294967296', undefined],
  ['1.2.3.4.5', undefined],
  ['08', undefined],
  ['1.example', undefined],
] as const) {
  test(`"${text}" is a number for ${canonical ?? 'no address'}`, () => {
    const ip = parseNumber(text);
    assert.equal(ip && formatIp(ip), canonical);
  });
}

test('the IPv4 address inside an IPv6 address', () => {
  const inside = (text: string): string | undefined => {
    const ip = parseIp(text);
    const ipv4 = ip && mappedIpv4(ip);
    return ipv4 && formatIp(ipv4);
  };
  assert.equal(inside('::ffff:1.2.3.4'), '1.2.3.4');
  assert.equal(inside('::1.2.3.4'), undefined);
  assert.equal(inside('1.2.3.4'), undefined);
});
