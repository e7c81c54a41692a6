/** A Node program of the engine's own inside the container: what it tells the page, and its end, which is certain. */
import type { WebContainerProcess } from '@webcontainer/api';
import { InnerMessages } from './inner-messages.ts';
import { outputOf } from './process-output.ts';

/** The client's process, as far as it is used. */
export type InnerProcess = Pick<WebContainerProcess, 'input' | 'output' | 'exit' | 'kill'>;

/** Milliseconds that a container may take to start a Node program: ten times what a slow one takes. */
const START_DEADLINE = 20_000;
/** Characters of a line that every terminal takes. */
const LONGEST_LINE = 1000;
/** Characters of what a broken client printed that go into a sentence. */
const LONGEST_EVIDENCE = 1000;

/** The reason of an `AbortSignal`, which may be anything, as an error. */
export function reasonOf({ reason }: AbortSignal): Error {
  return reason instanceof Error ? reason : new Error(String(reason));
}

/** Waits for a client's process. Rejects with the reason of `signal`, and with a sentence where it does not come. */
export async function startInnerClient<Process extends Pick<InnerProcess, 'kill'>>(
  spawning: Promise<Process>,
  signal: AbortSignal,
  deadline = START_DEADLINE,
): Promise<Process> {
  const given = Promise.withResolvers<never>();
  const abandon = (): void => given.reject(reasonOf(signal));
  const late = setTimeout(
    () => given.reject(new Error('WebContainer did not start the client that speaks to the program.')),
    deadline,
  );
  signal.addEventListener('abort', abandon);
  if (signal.aborted) abandon();
  try {
    return await Promise.race([spawning, given.promise]);
  } catch (error) {
    spawning.then(
      (process) => process.kill(),
      () => {}, // It was told above, or nobody waits any more.
    );
    throw error;
  } finally {
    clearTimeout(late);
    signal.removeEventListener('abort', abandon);
  }
}

/** Whom a client tells: its messages, and once, why there will be no more of them. */
export interface InnerClientListener<Message> {
  receive(message: Message): void;
  /** The client is gone, having printed this, or `signal` was aborted, with this reason. */
  lost(why: { readonly printed: string } | { readonly reason: Error }): void;
}

/** Follows a client's process until `end`, or until it is lost. */
export class InnerClient<Message> {
  readonly #process: InnerProcess;
  readonly #input: WritableStreamDefaultWriter<string>;
  readonly #listener: InnerClientListener<Message>;
  readonly #signal: AbortSignal;
  readonly #abort = (): void => this.#lose({ reason: reasonOf(this.#signal) });
  #isOver = false;

  constructor(process: InnerProcess, signal: AbortSignal, listener: InnerClientListener<Message>) {
    this.#process = process;
    this.#input = process.input.getWriter();
    this.#listener = listener;
    this.#signal = signal;
    signal.addEventListener('abort', this.#abort);
    // Not before whoever made it has it.
    queueMicrotask(() => {
      if (signal.aborted) this.#abort();
      else void this.#follow(); // It reports its failures itself.
    });
  }

  /** Types a text of any length, in lines, and a line with a dot after it. */
  type(text: string): void {
    if (this.#isOver) return;
    for (let at = 0; at < text.length; at += LONGEST_LINE) this.#write(text.slice(at, at + LONGEST_LINE));
    this.#write('.');
  }

  /** Kills the process; nothing more is told. */
  end(): void {
    if (this.#isOver) return;
    this.#isOver = true;
    this.#signal.removeEventListener('abort', this.#abort);
    this.#process.kill();
  }

  #write(line: string): void {
    // What cannot be written any more ends with the process.
    this.#input.write(`${line}\n`).catch(() => {});
  }

  #lose(why: Parameters<InnerClientListener<Message>['lost']>[0]): void {
    if (this.#isOver) return;
    this.end();
    this.#listener.lost(why);
  }

  async #follow(): Promise<void> {
    const messages = new InnerMessages();
    let printed = '';
    try {
      for await (const text of outputOf(this.#process)) {
        printed = (printed + text).slice(0, LONGEST_EVIDENCE);
        // Our own client wrote them.
        for (const message of messages.push(text) as Message[])
          if (!this.#isOver) this.#listener.receive(message);
      }
    } catch (error) {
      printed ||= String(error);
    }
    this.#lose({ printed: printed.trim() });
  }
}
