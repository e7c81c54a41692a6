/**
 * Light or dark: by the system's preference, or as the reader chose. It stands in the head of every page as an inline script,
 * so that the first paint has the right colours; `color-scheme` on `<html>` decides what `light-dark()` gives.
 */
const key = 'loopbook:theme';
const { style } = document.documentElement;
/** `light`, `dark`, or empty for the system's. */
let theme = '';

const find = () => document.querySelector<HTMLSelectElement>('#theme');

const show = () => {
  style.colorScheme = theme;
  for (const meta of document.querySelectorAll<HTMLMetaElement>('[data-scheme]')) {
    const { scheme } = meta.dataset;
    meta.media = theme ? (theme === scheme ? '' : 'not all') : `(prefers-color-scheme:${scheme})`;
  }
  const select = find();
  if (select) select.value = theme;
};

const read = () => {
  try {
    theme = localStorage.getItem(key) ?? '';
  } catch {
    // Storage is blocked: the choice lasts until another page is loaded.
  }
  show();
};

read();
// Chosen in another tab, or forgotten with everything else.
addEventListener('storage', read);
// The switch is parsed later, and the router brings a new page with another one.
for (const type of ['DOMContentLoaded', 'astro:after-swap']) document.addEventListener(type, show);
document.addEventListener('change', ({ target }) => {
  const select = find();
  if (!select || target !== select) return;
  theme = select.value;
  try {
    localStorage.setItem(key, theme);
  } catch {
    // As above.
  }
  show();
});
