import assert from 'node:assert/strict';
import { createHash } from 'node:crypto';
import { test } from 'node:test';
import { planRequest } from './main.mjs';

/** The code of the error that planning throws; undefined when it does not. */
function codeOf(args) {
  try {
    planRequest(args);
    return undefined;
  } catch (error) {
    return error.code;
  }
}

test('Path and base make the address', () => {
  assert.equal(
    typeof planRequest(['/cart']).url,
    'string',
    'url has to be a text. The object of new URL has it as its href.',
  );
  assert.equal(
    planRequest(['/cart']).url,
    'https://shop.example/cart',
    'Without --query the address ends with the path: no question mark.',
  );
  assert.equal(
    planRequest(['cart']).url,
    'https://shop.example/cart',
    'The path cart has no slash in front. Let new URL join path and base: glued, they name another host.',
  );
  assert.equal(
    planRequest(['--base', 'https://api.example/v1/', 'items']).url,
    'https://api.example/v1/items',
    'The path items belongs below the base https://api.example/v1/.',
  );
});

test('The query is encoded', () => {
  assert.equal(
    planRequest(['--query', 'q=tea & milk', '/search']).url,
    'https://shop.example/search?q=tea+%26+milk',
    'The value «tea & milk» has to be encoded. Let url.searchParams do it.',
  );
});

test('A query may be given several times, in both spellings', () => {
  assert.equal(
    planRequest(['--query', 'tag=a', '--query=tag=b', '/search']).url,
    'https://shop.example/search?tag=a&tag=b',
    'Both values of tag have to be in the address: --query tag=a and --query=tag=b.',
  );
});

test('A value may contain an equals sign', () => {
  assert.equal(
    planRequest(['--query', 'filter=size=10', '/search']).url,
    'https://shop.example/search?filter=size%3D10',
    'The value of filter is «size=10». Cut at the first equals sign only.',
  );
});

test('The identifier is a hash of the address', () => {
  const { url, id } = planRequest(['/cart']);
  assert.equal(
    id,
    createHash('sha256').update(url).digest('hex').slice(0, 12),
    'id has to be the first 12 hexadecimal characters of the SHA-256 of url.',
  );
});

test("Mistakes are refused with Node's own errors", () => {
  assert.equal(
    codeOf(['--colour', 'red', '/cart']),
    'ERR_PARSE_ARGS_UNKNOWN_OPTION',
    'The option --colour does not exist. parseArgs refuses it by itself.',
  );
  assert.equal(
    codeOf(['--base', 'shop.example', '/cart']),
    'ERR_INVALID_URL',
    'The base shop.example is no address. new URL refuses it by itself.',
  );
});
