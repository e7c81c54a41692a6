import assert from 'node:assert/strict';
import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { createServer } from 'node:http';
import type { RequestListener } from 'node:http';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { after, before, describe, it } from 'node:test';
import type { TestContext } from 'node:test';
import { runInside } from './beside-node.ts';
import { readResponse, REQUEST_CLIENT, requestArguments } from './request-client.ts';
import type { ProgramRequest, ProgramResponse } from '../engine.ts';

let directory = '';

/** Runs the client as a container would. */
function send(
  port: number,
  request: ProgramRequest,
  bodyFile?: string,
  signal = new AbortController().signal,
): Promise<ProgramResponse> {
  const args = requestArguments(port, request, bodyFile);
  return readResponse(runInside(join(directory, 'request.cjs'), args), signal);
}

async function listen(t: TestContext, listener: RequestListener): Promise<number> {
  const server = createServer(listener);
  await new Promise<void>((resolve) => server.listen(0, 'localhost', resolve));
  t.after(() => {
    server.close();
    server.closeAllConnections();
  });
  const address = server.address();
  assert.ok(typeof address === 'object' && address !== null);
  return address.port;
}

describe('the client that sends requests from inside', () => {
  before(async () => {
    directory = await mkdtemp(join(tmpdir(), 'request-client-'));
    await writeFile(join(directory, 'request.cjs'), REQUEST_CLIENT);
  });
  after(() => rm(directory, { recursive: true }));

  it('brings back status, headers and bytes', async (t) => {
    const port = await listen(t, (request, response) => {
      response.writeHead(201, 'Made', ['set-cookie', 'a=1', 'set-cookie', 'b=2', 'x-name', 'é']);
      request.pipe(response);
    });
    const bodyFile = join(directory, 'body');
    await writeFile(bodyFile, 'ü\r\n');
    const headers = { 'content-type': 'text/plain' };
    const answer = await send(port, { method: 'POST', path: '/?q=1', headers }, bodyFile);
    assert.equal(answer.status, 201);
    assert.equal(answer.statusText, 'Made');
    assert.deepEqual(answer.headers.slice(0, 3), [
      ['set-cookie', 'a=1'],
      ['set-cookie', 'b=2'],
      ['x-name', 'é'],
    ]);
    assert.equal(await new Response(answer.body).text(), 'ü\r\n');
  });

  it('sends the headers that it is given, and the length of the body with any method', async (t) => {
    const port = await listen(t, (request, response) => {
      response.write(`${request.rawHeaders.join()}\n`);
      request.pipe(response);
    });
    const bodyFile = join(directory, 'filter');
    await writeFile(bodyFile, '{}');
    const textOf = async (request: ProgramRequest, file?: string) =>
      new Response((await send(port, request, file)).body).text();
    const host = `Host,localhost:${port}`;
    assert.equal(
      await textOf({ method: 'DELETE', path: '/', headers: { 'X-Tag': 'one' } }, bodyFile),
      `${host},X-Tag,one,Content-Length,2,Connection,close\n{}`,
    );
    assert.equal(
      await textOf({ method: 'POST', path: '/', headers: { host: 'example.org' } }),
      'host,example.org,Content-Length,0,Connection,close\n',
    );
    assert.equal(await textOf({ method: 'GET', path: '/', headers: {} }), `${host},Connection,close\n`);
  });

  it('says why there is no answer', async () => {
    const request = { method: 'GET', path: '/', headers: {} };
    await assert.rejects(send(1, request), /The program's server did not answer: .*ECONNREFUSED/);
  });

  it('tells of the head before the body, and of its pieces as they come', async (t) => {
    let finish = (): void => {};
    const port = await listen(t, (_, response) => {
      response.write('first');
      finish = () => response.end('last');
    });
    const { body } = await send(port, { method: 'GET', path: '/', headers: {} });
    const reader = body.getReader();
    const read = async () => Buffer.from((await reader.read()).value ?? []).toString();
    assert.equal(await read(), 'first');
    finish();
    assert.equal(await read(), 'last');
    assert.equal((await reader.read()).done, true);
  });

  it('breaks off, with the reason of the signal', async (t) => {
    const gone = Promise.withResolvers<void>();
    const port = await listen(t, (_, response) => {
      response.write('endless');
      response.on('close', () => gone.resolve());
    });
    const stop = new AbortController();
    const answer = await send(port, { method: 'GET', path: '/', headers: {} }, undefined, stop.signal);
    stop.abort(new Error('enough'));
    await assert.rejects(new Response(answer.body).text(), /enough/);
    await gone.promise;
    const request = send(port, { method: 'GET', path: '/', headers: {} }, undefined, stop.signal);
    await assert.rejects(request, /enough/);
  });

  it('fails where the server breaks off', async (t) => {
    const port = await listen(t, (_, response) => {
      response.write('half', () => response.destroy());
    });
    const { body } = await send(port, { method: 'GET', path: '/', headers: {} });
    await assert.rejects(new Response(body).text(), /did not answer: aborted/);
  });

  it('breaks the connection when nobody wants the rest', async (t) => {
    const gone = Promise.withResolvers<void>();
    const port = await listen(t, (_, response) => {
      response.write('endless');
      response.on('close', () => gone.resolve());
    });
    const { body } = await send(port, { method: 'GET', path: '/', headers: {} });
    await body.cancel();
    await gone.promise;
  });
});
