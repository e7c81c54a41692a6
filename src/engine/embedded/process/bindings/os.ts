/** The machine that programs find: a small Linux laptop. */
import { machineTime } from '../machine-clock.ts';
import type { BindingFactory } from '../realm.ts';

const cores = Math.max(2, globalThis.navigator?.hardwareConcurrency ?? 2);
const gibibyte = 1024 ** 3;
const memory = 8 * gibibyte;
const freeMemory = 4 * gibibyte;

/** Name of the machine in its network. */
export const hostname = 'loopbook';

const user = { uid: 1000, gid: 1000, username: 'reader', homedir: '/home/reader', shell: '/bin/sh' };

const interfaces = [
  ['lo', '127.0.0.1', '255.0.0.0', 'IPv4', '00:00:00:00:00:00', true, -1],
  ['lo', '::1', 'ffff:ffff:ffff:ffff:ffff:ffff:ffff:ffff', 'IPv6', '00:00:00:00:00:00', true, 0],
];

/** `internalBinding('os')`. */
export const os: BindingFactory = (realm, shape) => {
  const { info, host, uv } = realm;
  let priority = 0;
  const isOurs = (pid: number): boolean => pid === 0 || pid === info.pid;
  const refuse = (context: object, name: string, syscall: string): number => {
    const { errno, message } = uv.byName.get(name) ?? { errno: -1, message: '' };
    Object.assign(context, { errno, code: name, message, syscall });
    return errno;
  };

  return {
    ...shape,
    isBigEndian: false,
    getOSInformation: () => ['Linux', '#1 SMP PREEMPT_DYNAMIC', '6.12.0', 'x86_64'],
    getHostname: () => hostname,
    getHomeDirectory: () => info.env['HOME'] ?? user.homedir,
    getUptime: () => machineTime(host.performance) / 1000,
    getTotalMem: () => memory,
    getFreeMem: () => freeMemory,
    getLoadAvg(values: Float64Array): void {
      values.set([0.5, 0.4, 0.3]);
    },
    getCPUs: () =>
      Array.from({ length: cores }, () => ['virtual CPU', 2000, 60_000, 0, 20_000, 3_500_000, 0]).flat(),
    getAvailableParallelism: () => cores,
    getInterfaceAddresses: () => interfaces.flat(),
    getUserInfo(options: { encoding?: unknown } | null): object {
      if (options?.encoding !== 'buffer') return { __proto__: null, ...user };
      const { Buffer } = realm.requireBuiltin('buffer') as { Buffer: typeof globalThis.Buffer };
      const bytes = (text: string): Buffer => Buffer.from(text);
      const { username, homedir, shell } = user;
      return {
        __proto__: null,
        ...user,
        username: bytes(username),
        homedir: bytes(homedir),
        shell: bytes(shell),
      };
    },
    getPriority: (pid: number, context: object) =>
      isOurs(pid) ? priority : void refuse(context, 'ESRCH', 'uv_os_getpriority'),
    setPriority(pid: number, wanted: number, context: object): number {
      if (!isOurs(pid)) return refuse(context, 'ESRCH', 'uv_os_setpriority');
      // Only root may make a process more important.
      if (wanted < priority) return refuse(context, 'EACCES', 'uv_os_setpriority');
      priority = wanted;
      return 0;
    },
  };
};
