import assert from 'node:assert/strict';
import { suite, test } from 'node:test';
import { parseRequests, printTarget } from './requests.ts';

const parse = (...lines: string[]) =>
  parseRequests(lines.join('\n'), { chapter: 'building-apis/rest', line: 10 });

suite('the requests to a server', () => {
  test('one request is a line', () => {
    assert.deepEqual(parse('GET /'), [{ method: 'GET', path: '/', headers: [] }]);
  });

  test('several stand apart by lines of ###, with a title if they like', () => {
    const requests = parse(
      '### All notes',
      'GET /notes?sort=date HTTP/1.1',
      'Accept: application/json',
      'X-Empty:',
      '',
      '###',
      '',
      'POST   /notes',
      'content-type:text/plain',
      '',
      'two',
      '',
      ' lines ',
      '',
      '',
      '### Gone',
      'DELETE /notes/1',
    );
    assert.deepEqual(requests, [
      {
        title: 'All notes',
        method: 'GET',
        path: '/notes?sort=date',
        headers: [
          ['Accept', 'application/json'],
          ['X-Empty', ''],
        ],
      },
      {
        method: 'POST',
        path: '/notes',
        headers: [['content-type', 'text/plain']],
        body: 'two\n\n lines ',
      },
      { title: 'Gone', method: 'DELETE', path: '/notes/1', headers: [] },
    ]);
  });

  test('a port is part of an address', () => {
    const [notes, root] = parse('GET http://localhost:3001/notes', '###', 'GET http://localhost:80');
    assert.deepEqual([notes?.port, notes?.path], [3001, '/notes']);
    assert.deepEqual([root?.port, root?.path], [80, '/']);
    assert.equal(notes && printTarget(notes), 'http://localhost:3001/notes');
  });

  const mistakes: readonly (readonly [what: string, lines: readonly string[], message: RegExp])[] = [
    ['nothing', [''], /:10: No request stands here/],
    ['a separator with nothing below', ['GET /', '### More', ''], /:12: No request stands below this «###»/],
    ['no target', ['', 'GET'], /:12: Cannot read «GET»: a request begins with a line such as «GET \/notes»/],
    ['another version', ['GET / HTTP/2'], /:11: Cannot read «GET \/ HTTP\/2»/],
    ['a comment', ['# All notes', 'GET /'], /:11: "#" is not a method|:11: Cannot read «# All notes»/],
    ['a method in lower case', ['get /'], /:11: "get" is not a method\. Known: GET, HEAD, POST/],
    ['a tunnel', ['CONNECT /'], /:11: "CONNECT" is not a method/],
    [
      'another host',
      ['GET http://example.org/'],
      /:11: «http:\/\/example\.org\/» is not where a program listens/,
    ],
    ['an impossible port', ['GET http://localhost:65536/'], /:11: .* is not where a program listens/],
    ['a path that does not begin', ['GET notes'], /:11: «notes» is not where a program listens/],
    ['a fragment', ['GET /notes#first'], /:11: The path «\/notes#first» cannot be sent/],
    ['a path in another script', ['GET /café'], /:11: The path «\/café» cannot be sent/],
    ['a variable', ['GET /{{id}}'], /:11: Cannot read «\/\{\{id\}\}»: variables are not known here/],
    ['a variable in a header', ['GET /', 'a: {{token}}'], /:12: .*variables are not known here/],
    ['a header without a colon', ['GET /', 'accept'], /:12: Cannot read «accept»: a header is «name: value»/],
    ['a body without an empty line', ['POST /', '{"a": 1}'], /:12: Cannot read «\{"a": 1\}».*an empty line/],
    ['a header twice', ['GET /', 'a: 1', 'A: 2'], /:13: "A" is given twice/],
    [
      'a header of the sender',
      ['POST /', 'Content-Length: 1'],
      /:12: "Content-Length" is the sender's business/,
    ],
    ['a value in another script', ['GET /', 'a: é'], /:12: The value of "a" has to be ASCII/],
    ['GET with a body', ['GET /', '', 'POST /'], /:13: GET has no body\. Is a line «###» missing/],
  ];
  for (const [what, lines, message] of mistakes) {
    test(`a mistake: ${what}`, () => {
      assert.throws(
        () => parse(...lines),
        (error: Error) => {
          assert.match(error.message, message);
          assert.match(error.message, /^building-apis\/rest\/index\.mdx:\d+: /);
          return true;
        },
      );
    });
  }
});
