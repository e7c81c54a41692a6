/** What every page loads of the search: its button and its keys. The rest comes when the reader opens it. */

// Before the router, which would follow the link.
addEventListener('click', openSearchOn, true);
addEventListener('keydown', openSearchOn);

function openSearchOn(event: MouseEvent | KeyboardEvent): void {
  const hasModifier = event.ctrlKey || event.metaKey;
  const key = 'key' in event && event.key;
  // What is clicked or has the focus is an element.
  const place = (event.target as Element).closest(key ? ':read-write,select,dialog' : '.search-opener');
  if (key ? place || key !== (hasModifier ? 'k' : '/') : hasModifier || !place) return;
  event.preventDefault();
  import('./search-dialog.ts')
    .then((search) => search.openSearch())
    .catch(() => document.querySelector('.search-problem')?.removeAttribute('hidden'));
}
