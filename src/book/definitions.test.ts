import assert from 'node:assert/strict';
import { test } from 'node:test';
import { mdxToMdast } from 'satteri';
import { readDefinitions } from './definitions.ts';

/** What a text defines: term, anchor, section, and the sentence with its marks. */
function definedIn(source: string): string[] {
  return readDefinitions(mdxToMdast(source), source, 'part/chapter').map(
    ({ anchor, section, sentence }) =>
      `${section ?? '-'} ${anchor}: ${sentence.map(({ kind, text }) => (kind === 'term' ? `*${text}*` : kind === 'code' ? `\`${text}\`` : text)).join('')}`,
  );
}

test('a term comes with its sentence, and with nothing of its neighbors', () => {
  assert.deepEqual(
    definedIn(
      'Before. A *thread pool* is\na pool of threads. After.\n\n' +
        '## Errors {/* #errors */}\n\n**Watch them.** `..` is a dot dot. `listen()` takes a *port*, a [number](a), and a *host*: it waits.\n\n' +
        '## In production\n\n- An *`exports` map* lists what a package shows.\n',
    ),
    [
      '- thread-pool: A *thread pool* is a pool of threads.',
      'errors port: `listen()` takes a *port*, a number, and a host: it waits.',
      'errors host: `listen()` takes a port, a number, and a *host*: it waits.',
      'in-production exports-map: An *`exports` map* lists what a package shows.',
    ],
  );
});
