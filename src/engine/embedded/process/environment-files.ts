/** Files of variables: `--env-file`, `--env-file-if-exists` and `process.loadEnvFile`. */
import { nativeError } from './bindings/native-error.ts';
import { parseEnv } from './bindings/util/dotenv.ts';
import { CommandLineError, type CommandLine } from './command-line.ts';
import { fileSystemOf } from './file-system.ts';
import { RegularFile } from './file-system/inode.ts';
import type { ProcessRealm } from './create-realm.ts';

/** Adds the variables of the files to the environment, which wins. Throws `CommandLineError` for a missing file. */
export function loadEnvironmentFiles(realm: ProcessRealm, { values }: CommandLine): void {
  const { env, argv } = realm.info;
  const given = new Set(Object.keys(env));
  for (const [name, isOptional] of [
    ['--env-file', false],
    ['--env-file-if-exists', true],
  ] as const) {
    for (const file of listOf(values[name])) {
      const text = read(realm, file);
      if (text === undefined && !isOptional)
        throw new CommandLineError(`${argv[0] ?? 'node'}: ${file}: not found\n`);
      for (const [key, value] of Object.entries(parseEnv(text ?? ''))) if (!given.has(key)) env[key] = value;
    }
  }
}

/** Adds the variables of a file that the environment does not have, as `process.loadEnvFile`. Throws Node's errors. */
export function loadEnvironmentFile(realm: ProcessRealm, path: string): void {
  const { env } = realm.info;
  const text = read(realm, path);
  if (text === undefined) {
    if (!fileSystemOf(realm).exists(path)) throw realm.uv.exception('ENOENT', 'open', path);
    throw nativeError(TypeError, 'ERR_INVALID_ARG_TYPE', `Contents of '${path}' should be a valid string.`);
  }
  for (const [key, value] of Object.entries(parseEnv(text))) env[key] ??= value;
}

function listOf(value: unknown): string[] {
  return Array.isArray(value) ? value.map(String) : [];
}

function read(realm: ProcessRealm, path: string): string | undefined {
  const fileSystem = fileSystemOf(realm);
  if (!fileSystem.exists(path)) return undefined;
  const inode = fileSystem.inode(path);
  if (!(inode instanceof RegularFile)) return undefined;
  return new realm.host.TextDecoder().decode(inode.bytes);
}
