/** An HTTP request from outside of the program, such as the page's, to a server of the program. */
import { LlhttpParser, errorCode } from './llhttp.ts';
import type { ProgramRequest, ProgramResponse } from '../../engine.ts';
import type { Loopback } from './loopback.ts';

const RESPONSE = 2;
const readSize = 65_536;
const switchingProtocols = 101;

/** Text of HTTP is one byte a character. */
const decode = (bytes: Uint8Array): string => Array.from(bytes, (byte) => String.fromCharCode(byte)).join('');

function concatenate(chunks: readonly Uint8Array[]): Uint8Array {
  const whole = new Uint8Array(chunks.reduce((size, chunk) => size + chunk.length, 0));
  let offset = 0;
  for (const chunk of chunks) {
    whole.set(chunk, offset);
    offset += chunk.length;
  }
  return whole;
}

/** The request as it goes over the wire. */
function serialize(port: number, { method, path, headers, body }: ProgramRequest): Uint8Array {
  const names = new Set(Object.keys(headers).map((name) => name.toLowerCase()));
  const encoder = new TextEncoder();
  const content = encoder.encode(body ?? '');
  const lines = [`${method} ${path} HTTP/1.1`];
  if (!names.has('host')) lines.push(`Host: localhost:${port}`);
  for (const [name, value] of Object.entries(headers)) lines.push(`${name}: ${value}`);
  if (content.length > 0 && !names.has('content-length')) lines.push(`Content-Length: ${content.length}`);
  if (!names.has('connection')) lines.push('Connection: close');
  return concatenate([encoder.encode(`${lines.join('\r\n')}\r\n\r\n`), content]);
}

/** Reads one response out of bytes; informational ones before it are passed over. */
class ResponseReader {
  #response: ProgramResponse | undefined;
  #statusText = '';
  #headers: { name: string; value: string }[] = [];
  #isInValue = true;
  #body: Uint8Array[] = [];
  readonly #parser: LlhttpParser;

  /** `hasBody` is false for the response to a HEAD request. */
  constructor(hasBody: boolean) {
    this.#parser = new LlhttpParser(RESPONSE, 0, {
      onMessageBegin: () => this.#begin(),
      onUrl: () => 0,
      onStatus: (bytes) => this.#take(() => (this.#statusText += decode(bytes))),
      onHeaderField: (bytes) => this.#take(() => this.#addName(decode(bytes))),
      onHeaderValue: (bytes) => this.#take(() => this.#addValue(decode(bytes))),
      onHeadersComplete: () => (hasBody ? 0 : 1),
      onBody: (bytes) => this.#take(() => this.#body.push(bytes.slice())),
      onChunk: () => 0,
      onChunkExtension: () => 0,
      onMessageComplete: () => this.#take(() => this.#complete()),
    });
  }

  /** Parses bytes, or their end; returns the response when it is there. Throws where it is not HTTP. */
  read(bytes: Uint8Array | undefined): ProgramResponse | undefined {
    const { error } = bytes ? this.#parser.execute(bytes) : this.#parser.finish();
    const isStopped = error !== errorCode.ok && error !== errorCode.pausedUpgrade;
    if (isStopped && !this.#response) {
      const reason = `${LlhttpParser.errorName(error)}: ${this.#parser.errorReason}`;
      throw new Error(`The server's answer is not HTTP (${reason}).`);
    }
    return this.#response;
  }

  free(): void {
    this.#parser.free();
  }

  #take(action: () => void): number {
    action();
    return 0;
  }

  #begin(): number {
    this.#statusText = '';
    this.#headers = [];
    this.#body = [];
    return 0;
  }

  #addName(text: string): void {
    const last = this.#headers.at(-1);
    if (last && !this.#isInValue) last.name += text;
    else this.#headers.push({ name: text, value: '' });
    this.#isInValue = false;
  }

  #addValue(text: string): void {
    const last = this.#headers.at(-1);
    if (last) last.value += text;
    this.#isInValue = true;
  }

  #complete(): void {
    const status = this.#parser.statusCode;
    if (this.#response || (status < 200 && status !== switchingProtocols)) return;
    this.#response = {
      status,
      statusText: this.#statusText,
      headers: this.#headers.map(({ name, value }) => [name, value.replace(/[ \t]+$/, '')]),
      body: concatenate(this.#body),
    };
  }
}

/** Sends a request to whatever listens on a port. Rejects if nothing does, or if what answers is no HTTP server. */
export function requestFromOutside(
  loopback: Loopback,
  port: number,
  request: ProgramRequest,
): Promise<ProgramResponse> {
  const connection = loopback.connectToPort(port);
  if (typeof connection === 'string') {
    return Promise.reject(new Error(`Nothing listens on port ${port} of the program.`));
  }
  const { stream } = connection;
  const reader = new ResponseReader(request.method !== 'HEAD');
  return new Promise<ProgramResponse>((resolve, reject) => {
    let unsent = serialize(port, request);
    stream.changed = () => {
      try {
        const written = unsent.length > 0 ? stream.write(unsent) : 0;
        if (typeof written === 'number') unsent = unsent.subarray(written);
        for (;;) {
          const bytes = stream.read(readSize);
          if (bytes === 'EAGAIN') return;
          const response = reader.read(typeof bytes === 'string' ? undefined : bytes);
          if (response) return resolve(response);
          if (typeof bytes === 'string')
            throw new Error('The server closed the connection without an answer.');
        }
      } catch (error) {
        reject(error);
      }
    };
    stream.changed();
  }).finally(() => {
    stream.close();
    reader.free();
  });
}
