/** Why something may not be kept, as a value for the page to show. */

/** What stands in the way; the page goes on in memory. */
export interface StoreProblem {
  readonly code: 'blocked' | 'full' | 'too-large' | 'newer-site' | 'silent' | 'failed';
  /** What happened and what the reader can do. */
  readonly message: string;
  readonly cause?: unknown;
}

const messages: Readonly<Record<StoreProblem['code'], string>> = {
  blocked:
    'This browser keeps nothing for this site, as in a private window. What you change lasts until you close the page. Export it to keep it.',
  full: 'The storage of this browser is full. Your last changes may be lost when you close the page. Export them, or free some space.',
  'too-large': 'This program is too large to be kept. Its changes last until you close the page.',
  'newer-site':
    'Another tab has a newer version of this site open. Reload this page, so that your changes are kept.',
  silent:
    'The storage of this browser does not answer yet. What you changed before is there, and is shown as soon as it does. If that takes long, reload the page. What you change now is kept.',
  failed:
    'This browser could not keep your last changes. They last until you close the page. Export them to be safe.',
};

/** A problem with its sentence. */
export function problemOf(code: StoreProblem['code'], cause?: unknown): StoreProblem {
  return { code, message: messages[code], cause };
}

/** Tells from what storage threw what stands in the way. */
export function diagnose(cause: unknown): StoreProblem {
  const name = cause instanceof Error || cause instanceof DOMException ? cause.name : '';
  if (name === 'QuotaExceededError') return problemOf('full', cause);
  if (name === 'VersionError') return problemOf('newer-site', cause);
  if (name === 'NotReadableError') return problemOf('silent', cause);
  // Firefox says InvalidStateError in private windows of old, Safari UnknownError; no `indexedDB` at all is a TypeError.
  const isBlocked = [
    'SecurityError',
    'NotAllowedError',
    'InvalidStateError',
    'TypeError',
    'ReferenceError',
    'TimeoutError',
  ].includes(name);
  return problemOf(isBlocked ? 'blocked' : 'failed', cause);
}
