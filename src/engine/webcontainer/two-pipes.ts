/** What is preloaded into every program: it makes the one terminal look like the two pipes of a recording. */
import { MARKS } from './terminal-output.ts';

type Write = (chunk: string | Uint8Array, encoding: string, done: (error?: Error | null) => void) => void;
type OutputStream = Omit<NodeJS.WriteStream, '_write'> & { _write: Write };

/**
 * Runs inside Node, from its source text, so that it must not refer to anything outside of itself.
 * It marks what goes to stdout and stderr, and hides that they are a terminal. A stream is touched only when the program
 * touches it; `_write` rather than `write` is replaced, because programs replace `write` themselves.
 */
function makeTwoPipes(require: NodeJS.Require, preload: NodeJS.Module, marks: typeof MARKS): void {
  // The program finds no trace in require.cache, nor in what it hands on to forks and workers.
  Reflect.deleteProperty(require.cache, preload.filename);
  const flag = process.execArgv.indexOf('--require');
  if (flag !== -1) process.execArgv.splice(flag, 2);
  // A worker prints through the streams of its main thread.
  if (!process.getBuiltinModule('node:worker_threads').isMainThread) return;
  const { writeSync } = process.getBuiltinModule('node:fs');

  function hide(stream: object, name: string, value: unknown): void {
    Object.defineProperty(stream, name, { value, configurable: true, writable: true, enumerable: false });
  }

  function markOutput(stream: OutputStream, mark: string): void {
    const write = stream._write.bind(stream);
    const before = Buffer.from(mark);
    const after = Buffer.from(marks.both);
    const writeMarked: Write = (chunk, encoding, done) => {
      // Writable hands over a string only together with the encoding that it is in.
      const bytes = typeof chunk === 'string' ? Buffer.from(chunk, encoding as BufferEncoding) : chunk;
      write(Buffer.concat([before, bytes, after]), 'buffer', done);
    };
    hide(stream, '_write', writeMarked);
    // Without it, Writable hands over one chunk after the other.
    hide(stream, '_writev', null);
  }

  function onFirstUse(name: 'stdin' | 'stdout' | 'stderr', prepare: (stream: OutputStream) => void): void {
    const original = Object.getOwnPropertyDescriptor(process, name);
    const get = original?.get?.bind(process);
    if (get === undefined) return;
    let stream: OutputStream | undefined;
    Object.defineProperty(process, name, {
      ...original,
      get() {
        if (stream !== undefined) return stream;
        // What Node's own getters return; only stdin is no WriteStream, and there nothing is written.
        stream = get() as OutputStream;
        if (stream.isTTY) hide(stream, 'isTTY', undefined);
        prepare(stream);
        return stream;
      },
    });
  }

  onFirstUse('stdin', () => {});
  onFirstUse('stdout', (stream) => markOutput(stream, marks.stdout));
  onFirstUse('stderr', (stream) => markOutput(stream, marks.stderr));
  // Node prints a fatal error past its streams, right after this event.
  process.on('uncaughtExceptionMonitor', () => {
    try {
      writeSync(2, marks.stderr);
    } catch {
      // A full pipe: the error is printed without the mark.
    }
  });
}

/** The preload as the text of a CommonJS file, for `node --require`: `--import` would change the order of ticks. */
export const TWO_PIPES = `(${makeTwoPipes.toString()})(require, module, ${JSON.stringify(MARKS)});\n`;
