/** The sentences about what is taken along. */
import type { LoadProgress } from '../../service-worker/load-files.ts';

/** `23 MB`; below ten with one digit more. */
export function megabytes(bytes: number): string {
  const millions = bytes / 1_000_000;
  return `${millions < 9.95 ? Math.max(0.1, millions).toFixed(1) : Math.round(millions)} MB`;
}

/** How far the loading is. */
export function progressWords({ files, allFiles, bytes, allBytes }: LoadProgress): string {
  return `${megabytes(bytes)} of ${megabytes(allBytes)}, ${files} of ${allFiles} files`;
}

/** What is here of what is wanted, after a break. */
export function partWords({ files, allFiles }: LoadProgress): string {
  return `${files} of ${allFiles} files are here, and stay. Continue when you like: only the others are loaded.`;
}

/** Why the loading ended early, and what to do. `free` is what the browser says it has left, in bytes. */
export function failureWords(error: unknown, missing: number, free: number | undefined): string {
  if (error instanceof Error && error.name === 'QuotaExceededError') {
    const room = free === undefined ? '' : `, and this browser gives this site ${megabytes(free)} more`;
    return `There is no room for the rest: it needs ${megabytes(missing)}${room}. Free some space on the device, then continue; or remove the copy.`;
  }
  if (error instanceof Error && error.name === 'UnexpectedFile')
    return 'The site sent a file that is not of this edition. It may be changing just now, or a network that wants you to log in answers in its place. Reload this page, then continue.';
  if (error instanceof TypeError)
    return 'The connection was lost, or the site did not answer. Continue when you are online again.';
  return 'This browser would not keep a file. Continue, and if it happens again, see whether the browser is set to keep nothing of sites.';
}
