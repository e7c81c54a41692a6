/** Names of chapters, programs and exercises on a command line: a command looks at those alone. */

/** Whether an id such as `<part>/<chapter>/<name>` is one of the names or lies in one; where there are no names, all are meant. */
export function isMeant(id: string, names: readonly string[]): boolean {
  return names.length === 0 || names.some((name) => id === name || id.startsWith(`${name}/`));
}
