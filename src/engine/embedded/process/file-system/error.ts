/** A file operation failed; who asked knows the system call and the paths. */
export class FileSystemError extends Error {
  override readonly name = 'FileSystemError';
  /** libuv's name of the error, such as `ENOENT`. */
  readonly code: string;

  constructor(code: string) {
    super(code);
    this.code = code;
  }
}

/** Throws a `FileSystemError`. */
export function fail(code: string): never {
  throw new FileSystemError(code);
}
