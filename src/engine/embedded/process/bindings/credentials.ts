/** Who runs the process: an ordinary user named reader. */
import { reader } from '../file-system/inode.ts';
import type { BindingFactory } from '../realm.ts';

const nobody = 65_534;
/** Users and groups that the system knows, by name. */
const users = new Map([
  ['root', 0],
  ['nobody', nobody],
  ['reader', reader.uid],
]);
const groups = new Map([
  ['root', 0],
  ['nogroup', nobody],
  ['reader', reader.gid],
]);

/** Worded as C's `errno` is, not as libuv's errors are. */
function notPermitted(syscall: string): Error {
  return Object.assign(new Error('EPERM, Operation not permitted'), { errno: 1, code: 'EPERM', syscall });
}

/** The folder that the environment names for temporary files, without a slash at its end. */
function temporaryFolder(env: Readonly<Record<string, string | undefined>>): string {
  const named = [env['TMPDIR'], env['TMP'], env['TEMP']].find((folder) => folder) ?? '/tmp';
  return named.length > 1 && named.endsWith('/') ? named.slice(0, -1) : named;
}

/** `internalBinding('credentials')`. */
export const credentials: BindingFactory = (realm, shape) => {
  const uid = (): number => reader.uid;
  const gid = (): number => reader.gid;
  /** 0, or the result that stands for an unknown name; only root may become somebody else. */
  const become =
    (syscall: string, names: ReadonlyMap<string, number>, own: number) =>
    (id: unknown): number => {
      if (typeof id === 'string' && !names.has(id)) return 1;
      const wanted = typeof id === 'string' ? names.get(id) : id;
      if (wanted !== own) throw notPermitted(syscall);
      return 0;
    };
  return {
    ...shape,
    safeGetenv: (name: string) => realm.info.env[name],
    getTempDir: () => temporaryFolder(realm.info.env),
    getuid: uid,
    geteuid: uid,
    getgid: gid,
    getegid: gid,
    getgroups: () => [reader.gid],
    setuid: become('setuid', users, reader.uid),
    seteuid: become('seteuid', users, reader.uid),
    setgid: become('setgid', groups, reader.gid),
    setegid: become('setegid', groups, reader.gid),
    setgroups(wanted: readonly unknown[]) {
      const unknown = wanted.findIndex((group) => typeof group === 'string' && !groups.has(group));
      if (unknown >= 0) return unknown + 1;
      throw notPermitted('setgroups');
    },
    initgroups(user: unknown, group: unknown) {
      if (typeof user === 'number' && ![...users.values()].includes(user)) return 1;
      if (typeof group === 'string' && !groups.has(group)) return 2;
      throw notPermitted('initgroups');
    },
  };
};
