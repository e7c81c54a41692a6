import assert from 'node:assert/strict';
import { test } from 'node:test';
import { createHistogram } from 'node:perf_hooks';
import { Histogram } from './histogram.ts';

const samples: Readonly<Record<string, readonly number[]>> = {
  'small values': [1, 2, 3, 5, 5, 8, 1000],
  'large values': [1, 2047, 2048, 2049, 4097, 123_456, 123_457, 987_654_321],
  'one value': [42],
  'no value': [],
};

for (const [name, values] of Object.entries(samples)) {
  test(`a histogram of ${name} says what Node's says`, () => {
    const real = createHistogram();
    const ours = new Histogram(() => 0);
    for (const value of values) {
      real.record(value);
      ours.record(value);
    }
    const percentiles = new Map<number, number>();
    ours.percentiles(percentiles);
    assert.deepEqual(
      [ours.count(), ours.min(), ours.max(), ours.mean(), ours.stddev(), ours.exceeds(), [...percentiles]],
      [real.count, real.min, real.max, real.mean, real.stddev, real.exceeds, [...real.percentiles]],
    );
    // The types do not know these members of the pinned Node yet.
    for (const moment of ['skewness', 'kurtosis'] as const) {
      const wanted = Number(Reflect.get(real, moment));
      assert.ok(Math.abs(ours[moment]() - wanted) <= 1e-12 * Math.abs(wanted), moment);
    }
    for (const percentile of [1, 25, 50, 75, 90, 99, 99.9, 100])
      assert.equal(ours.percentile(percentile), real.percentile(percentile), `percentile ${percentile}`);
  });
}
