/** `manifest.json` beside the archives: the npm packages that programs may import. */

/** A package that programs may import. */
export interface PackedPackage {
  /** As in its `package.json`. */
  readonly version: string;
  /** File name of its archive beside the manifest: a tar archive of what belongs into `node_modules`, in gzip. */
  readonly archive: string;
  /** Bytes of the archive, unpacked. */
  readonly size: number;
  /** Packages of the manifest that have to be there as well, at any depth. */
  readonly needs: readonly string[];
}

/** Packages by the name that programs import, in the order of their list. */
export type PackageManifest = ReadonlyMap<string, PackedPackage>;

/** Reads a manifest. Throws a `TypeError` when it is not one. */
export function parsePackageManifest(value: unknown): PackageManifest {
  const packages = Object.entries(record(record(value)['packages'])).map(
    ([name, entry]) => [name, readPackage(name, record(entry))] as const,
  );
  const manifest = new Map(packages);
  for (const [name, { needs }] of manifest) {
    for (const other of needs)
      if (!manifest.has(other)) throw new TypeError(`${name} needs ${other}, which is not there.`);
  }
  return manifest;
}

function readPackage(
  name: string,
  { version, archive, size, needs }: Record<string, unknown>,
): PackedPackage {
  if (typeof version !== 'string' || !/^\d[\w.+-]*$/.test(version))
    throw new TypeError(`${name} has no valid version.`);
  if (typeof archive !== 'string' || !/^[\w-][\w.-]*$/.test(archive))
    throw new TypeError(`${name} has no valid archive.`);
  if (typeof size !== 'number' || !Number.isSafeInteger(size) || size <= 0)
    throw new TypeError(`${name} has no valid size.`);
  if (!Array.isArray(needs) || !needs.every((other): other is string => typeof other === 'string'))
    throw new TypeError(`${name} has no valid needs.`);
  return { version, archive, size, needs };
}

function record(value: unknown): Record<string, unknown> {
  if (typeof value !== 'object' || value === null || Array.isArray(value))
    throw new TypeError('The manifest of packages has another form.');
  // An object with any members.
  return value as Record<string, unknown>;
}
