/** What the playground says, where it takes more than a word. */

/** How a program ended, from its exit code as a shell reports it. */
export function describeExit(code: number): string {
  return `Exited with code ${code}.`;
}

/** How much it printed, where that is more than one wants to hear. */
export function describeLength(lines: number): string {
  return lines < 100 ? '' : ` It printed ${lines.toLocaleString('en')} lines.`;
}

/** Time that has passed, in whole seconds. */
export function describeElapsed(milliseconds: number): string {
  const seconds = Math.floor(milliseconds / 1000);
  return seconds < 60 ? `${seconds} s` : `${Math.floor(seconds / 60)} min ${seconds % 60} s`;
}

/** Why nothing ran, and what to do. */
export function describeFailure(error: Error): string {
  if (error.name === 'EngineError' || error.name === 'PackageError') return error.message;
  return `The program could not be run: ${error.message.replace(/[.\s]*$/, '')}. Reload the page and run it again.`;
}

/** Time that has passed, as one says it. */
export function describeAge(milliseconds: number): string {
  const minutes = Math.round(milliseconds / 60_000);
  if (minutes < 2) return 'just now';
  if (minutes < 100) return `${minutes} minutes ago`;
  const hours = Math.round(minutes / 60);
  return hours < 48 ? `${hours} hours ago` : `${Math.round(hours / 24)} days ago`;
}
