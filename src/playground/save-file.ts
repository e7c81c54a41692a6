/** Files that the browser saves. */

/** Milliseconds after which no browser still wants the bytes: some come for them only after the click is over. */
const patience = 60_000;

/** Gives the browser a file to save under a name. */
export function saveFile(content: Blob, name: string): void {
  const url = URL.createObjectURL(content);
  const link = document.createElement('a');
  link.href = url;
  link.download = name;
  link.click();
  setTimeout(() => URL.revokeObjectURL(url), patience);
}
