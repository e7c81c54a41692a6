/** The clipboard. */

/** Puts a text there. Rejects where the browser refuses, or has none, as on a page that is not secure. */
export async function copyText(text: string): Promise<void> {
  await navigator.clipboard.writeText(text);
}
