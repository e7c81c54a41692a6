/** The elements of a search: those that stand in a page, or new ones for a dialog. */
import { make, uniqueId } from '../../playground/element.ts';
import { allParts, fieldHint, fieldName, longestQuery, partName } from './form-words.ts';

/** What a search works on. */
export interface SearchForm {
  readonly element: HTMLElement;
  readonly form: HTMLFormElement;
  readonly field: HTMLInputElement;
  readonly part: HTMLSelectElement;
  readonly status: HTMLElement;
  readonly answer: HTMLElement;
}

/** The elements of the search page. */
export function searchFormIn(place: ParentNode): SearchForm {
  const find = <T extends HTMLElement>(selector: string, type: new () => T): T => {
    const element = place.querySelector(selector);
    if (!(element instanceof type)) throw new Error(`The search page has no ${selector}.`);
    return element;
  };
  return {
    element: find('.search', HTMLElement),
    form: find('.search-form', HTMLFormElement),
    field: find('.search-field', HTMLInputElement),
    part: find('.search-part', HTMLSelectElement),
    status: find('.search-status', HTMLElement),
    answer: find('.search-answer', HTMLElement),
  };
}

/** New ones. */
export function makeSearchForm(): SearchForm {
  const hint = make('span', { class: 'visually-hidden', text: fieldHint });
  hint.id = uniqueId();
  const field = make('input', { class: 'search-field', role: 'searchbox', label: fieldName });
  Object.assign(field, { type: 'text', maxLength: longestQuery, autocomplete: 'off' });
  Object.assign(field, { spellcheck: false, enterKeyHint: 'go', placeholder: fieldName });
  field.autocapitalize = 'off';
  field.setAttribute('aria-describedby', hint.id);
  const part = make('select', { class: 'search-part', label: partName });
  part.append(new Option(allParts, ''));
  const form = make('form', { class: 'search-form' }, field, hint, part);
  const status = make('p', { class: 'search-status', role: 'status' });
  const answer = make('div', { class: 'search-answer' });
  return {
    element: make('search', { class: 'search' }, form, status, answer),
    form,
    field,
    part,
    status,
    answer,
  };
}
