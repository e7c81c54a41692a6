/** A button that asks in its place before it acts. */
import { makeButton } from '../element.ts';

/** What is asked. */
export interface Question {
  /** What would happen, as a sentence. */
  readonly sentence: () => string;
  readonly cancel: string;
  readonly act: () => void;
}

/** Makes a button ask first: Escape and the second answer leave everything as it is, and the focus comes back. */
export function confirmFirst(button: HTMLButtonElement, question: Question, signal: AbortSignal): void {
  button.addEventListener('click', () => ask(button, question, signal), { signal });
}

function ask(button: HTMLButtonElement, { sentence, cancel, act }: Question, signal: AbortSignal): void {
  const group = document.createElement('div');
  group.className = 'your-work-question';
  group.role = 'group';
  const words = document.createElement('p');
  words.textContent = sentence();
  words.id = `${button.id}-question`;
  group.setAttribute('aria-labelledby', words.id);
  const close = () => {
    group.remove();
    button.hidden = false;
    button.focus();
  };
  const yes = makeButton(button.textContent, () => {
    close();
    act();
  });
  yes.setAttribute('aria-describedby', words.id);
  const no = makeButton(cancel, close);
  group.append(words, yes, no);
  group.addEventListener('keydown', ({ key }) => key === 'Escape' && close());
  button.hidden = true;
  button.after(group);
  signal.addEventListener('abort', () => group.remove());
  no.focus();
}
