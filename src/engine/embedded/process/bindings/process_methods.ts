/** What `process` asks the system: clocks, memory, the working directory, signals, its end. */
import { loadEnvironmentFile } from '../environment-files.ts';
import { fileSystemOf } from '../file-system.ts';
import { machineTime } from '../machine-clock.ts';
import { activeRequestsOf, AsyncWrap } from '../wraps/async-wrap.ts';
import { openHandlesOf, type HandleWrap } from '../wraps/handle-wrap.ts';
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

const signalCount = 65;

/** Names of resources that do not follow from those of their providers. */
const resourceNames: Readonly<Record<string, string>> = {
  TCPWRAP: 'TCPSocketWrap',
  TCPSERVERWRAP: 'TCPServerWrap',
  TCPCONNECTWRAP: 'ConnectWrap',
  PIPECONNECTWRAP: 'ConnectWrap',
  PIPEWRAP: 'PipeWrap',
  PIPESERVERWRAP: 'PipeWrap',
  UDPWRAP: 'UDPWrap',
  TTYWRAP: 'TTYWrap',
  MESSAGEPORT: 'MessagePort',
};

function resourceName(wrap: AsyncWrap): string {
  return resourceNames[AsyncWrap.providerOf(wrap)] ?? wrap.constructor.name;
}

/** `internalBinding('process_methods')`. */
export const processMethods: ProcessBindingFactory = (realm, shape) => {
  const { info, host } = realm;
  const hrtimeBuffer = new Uint32Array(3);
  const nanoseconds = new BigUint64Array(hrtimeBuffer.buffer, 0, 1);
  const clock = (): bigint => BigInt(Math.round(machineTime(host.performance) * 1e6));
  const uptime = (): number => (host.performance.now() - info.startedAt) / 1000;
  /** Microseconds in the program and in the system. */
  const cpuTimes = (): number[] => [Math.round(uptime() * 1e6), 0];
  const activeHandles = (): HandleWrap[] => [...openHandlesOf(realm)].filter((handle) => handle.hasRef());
  /** What a program knows of a handle or request. */
  const ownerOf = (wrap: object): unknown => {
    // The symbol under which Node's library leaves itself on its handles.
    const symbol = realm.internalBinding('symbols')['owner_symbol'] as symbol;
    return Reflect.get(wrap, symbol) ?? wrap;
  };

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
      fields.set(cpuTimes());
    },
    threadCpuUsage(fields: Float64Array) {
      fields.set(cpuTimes());
    },
    resourceUsage(fields: Float64Array) {
      fields.fill(0);
      fields.set([...cpuTimes(), memory.rss / 1024]);
    },
    _getActiveHandles: () => activeHandles().map(ownerOf),
    _getActiveRequests: () => [...activeRequestsOf(realm)].map(ownerOf),
    getActiveResourcesInfo: () => [
      ...[...activeRequestsOf(realm), ...activeHandles()].map(resourceName),
      ...Array.from({ length: realm.loop.timeoutInfo[0] ?? 0 }, () => 'Timeout'),
      ...Array.from({ length: realm.loop.immediateInfo[1] ?? 0 }, () => 'Immediate'),
    ],
    _kill(pid: number, signal: number) {
      if (signal < 0 || signal >= signalCount) return realm.uv.errno('EINVAL');
      if (pid !== info.pid && pid !== 0) return realm.uv.errno('ESRCH');
      if (signal !== 0) realm.raise(signal);
      return 0;
    },
    _rawDebug(text: string) {
      realm.streams.write(2, new host.TextEncoder().encode(`${text}\n`));
    },
    reallyExit(code: number) {
      if (info.options['--trace-exit'] === true) {
        const warning = `(node:${info.pid}) WARNING: Exited the environment with code ${code}\n`;
        const text = `${warning}${realm.stackTraces.describeStack()}\n`;
        realm.streams.write(2, new host.TextEncoder().encode(text));
      }
      realm.exit(code);
    },
    abort: () => realm.exit(134),
    patchProcessObject(process: Record<PropertyKey, unknown>) {
      const { process: facts } = realm;
      const title = info.options['--title'];
      process['title'] = typeof title === 'string' && title !== '' ? title : 'node';
      process['argv'] = [...info.argv];
      process['execArgv'] = [...info.execArgv];
      process['versions'] = facts['versions'];
      process['pid'] = info.pid;
      process['ppid'] = 1;
      process['execPath'] = info.execPath;
      process['debugPort'] = 9229;
    },
    loadEnvFile: (path = '.env') => loadEnvironmentFile(realm, path),
    setEmitWarningSync() {},
  };
};
