import { EngineError } from '../engine.ts';

/** Waits for a promise no longer than until the signal: then rejects with an `EngineError` of code `aborted`. */
export async function abandonable<T>(promise: Promise<T>, signal: AbortSignal | undefined): Promise<T> {
  if (signal === undefined) return promise;
  let abandon = () => {};
  const abandoned = new Promise<never>((_, reject) => {
    abandon = () => reject(new EngineError('webcontainer', 'aborted', 'The start was abandoned.'));
  });
  signal.addEventListener('abort', abandon);
  if (signal.aborted) abandon();
  try {
    return await Promise.race([promise, abandoned]);
  } finally {
    signal.removeEventListener('abort', abandon);
  }
}
