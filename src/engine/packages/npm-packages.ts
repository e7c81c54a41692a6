/** The npm packages of the site: which ones a program imports, and their archives, loaded once a visit. */
import type { Program } from '../engine.ts';
import { parsePackageManifest, type PackageManifest, type PackedPackage } from './manifest.ts';

/** What a program finds in its `node_modules`. */
export interface ProgramPackages {
  /** A tar archive a package, by name; all belong into the same `node_modules`. */
  readonly archives: ReadonlyMap<string, Uint8Array>;
  /** For a program that imports a package in vain: a sentence on which ones there are; none for one with packages of its own. */
  readonly advice: string;
}

/** A package, or the list of them, could not be loaded; the message is a sentence for the reader. */
export class PackageError extends Error {
  override readonly name = 'PackageError';
}

/** The packages of one site. */
export class NpmPackages {
  readonly #baseUrl: string;
  #manifest: Promise<PackageManifest> | undefined;
  readonly #archives = new Map<string, Promise<Uint8Array>>();

  /** `baseUrl` is the folder with the manifest and the archives, ending with `/`; relative to the page or absolute. */
  constructor(baseUrl: string) {
    this.#baseUrl = baseUrl;
  }

  /** Loads what a program names or mentions. Rejects with a `PackageError`. */
  async provide(program: Program): Promise<ProgramPackages> {
    let manifest: PackageManifest;
    try {
      manifest = await (this.#manifest ??= this.#readManifest());
    } catch (error) {
      // The next program tries again.
      this.#manifest = undefined;
      if (program.packages.length > 0) throw error;
      return { archives: new Map(), advice: bringsPackages(program) ? '' : messageOf(error) };
    }
    const names = importedPackages(program, manifest);
    const archives = await Promise.all(
      names.flatMap((name) => {
        const packed = manifest.get(name);
        return packed ? [this.#load(name, packed).then((archive) => [name, archive] as const)] : [];
      }),
    );
    return { archives: new Map(archives), advice: bringsPackages(program) ? '' : describe(manifest) };
  }

  async #readManifest(): Promise<PackageManifest> {
    try {
      const response = await this.#fetch('manifest.json');
      return parsePackageManifest(await response.json());
    } catch (cause) {
      const message =
        'The list of npm packages could not be loaded from this site. Check the connection and run again.';
      throw new PackageError(message, { cause });
    }
  }

  #load(name: string, packed: PackedPackage): Promise<Uint8Array> {
    const known = this.#archives.get(name);
    if (known) return known;
    const loading = this.#unpack(packed).catch((cause: unknown) => {
      // The next program tries again.
      this.#archives.delete(name);
      const message = `The npm package ${name} could not be loaded from this site. Check the connection and run again.`;
      throw new PackageError(message, { cause });
    });
    this.#archives.set(name, loading);
    return loading;
  }

  async #unpack({ archive, size }: PackedPackage): Promise<Uint8Array> {
    const { body } = await this.#fetch(archive);
    const unpacked = body?.pipeThrough(new DecompressionStream('gzip'));
    const bytes = new Uint8Array(await new Response(unpacked ?? null).arrayBuffer());
    if (bytes.length !== size) throw new Error(`${archive} has ${bytes.length} bytes instead of ${size}.`);
    return bytes;
  }

  async #fetch(file: string): Promise<Response> {
    const url = new URL(file, new URL(this.#baseUrl, document.baseURI));
    const response = await fetch(url);
    if (!response.ok) throw new Error(`${url.pathname}: ${response.status} ${response.statusText}`);
    return response;
  }
}

/**
 * Names of the packages that a program needs, with those that they need. A file mentions a package between quotation marks,
 * as an import, a `require` or a manifest does; the command line and the environment name it as a word.
 */
export function importedPackages(
  { packages, files, command, env }: Program,
  manifest: PackageManifest,
): string[] {
  const wanted = new Set<string | undefined>(packages);
  const quoted = /(?<=['"`])((?:@[\w.-]+\/)?[\w.-]+)(?:\/[^'"`\s]*)?(?=['"`])/g;
  const word = /(?<=^|[\s'"`=])((?:@[\w.-]+\/)?[\w.-]+)(?:\/[^'"`\s]*)?(?=$|[\s'"`])/g;
  for (const text of Object.values(files)) for (const [, name] of text.matchAll(quoted)) wanted.add(name);
  for (const text of [...command, ...Object.values(env)])
    for (const [, name] of text.matchAll(word)) wanted.add(name);
  for (const [name, { needs }] of manifest) {
    if (wanted.has(name)) for (const other of needs) wanted.add(other);
  }
  // A program may bring a package of its own.
  const isOwn = (name: string): boolean =>
    Object.keys(files).some((file) => file.startsWith(`node_modules/${name}/`));
  return [...manifest.keys()].filter((name) => wanted.has(name) && !isOwn(name));
}

/** Whether a program has a `node_modules` of its own: what it lacks there is its subject, not a gap of this site. */
function bringsPackages({ files }: Program): boolean {
  return Object.keys(files).some((file) => `/${file}`.includes('/node_modules/'));
}

function describe(manifest: PackageManifest): string {
  if (manifest.size === 0) return 'There are no npm packages on this site.';
  return `npm packages that programs on this site can import: ${[...manifest.keys()].join(', ')}.`;
}

function messageOf(error: unknown): string {
  return error instanceof Error ? error.message : String(error);
}
