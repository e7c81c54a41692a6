/** Who runs the process: an ordinary user named reader. */
import { reader } from '../file-system/inode.ts';
import type { BindingFactory } from '../realm.ts';

/** Users and groups that the system knows, by name. */
const names = new Map([
  ['root', 0],
  ['reader', reader.uid],
]);

/** `internalBinding('credentials')`. */
export const credentials: BindingFactory = (realm, shape) => {
  const uid = (): number => reader.uid;
  const gid = (): number => reader.gid;
  /** 0, or the result that stands for an unknown name; only root may become somebody else. */
  const become =
    (syscall: string, own: number) =>
    (id: unknown): number => {
      if (typeof id === 'string' && !names.has(id)) return 1;
      const wanted = typeof id === 'string' ? names.get(id) : id;
      if (wanted !== own) throw realm.uv.exception('EPERM', syscall);
      return 0;
    };
  return {
    ...shape,
    safeGetenv: (name: string) => realm.info.env[name],
    getTempDir: () => '/tmp',
    getuid: uid,
    geteuid: uid,
    getgid: gid,
    getegid: gid,
    getgroups: () => [reader.gid],
    setuid: become('setuid', reader.uid),
    seteuid: become('seteuid', reader.uid),
    setgid: become('setgid', reader.gid),
    setegid: become('setegid', reader.gid),
    setgroups(groups: readonly unknown[]) {
      const unknown = groups.findIndex((group) => typeof group === 'string' && !names.has(group));
      if (unknown >= 0) return unknown + 1;
      throw realm.uv.exception('EPERM', 'setgroups');
    },
    initgroups(user: unknown, group: unknown) {
      if (typeof user === 'string' && !names.has(user)) return 1;
      if (typeof group === 'string' && !names.has(group)) return 2;
      throw realm.uv.exception('EPERM', 'initgroups');
    },
  };
};
