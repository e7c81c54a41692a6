/** A Node program that holds one WebSocket: the page itself may not connect to a program's server. */
import type { ProgramWebSocket, WebSocketEnd } from '../engine.ts';
import { checkClose } from '../web-socket-close.ts';
import { InnerClient } from './inner-client.ts';
import type { InnerProcess } from './inner-client.ts';
import { fromBase64, MARKS, toBase64 } from './inner-messages.ts';

/** What the client prints. */
type Message =
  | { readonly open: string }
  | { readonly text: string }
  | { readonly bytes: string }
  | { readonly failed: true }
  | { readonly close: WebSocketEnd };

/** What the client is told. */
type Command = { readonly text: string } | { readonly bytes: string } | { readonly close: WebSocketEnd };

const WITHOUT_A_WORD = 1006;

/** Runs inside Node, from its source text, so that it must not refer to anything outside of itself. */
function holdWebSocket([begin, end]: readonly [string, string]): void {
  // What `webSocketArgument` made.
  const [address, protocols] = JSON.parse(process.argv[2] ?? '') as [string, string[]];
  const socket = new WebSocket(address, protocols);
  socket.binaryType = 'arraybuffer';
  if (process.stdin.isTTY) process.stdin.setRawMode(true);

  function print(message: Message, done?: () => void): void {
    const json = JSON.stringify(message).replace(
      /[^\x20-\x7e]/g,
      (character) => '\\u' + character.charCodeAt(0).toString(16).padStart(4, '0'),
    );
    process.stdout.write(begin + json + end, done);
  }

  // Where it could not be opened, nothing but an error may come.
  const fail = (): void => print({ failed: true }, () => process.exit());
  socket.addEventListener('error', fail);
  socket.addEventListener('open', () => {
    socket.removeEventListener('error', fail);
    print({ open: socket.protocol });
  });
  socket.addEventListener('message', ({ data }: { data: unknown }) => {
    if (typeof data === 'string') print({ text: data });
    // The kind that was asked for above.
    else print({ bytes: Buffer.from(data as ArrayBuffer).toString('base64') });
  });
  socket.addEventListener('close', ({ code, reason }) =>
    print({ close: { code, reason } }, () => process.exit()),
  );

  function obey(command: Command): void {
    if ('text' in command) socket.send(command.text);
    else if ('bytes' in command) socket.send(Buffer.from(command.bytes, 'base64'));
    else socket.close(command.close.code, command.close.reason);
  }

  // A command is base64 in lines, up to a line with a dot.
  let line = '';
  let encoded = '';
  process.stdin.setEncoding('latin1').on('data', (typed: string) => {
    for (const character of typed) {
      if (character !== '\n' && character !== '\r') line += character;
      else {
        if (line === '.') {
          obey(JSON.parse(Buffer.from(encoded, 'base64').toString()) as Command);
          encoded = '';
        } else encoded += line;
        line = '';
      }
    }
  });
}

/** The client as the text of a CommonJS file. */
export const WEB_SOCKET_CLIENT = `(${holdWebSocket.toString()})(${JSON.stringify(MARKS)});\n`;

/** The client's one argument. */
export function webSocketArgument(port: number, path: string, protocols: readonly string[]): string {
  return JSON.stringify([`ws://localhost:${port}${path}`, protocols]);
}

/** Milliseconds that a server may take to open a WebSocket, and to answer when it is closed. */
const DEADLINES = { open: 30_000, close: 5_000 };

/** The WebSocket that a client holds; rejects with a sentence where it could not be opened, or with the signal's reason. */
export function readWebSocket(
  process: InnerProcess,
  path: string,
  signal: AbortSignal,
  deadlines: typeof DEADLINES = DEADLINES,
): Promise<ProgramWebSocket> {
  const { promise, resolve, reject } = Promise.withResolvers<ProgramWebSocket>();
  const closed = Promise.withResolvers<WebSocketEnd>();
  let isOver = false;
  let controller: ReadableStreamDefaultController<string | Uint8Array> | undefined;

  const client = new InnerClient<Message>(process, signal, {
    receive(message) {
      if ('open' in message) {
        clearTimeout(deadline);
        resolve(socket(message.open));
      } else if ('text' in message) controller?.enqueue(message.text);
      else if ('bytes' in message) controller?.enqueue(fromBase64(message.bytes));
      else if ('failed' in message) fail(new Error(`The program's server takes no WebSocket at ${path}.`));
      else end(message.close);
    },
    lost(why) {
      fail('reason' in why ? why.reason : new Error(`The WebSocket was lost: ${why.printed}`));
    },
  });
  let deadline = setTimeout(
    () => fail(new Error(`The program's server did not open the WebSocket at ${path}.`)),
    deadlines.open,
  );

  /** Ends the connection without a word of the server. */
  function fail(error: Error): void {
    reject(error);
    end({ code: WITHOUT_A_WORD, reason: '' });
  }

  function end(result: WebSocketEnd): void {
    if (isOver) return;
    isOver = true;
    clearTimeout(deadline);
    client.end();
    controller?.close();
    closed.resolve(result);
  }

  function tell(command: Command): void {
    client.type(toBase64(new TextEncoder().encode(JSON.stringify(command))));
  }

  function close(code: number, reason: string): void {
    if (isOver) return;
    tell({ close: { code, reason } });
    clearTimeout(deadline);
    deadline = setTimeout(() => end({ code: WITHOUT_A_WORD, reason: '' }), deadlines.close);
  }

  const messages = new ReadableStream<string | Uint8Array>({
    start: (given) => {
      controller = given;
    },
    cancel: () => {
      controller = undefined;
      close(1000, '');
    },
  });

  const socket = (protocol: string): ProgramWebSocket => ({
    protocol,
    messages,
    closed: closed.promise,
    send: (message) => tell(typeof message === 'string' ? { text: message } : { bytes: toBase64(message) }),
    close: (code = 1000, reason = '') => {
      checkClose(code, reason);
      close(code, reason);
    },
  });

  return promise;
}
