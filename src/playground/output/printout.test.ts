import assert from 'node:assert/strict';
import { suite, test } from 'node:test';
import { Printout } from './printout.ts';
import { longestOutput } from './screen.ts';

suite('Printout', () => {
  test('keeps the streams apart, without colours', () => {
    const printout = new Printout();
    assert.deepEqual(printout.add({ stream: 'stdout', text: '\x1b[31mone\x1b[0m\n' }), [
      { text: 'one', style: { foreground: 1 } },
      { text: '\n', style: {} },
    ]);
    printout.add({ stream: 'stderr', text: 'oh\n' });
    printout.add({ stream: 'both', text: '> ' });
    const expected = { stdout: 'one\n', stderr: 'oh\n', both: '> ', isCut: false, lines: 2 };
    assert.deepEqual(printout.transcript(), expected);
    assert.equal(printout.movesCursor, false);
  });

  test('keeps no more than its limit, and counts on', () => {
    const printout = new Printout();
    const line = `${'x'.repeat(1023)}\n`;
    for (let count = 0; count < 300; count += 1) printout.add({ stream: 'stdout', text: line });
    assert.deepEqual(printout.add({ stream: 'stdout', text: line }), []);
    const { stdout, isCut, lines } = printout.transcript();
    assert.deepEqual([stdout.length, isCut, lines], [longestOutput, true, 301]);
    assert.equal(printout.length, 301 * 1024);
  });

  test('tells whether a stream moves the cursor', () => {
    const printout = new Printout();
    printout.add({ stream: 'stdout', text: 'one\n' });
    printout.add({ stream: 'stderr', text: '\x1b[2K' });
    assert.equal(printout.movesCursor, true);
  });
});
