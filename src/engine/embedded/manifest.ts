/** `manifest.json` beside the engine's files: the names of the files, relative to it. */
export interface EngineManifest {
  /** Version of Node whose library it is, as in `v24.21.0`. */
  readonly node: string;
  /** The process: a classic worker script. */
  readonly runtime: string;
  /** Node's library. */
  readonly library: string;
  /** The host document of the frame. */
  readonly frame: string;
}

/** Reads a manifest. Throws a `TypeError` when it is not one. */
export function parseManifest(value: unknown): EngineManifest {
  if (typeof value !== 'object' || value === null)
    throw new TypeError('The engine manifest is not an object.');
  const names = ['node', 'runtime', 'library', 'frame'] as const;
  const entries = names.map((name) => {
    const text: unknown = Reflect.get(value, name);
    if (typeof text !== 'string' || !/^[\w.-]+$/.test(text)) {
      throw new TypeError(`The engine manifest has no valid "${name}".`);
    }
    return [name, text] as const;
  });
  // True: the entries are exactly the names above, each with a string.
  return Object.fromEntries(entries) as unknown as EngineManifest;
}
