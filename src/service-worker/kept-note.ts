/** The line on a page that did not come from the network. */

/** HTML; `date` is what the host's header said, and untrusted. */
export function keptNote(date: string | null, isOnline: boolean): string {
  const time = Date.parse(date ?? '');
  const day = Number.isNaN(time)
    ? ''
    : `, as it was on ${new Intl.DateTimeFormat('en-GB', { dateStyle: 'long' }).format(time)}`;
  const reason = isOnline ? 'The site does not answer.' : 'You are offline.';
  return `<p class="kept-note">${reason} This page is kept in this browser${day}.</p>`;
}
