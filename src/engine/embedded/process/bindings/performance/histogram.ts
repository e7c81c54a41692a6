/**
 * Histograms that keep a value to a number of significant digits, as HdrHistogram does: values that share their leading
 * digits count as one.
 */
import type { HostGlobals } from '../../realm.ts';

/** What `min` reports of an empty histogram: the largest 64-bit integer. */
const emptyMinimum = 9223372036854776000;

export class Histogram {
  readonly #lowest: number;
  readonly #highest: number;
  /** Values below this are kept exactly. */
  readonly #exactLimit: number;
  readonly #now: () => number;
  /** How often a value came, by the least of those that count as one. */
  #counts = new Map<number, number>();
  #count = 0;
  #exceeding = 0;
  #minimum = Infinity;
  #maximum = 0;
  #previous: number | undefined;
  readonly #halfLife: number;
  readonly #threshold: number;
  #average = { mean: 0, variance: 0, errorRate: 0 };

  /** `now` is a clock in milliseconds. */
  constructor(
    now: () => number,
    lowest: unknown = 1,
    highest: unknown = Number.MAX_SAFE_INTEGER,
    figures: unknown = 3,
    halfLife: unknown = 0,
    threshold: unknown = 0,
  ) {
    this.#now = now;
    this.#halfLife = Number(halfLife);
    this.#threshold = Number(threshold);
    this.#lowest = Number(lowest);
    this.#highest = Number(highest);
    this.#exactLimit = 2 ** Math.ceil(Math.log2(2 * 10 ** Number(figures)));
  }

  record(given: number | bigint): void {
    const value = Number(given);
    if (value < 0 || value > this.#highest) {
      this.#exceeding += 1;
      return;
    }
    const least = this.#leastEquivalent(value);
    this.#counts.set(least, (this.#counts.get(least) ?? 0) + 1);
    this.#count += 1;
    this.#minimum = Math.min(this.#minimum, value);
    this.#maximum = Math.max(this.#maximum, value);
    this.#weigh(value);
  }

  /** Records the nanoseconds since the last call. */
  recordDelta(): number {
    const now = Math.round(this.#now() * 1e6);
    const delta = this.#previous === undefined ? 0 : now - this.#previous;
    this.#previous = now;
    if (delta > 0) this.record(delta);
    return delta;
  }

  add(other: Histogram): number {
    for (const [value, count] of other.#counts) for (let n = 0; n < count; n++) this.record(value);
    this.#exceeding += other.#exceeding;
    return other.#exceeding;
  }

  reset(): void {
    this.#counts = new Map();
    this.#count = 0;
    this.#exceeding = 0;
    this.#minimum = Infinity;
    this.#maximum = 0;
    this.#previous = undefined;
  }

  count(): number {
    return this.#count;
  }
  countBigInt(): bigint {
    return BigInt(this.#count);
  }
  countAt(value: number | bigint): number {
    return this.#counts.get(this.#leastEquivalent(Number(value))) ?? 0;
  }
  exceeds(): number {
    return this.#exceeding;
  }
  exceedsBigInt(): bigint {
    return BigInt(this.#exceeding);
  }
  min(): number {
    return this.#count === 0 ? emptyMinimum : this.#leastEquivalent(this.#minimum);
  }
  minBigInt(): bigint {
    return this.#count === 0 ? 2n ** 63n - 1n : BigInt(this.min());
  }
  max(): number {
    return this.#count === 0 ? 0 : this.#greatestEquivalent(this.#maximum);
  }
  maxBigInt(): bigint {
    return BigInt(this.max());
  }

  mean(): number {
    let sum = 0;
    for (const [value, count] of this.#counts) sum += this.#median(value) * count;
    return sum / this.#count;
  }

  stddev(): number {
    const mean = this.mean();
    let sum = 0;
    for (const [value, count] of this.#counts) sum += (this.#median(value) - mean) ** 2 * count;
    return Math.sqrt(sum / this.#count);
  }

  skewness(): number {
    return this.#count < 3 ? 0 : this.#standardMoment(3);
  }

  /** What is more than that of a normal distribution. */
  kurtosis(): number {
    return this.#count < 4 ? 0 : this.#standardMoment(4) - 3;
  }

  #standardMoment(order: 3 | 4): number {
    const mean = this.mean();
    let [squares, sum] = [0, 0];
    for (const [value, count] of this.#sorted()) {
      const distance = this.#median(value) - mean;
      squares += distance * distance * count;
      sum += distance ** order * count;
    }
    const variance = squares / this.#count;
    const deviation = Math.sqrt(variance);
    if (variance === 0) return 0;
    if (order === 4) return sum / this.#count / (variance * variance);
    return sum / (this.#count * deviation * deviation * deviation);
  }

  ewmaMean(): number {
    return this.#average.mean;
  }
  ewmaStddev(): number {
    return Math.sqrt(this.#average.variance);
  }
  ewmaErrorRate(): number {
    return this.#average.errorRate;
  }

  /** Values weigh less the older they are: by half after `halfLife` newer ones. */
  #weigh(value: number): void {
    if (this.#halfLife <= 0) return;
    const { mean, variance, errorRate } = this.#average;
    const isError = this.#threshold > 0 && value > this.#threshold ? 1 : 0;
    if (this.#count === 1) {
      this.#average = { mean: value, variance: 0, errorRate: isError };
      return;
    }
    const weight = 1 - 2 ** (-1 / this.#halfLife);
    const distance = value - mean;
    this.#average = {
      mean: mean + weight * distance,
      variance: (1 - weight) * (variance + weight * distance * distance),
      errorRate: errorRate + weight * (isError - errorRate),
    };
  }

  percentile(percentile: number): number {
    const wanted = Math.max(1, Math.floor((Math.min(percentile, 100) / 100) * this.#count + 0.5));
    let seen = 0;
    for (const [value, count] of this.#sorted()) {
      seen += count;
      if (seen >= wanted) return percentile === 0 ? value : this.#greatestEquivalent(value);
    }
    return 0;
  }
  percentileBigInt(percentile: number): bigint {
    return BigInt(this.percentile(percentile));
  }

  percentiles(map: Map<number, number>): void {
    this.#eachPercentile((percentile, value) => map.set(percentile, value));
  }
  percentilesBigInt(map: Map<number, bigint>): void {
    this.#eachPercentile((percentile, value) => map.set(percentile, BigInt(value)));
  }

  /** Ever finer steps: half of what is left, and again. */
  #eachPercentile(visit: (percentile: number, value: number) => void): void {
    let next = 0;
    let seen = 0;
    let last = 0;
    for (const [value, count] of this.#sorted()) {
      seen += count;
      last = value;
      for (const reached = (100 * seen) / this.#count; next <= reached && next < 100;) {
        visit(next, last);
        next += 100 / 2 ** (Math.floor(Math.log2(100 / (100 - next))) + 1);
        if (seen === this.#count) break;
      }
    }
    visit(100, last);
  }

  #sorted(): [value: number, count: number][] {
    return [...this.#counts].toSorted(([one], [other]) => one - other);
  }

  /** How many neighbouring values count as one. */
  #unit(value: number): number {
    const lowestUnit = 2 ** Math.floor(Math.log2(this.#lowest));
    return Math.max(lowestUnit, 2 ** (Math.floor(Math.log2(Math.max(value, 1))) + 1) / this.#exactLimit);
  }
  #leastEquivalent(value: number): number {
    const unit = this.#unit(value);
    return Math.floor(value / unit) * unit;
  }
  #greatestEquivalent(value: number): number {
    return this.#leastEquivalent(value) + this.#unit(value) - 1;
  }
  #median(value: number): number {
    return this.#leastEquivalent(value) + Math.floor(this.#unit(value) / 2);
  }
}

/** Measures how late timers of `resolution` milliseconds come, in nanoseconds. */
export class LoopDelayHistogram extends Histogram {
  readonly #host: HostGlobals;
  readonly #resolution: number;
  #timer: number | undefined;

  constructor(host: HostGlobals, resolution: number) {
    super(() => host.performance.now(), 1, 3.6e12, 3);
    this.#host = host;
    this.#resolution = resolution;
  }

  start(): boolean {
    if (this.#timer === undefined) this.#measure();
    return true;
  }

  stop(): boolean {
    if (this.#timer !== undefined) this.#host.clearTimeout(this.#timer);
    this.#timer = undefined;
    return true;
  }

  #measure(): void {
    const started = this.#host.performance.now();
    this.#timer = this.#host.setTimeout(() => {
      this.record(Math.max(1, Math.round((this.#host.performance.now() - started) * 1e6)));
      this.#measure();
    }, this.#resolution);
  }
}
