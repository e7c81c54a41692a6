import assert from 'node:assert/strict';
import { test } from 'node:test';
import { createRouter } from './main.mjs';

function shop() {
  const router = createRouter();
  router.add('GET', '/', 'home');
  router.add('GET', '/robots.txt', 'robots');
  router.add('GET', '/users/me', 'me');
  router.add('GET', '/users/:id', 'show');
  router.add('POST', '/users/:id', 'change');
  router.add('DELETE', '/users/:id', 'remove');
  router.add('GET', '/users/:id/notes/:note', 'note');
  return router;
}

/** What a router finds, in comparable form: params may or may not have a prototype. */
function find(method, target) {
  const { status, handler, params, allow } = shop().find(method, target) ?? {};
  return { status, handler, params: params && { ...params }, allow };
}

test('The query does not matter', () => {
  const { status, handler } = find('GET', '/users/me?tab=2');
  assert.deepEqual(
    [status, handler],
    [200, 'me'],
    'GET /users/me?tab=2 is a request for /users/me. Compare the pathname only.',
  );
});

test('Parameters are taken out and decoded', () => {
  const { handler, params } = find('GET', '/users/7/notes/Zo%C3%AB');
  assert.deepEqual(
    [handler, params],
    ['note', { id: '7', note: 'Zoë' }],
    '/users/7/notes/Zo%C3%AB has two parameters, id and note, and the second is Zoë.',
  );
});

test('An encoded slash is part of a value', () => {
  const { handler, params } = find('GET', '/users/a%2Fb');
  assert.deepEqual(
    [handler, params],
    ['show', { id: 'a/b' }],
    '/users/a%2Fb is the user a/b. Split the path first, then decode each segment.',
  );
});

test('Every route of a path is looked at', () => {
  const { status, handler } = find('POST', '/users/7');
  assert.deepEqual(
    [status, handler],
    [200, 'change'],
    'POST /users/7 has a route, but another method with the same path was added before it. Look at all routes.',
  );
  assert.equal(find('HEAD', '/users/7').handler, 'show', 'HEAD is answered by the route of GET.');
});

test('Other methods are named', () => {
  const { status, allow } = find('PUT', '/users/me');
  assert.deepEqual(
    [status, allow],
    [405, ['GET', 'POST', 'DELETE']],
    'PUT /users/me fits two patterns, which have GET, POST and DELETE: answer 405 and name each method once.',
  );
});

test('What cannot be found or read', () => {
  assert.equal(find('GET', '/attic').status, 404, 'No route has the path /attic: 404.');
  assert.equal(find('GET', '/users/').status, 404, '/users/ has an empty id, which is none: 404.');
  assert.equal(find('GET', '//').status, 404, 'No route has the path //, and nothing may throw: 404.');
  assert.equal(
    find('GET', '//shop.example/users/me').status,
    404,
    'No route has the path //shop.example/users/me, but URL takes the first part for a host. Cut the target at the question mark.',
  );
  assert.equal(
    find('GET', '/robotsxtxt').status,
    404,
    'The dot in the pattern /robots.txt stands for a dot. In a regular expression it stands for any character.',
  );
  assert.equal(
    find('GET', '/users/%E0%A4').status,
    400,
    'The id in /users/%E0%A4 cannot be decoded: catch the URIError and answer 400.',
  );
});
