/** The bytes behind `Blob`, kept as the parts that they were given in. */
import { fileSystemOf } from '../file-system.ts';
import { RegularFile } from '../file-system/inode.ts';
import type { BindingFactory } from '../realm.ts';
import { bytesOf } from './buffer/codecs.ts';
import { pathText } from './fs/names.ts';

// What `pull` tells its callback.
const ended = 0;
const continues = 1;
const failed = -1;

type Pulled = (status: number, buffer?: ArrayBuffer) => void;

/** Reads one part at a time. */
class Reader {
  readonly #parts: Uint8Array[];
  readonly #isStale: () => boolean;

  constructor(parts: readonly Uint8Array[], isStale: () => boolean) {
    this.#parts = [...parts];
    this.#isStale = isStale;
  }

  pull(callback: Pulled): void {
    if (this.#isStale()) {
      callback(failed);
      return;
    }
    const part = this.#parts.shift();
    if (part === undefined) callback(ended);
    else callback(continues, new Uint8Array(part).buffer);
  }

  // Memory never has to be waited for.
  setWakeup(): void {}
}

/** The native part of a Blob. */
class BlobHandle {
  readonly #parts: readonly Uint8Array[];
  /** Whether the file that the bytes come from has changed since. */
  readonly #isStale: () => boolean;

  constructor(parts: readonly Uint8Array[], isStale: () => boolean = () => false) {
    this.#parts = parts.filter((part) => part.length > 0);
    this.#isStale = isStale;
  }

  getReader(): Reader {
    return new Reader(this.#parts, this.#isStale);
  }

  slice(start: number, end: number): BlobHandle {
    let at = 0;
    const parts = this.#parts.map((part) => {
      const slice = part.subarray(Math.max(0, start - at), Math.max(0, end - at));
      at += part.length;
      return slice;
    });
    return new BlobHandle(parts, this.#isStale);
  }

  static partsOf(source: BlobHandle | ArrayBufferView): readonly Uint8Array[] {
    return source instanceof BlobHandle ? source.#parts : [bytesOf(source)];
  }
}

function concat(views: readonly (ArrayBufferView | ArrayBuffer)[]): ArrayBuffer {
  const parts = views.map(bytesOf);
  const whole = new Uint8Array(parts.reduce((sum, part) => sum + part.length, 0));
  let at = 0;
  for (const part of parts) {
    whole.set(part, at);
    at += part.length;
  }
  return whole.buffer;
}

/** `internalBinding('blob')`. */
export const blob: BindingFactory = (realm, shape) => {
  const stored = new Map<string, [handle: BlobHandle, length: number, type: string]>();
  const objectUrl = 'blob:nodedata:';

  return {
    ...shape,
    createBlob: (sources: readonly (BlobHandle | ArrayBufferView)[]) =>
      new BlobHandle(sources.flatMap((source) => BlobHandle.partsOf(source))),
    createBlobFromFilePath(path: unknown): [BlobHandle, number] | undefined {
      try {
        const inode = fileSystemOf(realm).inode(pathText(path));
        if (!(inode instanceof RegularFile)) return undefined;
        const bytes = inode.bytes.slice();
        const { modifiedAt } = inode;
        return [new BlobHandle([bytes], () => inode.modifiedAt !== modifiedAt), bytes.length];
      } catch {
        return undefined;
      }
    },
    concat,
    storeDataObject(id: string, handle: BlobHandle, length: number, type: string): void {
      stored.set(id, [handle, length, type]);
    },
    getDataObject: (id: string) => stored.get(id),
    revokeObjectURL(url: string): void {
      if (url.startsWith(objectUrl)) stored.delete(url.slice(objectUrl.length));
    },
  };
};
