/** Who runs the process: an ordinary user named reader. */
import { reader } from '../file-system/inode.ts';
import type { BindingFactory } from '../realm.ts';

/** `internalBinding('credentials')`. */
export const credentials: BindingFactory = (realm, shape) => {
  const uid = (): number => reader.uid;
  const gid = (): number => reader.gid;
  return {
    ...shape,
    safeGetenv: (name: string) => realm.info.env[name],
    getTempDir: () => '/tmp',
    getuid: uid,
    geteuid: uid,
    getgid: gid,
    getegid: gid,
    getgroups: () => [reader.gid],
  };
};
