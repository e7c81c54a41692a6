/** Reads the engine's files. */
import { EngineError } from '../engine.ts';

/** The text at a URL. Throws an `EngineError` where it cannot be had. */
export async function fetchText(url: URL): Promise<string> {
  try {
    const response = await fetch(url);
    if (!response.ok) throw new Error(`${url.pathname}: ${response.status} ${response.statusText}`);
    return await response.text();
  } catch (cause) {
    const message =
      'The embedded engine could not be loaded from this site. Check the connection and run again.';
    throw new EngineError('embedded', 'unreachable', message, { cause });
  }
}
