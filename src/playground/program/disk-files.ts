/** The files of a program as an engine gets them. */

/**
 * Files by name, each but an empty one with a newline at its end, as an author's are recorded; on the page and in the editor
 * that newline would be an empty line.
 */
export function diskFiles(files: Readonly<Record<string, string>>): Record<string, string> {
  return Object.fromEntries(
    Object.entries(files).map(([name, text]) => [
      name,
      text === '' || text.endsWith('\n') ? text : `${text}\n`,
    ]),
  );
}
