import assert from 'node:assert/strict';
import { execFile } from 'node:child_process';
import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { createServer } from 'node:http';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { after, before, describe, it } from 'node:test';
import { promisify } from 'node:util';
import { readAnswer, REQUEST_CLIENT, requestArgument } from './request-client.ts';
import type { ProgramRequest } from '../engine.ts';

let directory = '';

async function send(port: number, request: ProgramRequest): Promise<string> {
  const client = join(directory, 'request.cjs');
  const { stdout } = await promisify(execFile)(process.execPath, [client, requestArgument(port, request)]);
  return stdout;
}

describe('the client that sends requests from inside', () => {
  before(async () => {
    directory = await mkdtemp(join(tmpdir(), 'request-client-'));
    await writeFile(join(directory, 'request.cjs'), REQUEST_CLIENT);
  });
  after(() => rm(directory, { recursive: true }));

  it('brings back status, headers and bytes', async (t) => {
    const server = createServer((request, response) => {
      response.writeHead(
        201,
        'Made',
        [
          ['set-cookie', 'a=1'],
          ['set-cookie', 'b=2'],
          ['x-name', 'é'],
        ].flat(),
      );
      request.pipe(response);
    });
    await new Promise<void>((resolve) => server.listen(0, 'localhost', resolve));
    t.after(() => server.close());
    const address = server.address();
    assert.ok(typeof address === 'object' && address !== null);
    const request = {
      method: 'POST',
      path: '/?q=1',
      headers: { 'content-type': 'text/plain' },
      body: 'ü\r\n',
    };
    const answer = readAnswer(await send(address.port, request));
    assert.equal(answer?.status, 201);
    assert.equal(answer.statusText, 'Made');
    assert.deepEqual(answer.headers.slice(0, 3), [
      ['set-cookie', 'a=1'],
      ['set-cookie', 'b=2'],
      ['x-name', 'é'],
    ]);
    assert.equal(new TextDecoder().decode(answer.body), 'ü\r\n');
  });

  it('says why there is no answer', async () => {
    const printed = await send(1, { method: 'GET', path: '/', headers: {} });
    assert.throws(() => readAnswer(printed), /The program's server did not answer: .*ECONNREFUSED/);
  });

  it('waits for the whole answer', () => {
    assert.equal(readAnswer('some noise \x1b]7702;answer:{"error":'), undefined);
  });
});
