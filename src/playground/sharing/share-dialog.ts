/** The dialog that gives a program away: as a link, or as a file where it is too long for one. */
import shareDialogStyle from '../../styles/share-dialog.css?inline';
import textFieldStyle from '../../styles/text-field.css?inline';
import { adoptStyles } from '../adopt-styles.ts';
import { copyText } from '../copy-text.ts';
import { make, makeButton } from '../element.ts';
import { describeContents } from './program-contents.ts';
import { encodeSharedProgram, ShareError } from './shared-program.ts';
import type { SharedProgram } from './shared-program.ts';
import { isMacKeyboard } from '../shortcuts.ts';

/** What the dialog needs of the page. */
export interface ShareOptions {
  /** Address of the playground: what a link begins with. */
  readonly playUrl: URL;
  /** Gives the program as a zip file. */
  readonly download: () => void;
}

/** Characters of a link that some chats and mail programs cut off. */
const longLink = 2000;

/** Shows the dialog; resolves once it is open. The focus goes back where it was when the dialog closes. */
export async function openShareDialog(program: SharedProgram, options: ShareOptions): Promise<void> {
  adoptStyles(textFieldStyle);
  adoptStyles(shareDialogStyle);
  const dialog = createDialog('Share this program');
  try {
    const link = new URL(await encodeSharedProgram(program), options.playUrl);
    dialog.append(...linkParts(program, link), closeRow());
  } catch (error) {
    if (!(error instanceof ShareError)) throw error;
    dialog.append(...fileParts(program, error, options), closeRow());
  }
  dialog.addEventListener('close', () => dialog.remove());
  document.body.append(dialog);
  dialog.showModal();
}

function createDialog(heading: string): HTMLDialogElement {
  const dialog = document.createElement('dialog');
  dialog.className = 'raised share-dialog';
  // A click beside it closes it, where the browser knows of that.
  dialog.setAttribute('closedby', 'any');
  const title = document.createElement('h2');
  title.id = 'share-dialog-title';
  title.textContent = heading;
  dialog.setAttribute('aria-labelledby', title.id);
  dialog.append(title);
  return dialog;
}

function linkParts(program: SharedProgram, { href }: URL): HTMLElement[] {
  const field = make('input', { class: 'text-field' });
  field.readOnly = true;
  field.value = href;
  field.spellcheck = false;
  field.addEventListener('focus', () => field.select());
  const label = document.createElement('label');
  label.append('Link', field);

  const status = document.createElement('p');
  status.role = 'status';
  status.className = 'share-status';
  const say = (sentence: string) => (status.textContent = sentence);

  const copy = makeButton('Copy', () => {
    copyText(href).then(
      () => say('Copied.'),
      () => {
        field.focus();
        const keys = isMacKeyboard() ? '⌘C' : 'Ctrl C';
        say(`The browser does not let this page copy. The link is selected: ${keys} copies it.`);
      },
    );
  });
  copy.classList.add('plate-run');
  copy.autofocus = true;
  const row = document.createElement('div');
  row.className = 'share-link';
  row.append(label, copy);
  if ('share' in navigator)
    row.append(makeButton('Send to an app', () => send({ title: program.title, url: href }, say)));

  const length =
    href.length > longLink
      ? [
          paragraph(
            `With ${href.length.toLocaleString('en-US')} characters it is a long link: some chats and mail programs cut it off.`,
          ),
        ]
      : [];
  return [
    paragraph(
      `The link holds the program itself: ${describeContents(program)}. Nothing is uploaded; who has the link has the program, as it is now.`,
    ),
    ...secrets(program),
    row,
    status,
    ...length,
  ];
}

function fileParts(
  program: SharedProgram,
  { message }: ShareError,
  { download }: ShareOptions,
): HTMLElement[] {
  const button = makeButton('Download as a file', () => {
    button.closest('dialog')?.close();
    download();
  });
  button.classList.add('plate-run');
  button.autofocus = true;
  const row = document.createElement('div');
  row.className = 'share-link';
  row.append(button);
  return [
    paragraph(message),
    paragraph(
      `The file is a zip archive with ${describeContents(program)}, and a README that says how to run it.`,
    ),
    ...secrets(program),
    row,
  ];
}

function secrets({ env }: SharedProgram): HTMLElement[] {
  const names = Object.keys(env).map((name) => `${name}=…`);
  if (names.length === 0) return [];
  const warning = paragraph(`Do not share secrets: it holds ${new Intl.ListFormat('en').format(names)}`);
  warning.className = 'share-warning';
  return [warning];
}

function send(data: ShareData, say: (sentence: string) => void): void {
  navigator.share(data).catch((error: unknown) => {
    // Closing the list of apps is no mistake.
    if (!(error instanceof DOMException && error.name === 'AbortError'))
      say('This device could not send the link. Copy it instead.');
  });
}

function closeRow(): HTMLElement {
  const row = document.createElement('div');
  row.className = 'share-close';
  const button = makeButton('Close', () => button.closest('dialog')?.close());
  row.append(button);
  return row;
}

function paragraph(text: string): HTMLParagraphElement {
  const element = document.createElement('p');
  element.textContent = text;
  return element;
}
