import assert from 'node:assert/strict';
import { suite, test } from 'node:test';
import { parseExchanges, printExchanges, recordResponse } from './exchanges.ts';
import { parseRequests } from './requests.ts';
import type { RecordedResponse } from './snippet.ts';

const requests = parseRequests(
  `### All notes
GET /notes

###
POST http://localhost:3001/notes
content-type: application/json

{"text":"hello"}`,
  { chapter: 'building-apis/rest', line: 1 },
);

const text = `### All notes
GET /notes

HTTP/1.1 200 OK
Content-Type: application/json
Set-Cookie: a=1
Set-Cookie: b=2

[]

###
POST http://localhost:3001/notes
content-type: application/json

{"text":"hello"}

HTTP/1.1 201
X-Empty:
`;

const responses: readonly RecordedResponse[] = [
  {
    status: 200,
    statusText: 'OK',
    headers: [
      ['Content-Type', 'application/json'],
      ['Set-Cookie', 'a=1'],
      ['Set-Cookie', 'b=2'],
    ],
    body: '[]',
  },
  { status: 201, statusText: '', headers: [['X-Empty', '']], body: '' },
];

/** How a body stands in the file, and what is read back from there. */
function keep(bytes: Uint8Array | string) {
  const get = parseRequests('GET /', { chapter: 'a/b', line: 1 });
  const content = typeof bytes === 'string' ? Buffer.from(bytes) : bytes;
  const response = recordResponse({ status: 200, statusText: 'OK', headers: [] }, content);
  const file = printExchanges([...get, ...get], [response, response]);
  assert.deepEqual(parseExchanges(file, [...get, ...get]), [response, response]);
  return { response, file: printExchanges(get, [response]).replace('###\nGET /\n\nHTTP/1.1 200 OK\n', '') };
}

suite('the file of exchanges', () => {
  test('reads like a conversation, and is read back', () => {
    assert.equal(printExchanges(requests, responses), text);
    assert.deepEqual(parseExchanges(text, requests), responses);
  });

  test('of other requests is an error', () => {
    const [first, second] = requests;
    assert.ok(first && second);
    const others = [
      [first],
      [second, first],
      [{ ...first, title: 'Some notes' }, second],
      [first, { ...second, body: '{"text":"hell' }],
      [first, { ...second, headers: [] }],
      [...requests, first],
    ];
    for (const other of others) assert.throws(() => parseExchanges(text, other), /for other requests/);
  });

  test('of another form is an error', () => {
    const others = [
      text.replace('HTTP/1.1 200 OK', 'HTTP/1.1 OK'),
      text.replace('Set-Cookie: a=1', 'Set-Cookie a=1'),
      text.slice(0, -1),
      text.replace('[]\n\n', '[]\n'),
    ];
    for (const other of others)
      assert.throws(() => parseExchanges(other, requests), /An answer begins|other requests/);
  });
});

suite('the body of an answer', () => {
  test('stays as it is where it is text', () => {
    for (const body of [
      '{"a":1}',
      'a\n',
      '\n',
      'a\n\nb',
      '\ta',
      'é\u{1F600}',
      '\uFEFFa',
      'HTTP/1.1 200 OK',
    ]) {
      assert.deepEqual(keep(body), {
        response: { status: 200, statusText: 'OK', headers: [], body },
        file: `\n${body}\n`,
      });
    }
    assert.equal(keep('').file, '');
  });

  test('a line that would mean something gets a backslash', () => {
    assert.equal(keep('### a\n\\### b\n#### c').file, '\n\\### a\n\\\\### b\n\\#### c\n');
    assert.equal(keep('(base64)\nYQ==').file, '\n\\(base64)\nYQ==\n');
    assert.equal(keep('a\u2028###').response.body, 'a\u2028###');
  });

  test('with line ends of HTTP it says so', () => {
    const { response, file } = keep('a\r\n### b\r\n');
    assert.equal(response.body, 'a\r\n### b\r\n');
    assert.equal(file, '\n(lines end with CRLF)\na\n\\### b\n\n');
  });

  test('that is not text is base64 in lines', () => {
    const { response, file } = keep(Buffer.alloc(90, 0xff));
    assert.equal(response.encoding, 'base64');
    assert.equal(Buffer.from(response.body, 'base64').length, 90);
    assert.equal(file, `\n(base64)\n${'/'.repeat(76)}\n${'/'.repeat(44)}\n`);
    for (const body of ['a\0', '\u001b[1m', 'a\rb', 'a\r\nb\n'])
      assert.equal(keep(body).response.encoding, 'base64');
  });
});

test('headers that vary are left out of an answer', () => {
  const headers = [
    ['Content-Length', '0'],
    ['DATE', 'Sat, 21 Nov 2026 10:00:00 GMT'],
    ['Connection', 'close'],
    ['keep-alive', 'timeout=5'],
  ] as const;
  const response = recordResponse({ status: 204, statusText: 'No Content', headers }, new Uint8Array());
  assert.deepEqual(response.headers, [['Content-Length', '0']]);
});
