import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { chooseEngine } from './choice.ts';
import type { Circumstances } from './choice.ts';
import { EngineError } from './engine.ts';

const usual: Circumstances = { need: 'any', preference: 'auto', preferred: 'webcontainer', isIsolated: true };

describe('chooseEngine', () => {
  it('tries WebContainer first, and may fall back', () => {
    assert.deepEqual(chooseEngine(usual), { engine: 'webcontainer', canFallBack: true });
  });

  it('does not try it on a page that is not isolated', () => {
    const { engine, reason } = chooseEngine({ ...usual, isIsolated: false });
    assert.equal(engine, 'embedded');
    assert.match(reason ?? '', /isolated.* Running in the embedded engine instead\.$/);
  });

  it('does not try it again after a failure, and says what failed', () => {
    const { engine, reason } = chooseEngine({ ...usual, failure: 'It was away.' });
    assert.equal(engine, 'embedded');
    assert.equal(reason, 'It was away. Running in the embedded engine instead.');
  });

  it('follows the reader before the site', () => {
    assert.equal(chooseEngine({ ...usual, preference: 'embedded' }).engine, 'embedded');
    assert.equal(chooseEngine({ ...usual, preferred: 'embedded' }).engine, 'embedded');
    const chosen = chooseEngine({ ...usual, preferred: 'embedded', preference: 'webcontainer' });
    assert.equal(chosen.engine, 'webcontainer');
  });

  it('follows the program before the reader, without a way back', () => {
    const choice = chooseEngine({ ...usual, need: 'webcontainer', preference: 'embedded' });
    assert.equal(choice.engine, 'webcontainer');
    assert.equal(choice.canFallBack, false);
  });

  it('knows one engine where the site was built for one', () => {
    const only = chooseEngine({ ...usual, only: 'webcontainer', preference: 'embedded', isIsolated: false });
    assert.equal(only.engine, 'webcontainer');
    assert.equal(only.canFallBack, false);
  });

  it('refuses a program that needs the engine that the site left out', () => {
    assert.throws(
      () => chooseEngine({ ...usual, only: 'embedded', need: 'webcontainer' }),
      (error) => error instanceof EngineError && error.code === 'not-supported',
    );
  });
});
