/** `manifest.json` beside the engine's files: the names of the files, relative to it. */
export interface EngineManifest {
  /** Version of Node whose library it is, as in `v24.21.0`. */
  readonly node: string;
  /** The process: a classic worker script. */
  readonly runtime: string;
  /** Node's library, as far as every program gets it. */
  readonly library: string;
  /** The parts of the library that a program may need beside it, by name. */
  readonly parts: Readonly<Record<string, string>>;
  /** The host document of the frame. */
  readonly frame: string;
}

/** Reads a manifest. Throws a `TypeError` when it is not one. */
export function parseManifest(value: unknown): EngineManifest {
  const [node, runtime, library, frame] = ['node', 'runtime', 'library', 'frame'].map((name) =>
    readName(value, name),
  );
  const parts = member(value, 'parts');
  if (!node || !runtime || !library || !frame || typeof parts !== 'object' || parts === null)
    throw new TypeError('The engine manifest is incomplete.');
  return {
    node,
    runtime,
    library,
    frame,
    parts: Object.fromEntries(Object.keys(parts).map((name) => [name, readName(parts, name)])),
  };
}

function readName(value: unknown, name: string): string {
  const text = member(value, name);
  if (typeof text !== 'string' || !/^[\w.-]+$/.test(text))
    throw new TypeError(`The engine manifest has no valid "${name}".`);
  return text;
}

function member(value: unknown, name: string): unknown {
  if (typeof value !== 'object' || value === null)
    throw new TypeError('The engine manifest is not an object.');
  return Reflect.get(value, name);
}
