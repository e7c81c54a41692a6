/** One process of the double: real Node behind what a terminal does to its input and output. */
import { spawn } from 'node:child_process';
import type { ChildProcess } from 'node:child_process';
import { once } from 'node:events';
import { constants } from 'node:os';
import type { ProcessEvent, TerminalSize } from './protocol.ts';

/** How the processes behave where the real ones are awkward. */
export interface ProcessBehaviour {
  /** Output never ends, not even after the exit. */
  keepsOutputOpen: boolean;
  /** The last output comes after the exit. */
  printsAfterExit: boolean;
  /** A kill has no effect, nor has Ctrl+C; only a teardown ends a program. */
  ignoresKill: boolean;
  /** Containers never finish to boot. */
  bootHangs: boolean;
  /** Path of the Node binary that runs the programs. */
  node: string;
}

/** Events that wait to be asked for, or are waited for. */
export class Mailbox<T> {
  #events: T[] = [];
  #waiting: (() => void) | undefined;

  put(event: T): void {
    this.#events.push(event);
    this.#waiting?.();
  }

  /** All that has come since the last call: at least one. */
  async next(): Promise<T[]> {
    if (this.#events.length === 0) await new Promise<void>((resolve) => (this.#waiting = resolve));
    const events = this.#events;
    this.#events = [];
    return events;
  }
}

/**
 * Columns and rows at once (TIOCSWINSZ of Linux), as terminals do it. `stty` sets one after the other, and a quick
 * program sees both changes.
 */
const SET_SIZE =
  'open my $terminal, "<", shift or die $!; ioctl $terminal, 0x5414, pack("S4", @ARGV, 0, 0) or die $!;';

/** A real terminal and the program on it. */
interface Terminal {
  readonly device: string;
  readonly pid: number;
}

/** A child process that is asked for its events, and stopped, as a WebContainer's process is. */
export class HostProcess {
  readonly #events = new Mailbox<ProcessEvent>();
  readonly #child: ChildProcess;
  readonly #behaviour: ProcessBehaviour;
  readonly #isOnTerminal: boolean;
  readonly #terminal = Promise.withResolvers<Terminal>();
  #line = '';

  /** `isOnTerminal`: there is a real terminal between here and the program. */
  constructor(
    child: ChildProcess,
    root: string,
    home: string,
    behaviour: ProcessBehaviour,
    isOnTerminal: boolean,
  ) {
    this.#child = child;
    this.#isOnTerminal = isOnTerminal;
    this.#behaviour = behaviour;
    child.stdin?.on('error', () => {}); // The program may end without reading.
    void this.#follow(root, home); // Streams of a child do not fail.
  }

  /** What has happened since the last call: at least one event. */
  nextEvents(): Promise<ProcessEvent[]> {
    return this.#events.next();
  }

  /** The program's terminal is there. */
  openTerminal(terminal: Terminal): void {
    this.#terminal.resolve(terminal);
  }

  /** Gives the terminal another size; without one it is nothing. */
  async resize({ cols, rows }: TerminalSize): Promise<void> {
    if (!this.#isOnTerminal) return;
    const { device } = await this.#terminal.promise;
    await once(spawn('perl', ['-e', SET_SIZE, device, `${rows}`, `${cols}`], { stdio: 'inherit' }), 'close');
  }

  /** A terminal in its usual mode: lines, Ctrl+C and Ctrl+D. A real one does by itself what the program sets. */
  write(text: string): void {
    if (this.#isOnTerminal) return void this.#child.stdin?.write(text);
    for (const character of text.replaceAll('\r', '\n')) {
      if (character === '\x03') {
        if (!this.#behaviour.ignoresKill) this.#child.kill('SIGINT');
      } else if (character === '\x04') {
        if (this.#line === '') this.#child.stdin?.end();
        else this.#flush();
      } else {
        this.#line += character;
        if (character === '\n') this.#flush();
      }
    }
  }

  async kill(): Promise<void> {
    if (this.#behaviour.ignoresKill) return;
    if (this.#isOnTerminal) process.kill((await this.#terminal.promise).pid, 'SIGTERM');
    else this.#child.kill('SIGTERM');
  }

  /** Resolves when the process is gone. */
  async destroy(): Promise<void> {
    if (this.#child.exitCode !== null || this.#child.signalCode !== null) return;
    const exited = once(this.#child, 'exit');
    this.#child.kill('SIGKILL');
    await exited;
  }

  #flush(): void {
    if (this.#child.stdin?.writable === true) this.#child.stdin.write(this.#line);
    this.#line = '';
  }

  async #follow(root: string, home: string): Promise<void> {
    let held: ProcessEvent | undefined;
    this.#child.stdout?.on('data', (chunk: Buffer) => {
      const printed = chunk.toString('latin1').replaceAll(root, home);
      const text = this.#isOnTerminal ? printed : printed.replaceAll('\n', '\r\n');
      if (held !== undefined) this.#events.put(held);
      held = { type: 'output', bytes: Buffer.from(text, 'latin1').toString('base64') };
      // Who types waits for the prompt.
      if (this.#behaviour.printsAfterExit && !this.#isOnTerminal) return;
      this.#events.put(held);
      held = undefined;
    });
    const [code, signal] = (await once(this.#child, 'close')) as [number | null, NodeJS.Signals | null];
    // In one go, so that what comes after the exit comes right after it, however slow this process is.
    this.#events.put({ type: 'exit', code: code ?? 128 + constants.signals[signal ?? 'SIGKILL'] });
    if (held !== undefined) this.#events.put(held);
    if (!this.#behaviour.keepsOutputOpen) this.#events.put({ type: 'end' });
  }
}
