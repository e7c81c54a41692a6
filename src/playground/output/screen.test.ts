import assert from 'node:assert/strict';
import { suite, test } from 'node:test';
import { needsTerminal } from './screen.ts';

const program = (code: string) => ({ command: ['node', 'main.mjs'] as const, files: { 'main.mjs': code } });

suite('needsTerminal', () => {
  const interactive = {
    'reads standard input': `for await (const chunk of process.stdin) console.log(chunk);`,
    'pipes it': `process . stdin\n  .pipe(process.stdout);`,
    'asks a question': `import { createInterface } from 'node:readline/promises';
      import { stdin as input, stdout as output } from 'node:process';
      const reader = createInterface({ input, output });`,
    'takes it out of process': `const { stdin, stdout } = process;`,
    'takes it out of a required process': `const { stdin } = require("process");`,
    'reads in raw mode': `stream.setRawMode(true);`,
    'starts a REPL': `import repl from 'node:repl';\nrepl.start('> ');`,
    'moves the cursor by a method': `process.stdout.clearLine(0); process.stdout.cursorTo(0);`,
    'moves the cursor by a function': `import { cursorTo } from 'node:readline'; cursorTo(process.stdout, 0, 0);`,
    'clears the screen': String.raw`process.stdout.write('\x1b[2J\x1b[H');`,
    'goes up': String.raw`console.log("\u001b[1A")`,
    'goes to a place': 'write(`\\u{1b}[${row};${column}H*`)',
    'writes the escape character itself': `write('\x1b[3;4H')`,
    'erases the line': String.raw`write('\x1b[2K')`,
    'takes the other screen': String.raw`write('\x1b[?1049h')`,
    'saves the place': String.raw`write('\x1b7')`,
    'reads in the place of a template': 'console.log(`${await text(process.stdin)}!`)',
  };
  for (const [what, code] of Object.entries(interactive))
    test(`a program that ${what} needs one`, () => assert.equal(needsTerminal(program(code)), true));

  const plain = {
    prints: `console.log('hello');`,
    'prints colours': String.raw`console.log('\x1b[31mred\x1b[0m \x1b[1;38;5;196mbold\x1b[m');`,
    'hides the cursor': String.raw`write('\x1b[?25l')`,
    'reads a file line by line': `import { createInterface } from 'node:readline';
      for await (const line of createInterface({ input: createReadStream('notes.txt') })) console.log(line);`,
    'asks whether it has a terminal': `console.log(process.stdin.isTTY, process.stdin?.isTTY);`,
    'speaks of it': `console.log('process.stdin is a stream', "setRawMode(true)");`,
    'speaks of it in a comment': `// process.stdin.on('data')\n/* process.stdin\n setRawMode() */ console.log(1);`,
    'speaks of movements in a comment': String.raw`// write('\x1b[2J')` + '\nconsole.log(1);',
    'gives a child an input': `const child = spawn('cat'); child.stdin.write('x');`,
    'shows an address after two slashes': `fetch('https://example.org/'); const stdin = 1;`,
    'gives a REPL an input': `import { start } from 'node:repl';\nstart({ prompt: '> ', input: socket, output: socket });`,
    'gives a REPL its input by name': `const repl = require('repl');\nrepl.start({ input, output });`,
    'overwrites a line': String.raw`process.stdout.write('\r50 %');`,
    // It would have to stand still until something is typed, which no engine can.
    'reads all of its input at once': `fs.readFileSync(0, 'utf8'); fs.readFileSync(process.stdin.fd);`,
  };
  for (const [what, code] of Object.entries(plain))
    test(`a program that ${what} needs none`, () => assert.equal(needsTerminal(program(code)), false));

  test('looks into every script, not into data', () => {
    const command = ['node', 'main.mjs'] as const;
    assert.equal(
      needsTerminal({
        command,
        files: { 'main.mjs': `import './ask.mjs';`, 'ask.mjs': 'process.stdin.resume()' },
      }),
      true,
    );
    assert.equal(needsTerminal({ command, files: { 'main.mjs': '', 'notes.txt': 'process.stdin' } }), false);
    assert.equal(needsTerminal({ command: ['node', 'ask'], files: { ask: 'process.stdin.resume()' } }), true);
  });

  test('an input of its own comes from a file', () => {
    assert.equal(needsTerminal({ ...program('process.stdin.resume()'), stdin: '' }), false);
  });

  test('a REPL needs one, also with lines to type', () => {
    const repl = (...command: [string, ...string[]]) =>
      needsTerminal({ command, files: {}, stdin: '1 + 1\n' });
    assert.equal(repl('node'), true);
    assert.equal(repl('node', ''), true);
    assert.equal(repl('node', '--no-warnings'), true);
    assert.equal(repl('node', '-i', '-e', '1'), true);
    assert.equal(repl('node', '-e', '1'), false);
    assert.equal(repl('node', '-pe', '1'), false);
    assert.equal(repl('node', '--version'), false);
    assert.equal(repl('node', '--test'), false);
    assert.equal(repl('node', 'main.mjs'), false);
    assert.equal(repl('node', '--no-warnings', 'main.mjs'), false);
  });
});
