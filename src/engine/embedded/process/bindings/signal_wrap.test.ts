import assert from 'node:assert/strict';
import { test } from 'node:test';
import { deliverSignal, signalWrap } from './signal_wrap.ts';
import { libraryOn } from '../library-on.ts';

interface Signal {
  onsignal: (signal: number) => void;
  start(signal: number): number;
  stop(): number;
  unref(): void;
  close(): void;
}

test('a signal reaches every handler, and none after it is closed', async () => {
  const { realm, loop } = libraryOn({ signal_wrap: signalWrap }, []);
  const { Signal } = realm.internalBinding('signal_wrap') as { Signal: new () => Signal };
  const seen: string[] = [];
  const both = Promise.withResolvers<void>();
  const [one, two] = [new Signal(), new Signal()];
  for (const [name, signal] of Object.entries({ one, two })) {
    signal.onsignal = (number) => {
      if (seen.push(`${name} ${number}`) === 2) both.resolve();
    };
    assert.equal(signal.start(2), 0);
  }
  assert.equal(loop.references, 2);
  two.unref();
  assert.equal(loop.references, 1);
  assert.equal(deliverSignal(realm, 15), false);
  assert.equal(deliverSignal(realm, 2), true);
  await both.promise;
  assert.deepEqual(seen, ['one 2', 'two 2']);
  one.close();
  two.stop();
  assert.equal(deliverSignal(realm, 2), false);
  assert.equal(loop.references, 0);
});

test('SIGKILL and SIGSTOP cannot be handled', () => {
  const { realm } = libraryOn({ signal_wrap: signalWrap }, []);
  const { Signal } = realm.internalBinding('signal_wrap') as { Signal: new () => Signal };
  for (const signal of [9, 19, 0]) assert.equal(new Signal().start(signal), realm.uv.errno('EINVAL'));
});
