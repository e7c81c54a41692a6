import assert from 'node:assert/strict';
import { test } from 'node:test';
import { compile } from './main.mjs';

/** The error of a call, or undefined. */
function thrown(call) {
  try {
    call();
  } catch (error) {
    return error;
  }
}

test('Fills in values', () => {
  const greet = compile('Hello, {{name}}! You are {{  age }}.');
  assert.equal(
    greet({ name: 'Ada', age: 36 }),
    'Hello, Ada! You are 36.',
    'Each hole is replaced by its value, whether there are no spaces, one or several within the braces.',
  );
  assert.equal(
    greet({ name: 'Bo', age: 0 }),
    'Hello, Bo! You are 0.',
    'A compiled template can be used again with other locals, and 0 is a value like any other.',
  );
});

test('Escapes an ampersand once', () => {
  assert.equal(
    compile('{{ x }}')({ x: 'R&D <3' }),
    'R&amp;D &lt;3',
    'An & was escaped twice or not at all. Replace all characters in one pass, or the & of &lt; is escaped again.',
  );
});

test('Escapes', () => {
  const text = compile('<p>{{ x }}</p>')({ x: `<b class="a" id='b'>` });
  assert.equal(
    text,
    '<p>&lt;b class=&quot;a&quot; id=&#39;b&#39;&gt;</p>',
    'Escape all of < > " and \' in values, and nothing in the template.',
  );
});

test('Raw values', () => {
  assert.equal(
    compile('{{{ head }}}<p>{{ text }}</p>')({ head: '<hr>', text: '<hr>' }),
    '<hr><p>&lt;hr&gt;</p>',
    'Three braces put the value in as it is; two braces beside them still escape.',
  );
});

test('Missing names', () => {
  for (const hole of ['{{ nmae }}', '{{{ nmae }}}']) {
    const error = thrown(() => compile(hole)({ name: 'Ada' }));
    assert.ok(
      error instanceof ReferenceError && error.message.includes('nmae'),
      `${hole}: a name that the locals do not have is a ReferenceError, and its message contains the name.`,
    );
  }
  assert.ok(
    thrown(() => compile('{{ constructor }}')({ name: 'Ada' })) instanceof ReferenceError,
    'Every object inherits a "constructor". Only names that the locals have themselves count: Object.hasOwn.',
  );
});

test('Values are not templates', () => {
  const locals = { comment: 'see {{ secret }} and $&', html: '<i>{{ secret }}</i>', secret: 'swordfish' };
  assert.equal(
    compile('{{{ html }}}: {{ comment }}')(locals),
    '<i>{{ secret }}</i>: see {{ secret }} and $&amp;',
    'A value contained {{ secret }}, and the secret was filled in. Find all holes in one pass over the template.',
  );
});
