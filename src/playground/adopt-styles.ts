/** Styles of what is loaded late. */

const adopted = new Set<string>();

/**
 * Applies a style sheet to the page for good; once, however often it is asked for. A link in the head would be lost when the
 * router swaps the page.
 */
export function adoptStyles(css: string): void {
  if (adopted.has(css)) return;
  adopted.add(css);
  const sheet = new CSSStyleSheet();
  sheet.replaceSync(css);
  document.adoptedStyleSheets.push(sheet);
}
