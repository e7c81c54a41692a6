import assert from 'node:assert/strict';
import { test } from 'node:test';
import { readSettings } from './main.mjs';

/** Fails with the message unless the arguments are refused. */
function refuses(args, message) {
  let settings;
  try {
    settings = readSettings(args);
  } catch {
    return;
  }
  assert.fail(settings === undefined ? `${message} (Throw an error.)` : message);
}

test('Without arguments there are defaults', () => {
  assert.deepEqual(
    { ...readSettings([]) },
    { port: 3000, verbose: false, files: [] },
    'Without arguments the port is 3000, verbose is false, and there are no files.',
  );
});

test('The port is a number and no file', () => {
  assert.deepEqual(
    { ...readSettings(['--port', '8080', '-v', 'notes.txt']) },
    { port: 8080, verbose: true, files: ['notes.txt'] },
    'For --port 8080 -v notes.txt the port is the number 8080, verbose is true, and the only file is notes.txt.',
  );
});

test('--port=8080 means the same', () => {
  assert.equal(readSettings(['--port=8080']).port, 8080, '--port=8080 is another way to write --port 8080.');
});

test('A port is a whole number from 0 to 65535', () => {
  refuses(
    ['--port', '80x'],
    '80x is no port, and was accepted. parseInt stops at the first character that is no digit.',
  );
  refuses(
    ['--port='],
    "--port= has no port in it, and was accepted. Number('') is 0: test the text before you convert it.",
  );
  refuses(['--port', '65536'], '65536 is too large for a port, and was accepted.');
  refuses(['--port=-1'], '-1 is too small for a port, and was accepted.');
  refuses(['--port', '1.5'], '1.5 is no whole number, and was accepted.');
  for (const port of ['0', '65535']) {
    let settings;
    try {
      settings = readSettings(['--port', port]);
    } catch {
      assert.fail(`${port} is a port, and was refused. Ports go from 0 to 65535, both included.`);
    }
    assert.equal(settings.port, Number(port), `For --port ${port} the port is the number ${port}.`);
  }
});

test('An unknown option is refused', () => {
  refuses(
    ['--prot', '8080'],
    '--prot is no option of this server, and was accepted. Whoever mistypes an option has to hear of it.',
  );
});

test('After -- everything is a file', () => {
  assert.deepEqual(
    readSettings(['--', '-v']).files,
    ['-v'],
    'After -- even -v is the name of a file. parseArgs knows that.',
  );
});
