/** What `process` asks the system: clocks, memory, the working directory, signals, its end. */
import { fileSystemOf } from '../file-system.ts';
import type { ProcessBindingFactory } from '../create-realm.ts';

const nanosecondsPerSecond = 1_000_000_000n;
const mebibyte = 1024 * 1024;
/** Plausible figures in bytes: a browser does not tell how much memory a Worker takes. */
const memory = {
  rss: 48 * mebibyte,
  heapTotal: 6 * mebibyte,
  heapUsed: 4 * mebibyte,
  external: 2 * mebibyte,
  arrayBuffers: 16_384,
};

/** `internalBinding('process_methods')`. */
export const processMethods: ProcessBindingFactory = (realm, shape) => {
  const { info, host } = realm;
  const hrtimeBuffer = new Uint32Array(3);
  const nanoseconds = new BigUint64Array(hrtimeBuffer.buffer, 0, 1);
  const clock = (): bigint =>
    BigInt(Math.round((host.performance.timeOrigin + host.performance.now()) * 1e6));
  const uptime = (): number => (host.performance.now() - info.startedAt) / 1000;

  return {
    ...shape,
    hrtimeBuffer,
    hrtime() {
      const now = clock();
      const seconds = now / nanosecondsPerSecond;
      hrtimeBuffer[0] = Number(seconds >> 32n);
      hrtimeBuffer[1] = Number(seconds & 0xffff_ffffn);
      hrtimeBuffer[2] = Number(now % nanosecondsPerSecond);
    },
    hrtimeBigInt() {
      nanoseconds[0] = clock();
    },
    uptime,
    cwd: () => info.cwd,
    chdir(path: string) {
      const files = fileSystemOf(realm);
      try {
        const target = files.realpath(path);
        files.list(target);
        info.cwd = target;
      } catch (error) {
        const code: unknown = error instanceof Error ? Reflect.get(error, 'code') : undefined;
        throw realm.uv.exception(typeof code === 'string' ? code : 'ENOENT', 'chdir', info.cwd, path);
      }
    },
    umask(mask?: number) {
      const previous = info.umask;
      if (mask !== undefined) info.umask = mask & 0o777;
      return previous;
    },
    memoryUsage(fields: Float64Array) {
      fields.set([memory.rss, memory.heapTotal, memory.heapUsed, memory.external, memory.arrayBuffers]);
    },
    rss: () => memory.rss,
    constrainedMemory: () => 0,
    availableMemory: () => 4096 * mebibyte,
    cpuUsage(fields: Float64Array) {
      fields.set([uptime() * 1e6, 0]);
    },
    threadCpuUsage(fields: Float64Array) {
      fields.set([uptime() * 1e6, 0]);
    },
    resourceUsage(fields: Float64Array) {
      fields.fill(0);
      fields.set([uptime() * 1e6, 0, memory.rss / 1024]);
    },
    _getActiveHandles: () => [],
    _getActiveRequests: () => [],
    getActiveResourcesInfo: () => [],
    _kill(pid: number, signal: number) {
      if (pid !== info.pid && pid !== 0) return realm.uv.errno('ESRCH');
      if (signal !== 0) realm.loop.enqueue(() => realm.raise(signal));
      return 0;
    },
    _rawDebug(text: string) {
      realm.streams.write(2, new host.TextEncoder().encode(`${text}\n`));
    },
    reallyExit: (code: number) => realm.exit(code),
    abort: () => realm.exit(134),
    patchProcessObject(process: Record<PropertyKey, unknown>) {
      const { process: facts } = realm;
      process['title'] = 'node';
      process['argv'] = [...info.argv];
      process['execArgv'] = [...info.execArgv];
      process['versions'] = facts['versions'];
      process['pid'] = info.pid;
      process['ppid'] = 1;
      process['execPath'] = info.execPath;
      process['debugPort'] = 9229;
    },
    setEmitWarningSync() {},
  };
};
