#!/usr/bin/env node
/**
 * Stands between Playwright and a Firefox that is older than what Playwright speaks: starts Firefox with the arguments it was
 * given, and answers in its place the commands of WebDriver BiDi that it does not know and no test depends on.
 * Playwright starts it as if it were Firefox; `FIREFOX` names the real one.
 */
import { spawn } from 'node:child_process';
import { createInterface } from 'node:readline';
import { WebSocket, WebSocketServer } from 'ws';
import { z } from 'zod';

/** Firefox 153 does not know it; Playwright sends it with every page, also where nothing is to be changed. */
const answeredHere = 'emulation.setMediaFeaturesOverride';
const command = z.looseObject({ id: z.number(), method: z.string() });

const firefox = spawn(process.env['FIREFOX'] ?? 'firefox-esr', process.argv.slice(2), {
  stdio: ['inherit', 'inherit', 'pipe'],
});
firefox.on('exit', (code) => process.exit(code ?? 1));
createInterface({ input: firefox.stderr }).on('line', (line) => {
  const address = /^WebDriver BiDi listening on (ws:\S+)$/.exec(line)?.[1];
  if (address === undefined) console.error(line);
  else listen(address);
});

/** Announces an address of its own in Firefox's words. */
function listen(address: string): void {
  const server = new WebSocketServer({ host: '127.0.0.1', port: 0 }, () => {
    const bound = server.address();
    if (bound !== null && typeof bound !== 'string')
      console.error(`WebDriver BiDi listening on ws://127.0.0.1:${bound.port}`);
  });
  server.on('connection', (near, { url = '/' }) => {
    const far = new WebSocket(`${address}${url === '/' ? '' : url}`, { perMessageDeflate: false });
    const opened = new Promise((resolve) => {
      far.once('open', resolve);
    });
    near.on('message', (data: Buffer) => {
      const text = data.toString();
      const { id, method } = command.parse(JSON.parse(text));
      if (method === answeredHere) near.send(JSON.stringify({ type: 'success', id, result: {} }));
      else void opened.then(() => far.send(text));
    });
    far.on('message', (data: Buffer) => near.send(data.toString()));
    far.on('error', (error) => console.error(`Firefox does not answer: ${error.message}`));
    far.on('close', () => near.close());
    near.on('close', () => far.close());
  });
}
