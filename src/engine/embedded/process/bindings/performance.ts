/** Clocks and milestones of a process. Times are in milliseconds, milestones in nanoseconds. */
import { Histogram, LoopDelayHistogram } from './performance/histogram.ts';
import type { BindingFactory } from '../realm.ts';

/** `internalBinding('performance')`. */
export const performance: BindingFactory = (realm, shape) => {
  const { host, info } = realm;
  // Names to indexes and back values of real Node.
  const constants = shape['constants'] as Record<string, number>;
  const milestones = new Float64Array(8);
  const now = (): number => host.performance.now() - info.startedAt;
  const mark = (name: string, nanoseconds: number): void => {
    const index = constants[name];
    if (index !== undefined) milestones[index] = nanoseconds;
  };
  mark(
    'NODE_PERFORMANCE_MILESTONE_TIME_ORIGIN_TIMESTAMP',
    (host.performance.timeOrigin + info.startedAt) * 1000,
  );
  mark('NODE_PERFORMANCE_MILESTONE_LOOP_START', -1);
  mark('NODE_PERFORMANCE_MILESTONE_LOOP_EXIT', -1);

  return {
    ...shape,
    milestones,
    Histogram: class extends Histogram {
      constructor(lowest?: unknown, highest?: unknown, figures?: unknown) {
        super(now, lowest, highest, figures);
      }
    },
    createELDHistogram: (resolution: number) => new LoopDelayHistogram(host, resolution),
    observerCounts: new Uint32Array(6),
    now,
    setupObservers() {},
    notify() {},
    // No page tells when garbage is collected.
    installGarbageCollectionTracking: () => realm.notSupported("A PerformanceObserver of 'gc'"),
    removeGarbageCollectionTracking() {},
    loopIdleTime: () => 0,
    uvMetricsInfo: () => [0, 0, 0],
    markBootstrapComplete: () => mark('NODE_PERFORMANCE_MILESTONE_BOOTSTRAP_COMPLETE', now() * 1e6),
  };
};
