/** The search over the page that one reads. */
import { make } from '../../playground/element.ts';
import { SearchPanel } from './search-panel.ts';

let shown: HTMLDialogElement | undefined;

/** Opens it, or goes to the field of the page's own search. Escape and a click beside it close it; the focus is then where it was. */
export function openSearch(): void {
  const field = document.querySelector<HTMLInputElement>('search-page input');
  if (field) field.focus();
  if (field || shown?.isConnected) return;
  const dialog = make('dialog', { class: 'search-dialog', label: 'Search' });
  // A click beside it.
  dialog.setAttribute('closedby', 'any');
  dialog.addEventListener('close', () => dialog.remove());
  const { base = '/' } = document.documentElement.dataset;
  const panel = new SearchPanel({ base, onClose: () => dialog.close() });
  dialog.append(panel.element);
  document.body.append(dialog);
  shown = dialog;
  dialog.showModal();
  panel.focus();
}
