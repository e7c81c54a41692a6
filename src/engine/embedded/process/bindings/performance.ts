/** Clocks and milestones of a process. Times are in milliseconds, milestones in nanoseconds. */
import { Histogram, LoopDelayHistogram } from './performance/histogram.ts';
import { machineTime, upBefore } from '../machine-clock.ts';
import type { ProcessBindingFactory } from '../create-realm.ts';

/** Constants that Node's library reads and programs do not see in a list. */
const hidden = /^NODE_PERFORMANCE_(?:ENTRY_TYPE|MILESTONE)_/;

/** `internalBinding('performance')`. */
export const performance: ProcessBindingFactory = (realm, shape) => {
  const { host, info, loop } = realm;
  // Names to indexes and back values of real Node.
  const constants = shape['constants'] as Record<string, number>;
  const milestones = new Float64Array(8);
  const now = (): number => host.performance.now() - info.startedAt;
  const mark = (name: string, nanoseconds = machineTime(host.performance) * 1e6): void => {
    const index = constants[`NODE_PERFORMANCE_MILESTONE_${name}`];
    if (index !== undefined) milestones[index] = nanoseconds;
  };
  const origin = (upBefore + info.startedAt) * 1e6;
  mark('TIME_ORIGIN', origin);
  mark('TIME_ORIGIN_TIMESTAMP', (host.performance.timeOrigin + info.startedAt) * 1000);
  // The Worker is all of them at once.
  ['NODE_START', 'V8_START', 'ENVIRONMENT'].forEach((name, index) => mark(name, origin + (index + 1) * 1e5));
  mark('LOOP_START', -1);
  mark('LOOP_EXIT', -1);
  loop.hooks.started = () => mark('LOOP_START');
  loop.hooks.ended = () => mark('LOOP_EXIT');
  for (const name of Object.keys(constants))
    if (hidden.test(name)) Object.defineProperty(constants, name, { enumerable: false });

  return {
    ...shape,
    milestones,
    Histogram: class extends Histogram {
      constructor(...limits: unknown[]) {
        super(now, ...limits);
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
    loopIdleTime: () => loop.idleTime,
    uvMetricsInfo: () => [0, 0, 0],
    markBootstrapComplete: () => mark('BOOTSTRAP_COMPLETE'),
  };
};
