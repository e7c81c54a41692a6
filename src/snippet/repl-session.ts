/** A session with Node's REPL, as it reads on a terminal. */
import type { ChildProcessWithoutNullStreams } from 'node:child_process';

const banner = /^Welcome to Node\.js v[^\n]*\nType "\.help" for more information\.\n/;
/** Waits for an expression, or for the rest of one; Node 22 writes the latter in another way. */
const prompt = /(?<=^|\n)(?:> |\| |\.\.\. )$/;

/**
 * Types lines into `node -i`, each when it is asked for, then ends the input. Resolves with what a terminal would show: the
 * prompts, each line after its prompt, the answers; without the banner, which names the version.
 */
export async function typeLines(repl: ChildProcessWithoutNullStreams, lines: string): Promise<string> {
  const waiting = lines.replace(/\n$/, '').split('\n');
  let shown = '';
  /** What came after the last line that was typed. */
  let answer = '';
  for await (const piece of repl.stdout.setEncoding('utf8') as AsyncIterable<string>) {
    answer += piece;
    if (!prompt.test(answer)) continue;
    const line = waiting.shift();
    shown += answer.replaceAll('\r\n', '\n').replace(banner, '').replace(prompt, continuation);
    answer = '';
    if (line === undefined) {
      repl.stdin.end();
    } else {
      shown += `${line}\n`;
      repl.stdin.write(`${line}\n`);
    }
  }
  return shown + answer;
}

function continuation(written: string): string {
  return written === '... ' ? '| ' : written;
}
