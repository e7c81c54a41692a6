/** Says beside a program, once on a page, that what the reader changes there may not be kept. */
import noticeStyles from '../styles/storage-notice.css?inline';
import { adoptStyles } from './adopt-styles.ts';
import { makeButton } from './element.ts';
import { openStore } from './store/index.ts';
import type { StoreProblem } from './store/index.ts';

/** The notices of this page, empty but for one at most. */
const notices = new Set<HTMLElement>();
let hasEdited = false;
/** What the reader closed is not said again. */
let closed: StoreProblem['code'] | undefined;

/** Puts the notice into `container` when the reader has changed something and the store has a problem, until the signal. */
export function watchStorage(container: HTMLElement, signal: AbortSignal): void {
  if (signal.aborted) return;
  adoptStyles(noticeStyles);
  const store = openStore();
  const notice = document.createElement('p');
  notice.className = 'storage-notice';
  // There before it says something: only then it is heard.
  notice.role = 'status';
  container.append(notice);
  notices.add(notice);
  store.onProblem(() => show(store.problem), signal);
  store.onChange(({ collection, cause }) => {
    if (collection !== 'programs' || cause !== 'set') return;
    hasEdited = true;
    show(store.problem);
  }, signal);
  signal.addEventListener('abort', () => {
    notice.remove();
    notices.delete(notice);
  });
}

function show(problem: StoreProblem | undefined): void {
  const shown = [...notices].find((notice) => notice.hasChildNodes());
  if (!problem || !hasEdited || problem.code === closed) return shown?.replaceChildren();
  if (shown?.dataset['code'] === problem.code) return;
  const notice =
    shown ??
    [...notices].find((candidate) => candidate.parentElement?.contains(document.activeElement)) ??
    [...notices][0];
  if (!notice) return;
  notice.dataset['code'] = problem.code;
  notice.replaceChildren(problem.message, ' ', createExport(), ' ', createClose(problem.code));
}

/** It exports from here: another page would know nothing of what is only in memory. */
function createExport(): HTMLElement {
  const act = () => {
    import('./your-work/download-archive.ts')
      .then(({ downloadArchive }) => downloadArchive(openStore()))
      .then(
        (name) => (button.textContent = `Exported as ${name}`),
        () => (button.textContent = 'That could not be exported. Check the connection and try again.'),
      );
  };
  const button = makeButton('Export everything', act, { kind: 'plate-link' });
  return button;
}

function createClose(code: StoreProblem['code']): HTMLElement {
  const act = () => {
    const program = button.closest('node-snippet');
    closed = code;
    show(undefined);
    program?.querySelector<HTMLElement>('[data-part=run]')?.focus();
  };
  const button = makeButton('Close', act, { kind: 'plate-link' });
  return button;
}
