/**
 * Links within the site exchange the page instead of loading it, so that programs keep running. Astro's router does that; it is
 * loaded when the reader follows a link, and this stands in for it until then.
 */

import type * as Router from 'astro:transitions/client';

let router: Promise<Pick<typeof Router, 'navigate'>> | undefined;
let isLoaded = false;

/** Rejects where the site cannot be reached; the next call tries again. */
async function loadRouter() {
  try {
    const loaded = await (router ??= import('astro:transitions/client'));
    isLoaded = true;
    return loaded;
  } catch (error) {
    router = undefined;
    throw error;
  }
}

function prepare(): void {
  loadRouter().catch(() => {});
}

/** The link of this site that a click follows in this window. */
function followedLink(event: MouseEvent): HTMLAnchorElement | undefined {
  const { target, button, metaKey, ctrlKey, altKey, shiftKey, defaultPrevented } = event;
  const link = target instanceof Element ? target.closest('a') : null;
  if (!link?.href || link.origin !== location.origin) return undefined;
  const isElsewhere = /^(?!_self$)./.test(link.target) || link.hasAttribute('download');
  const isOther = button > 0 || metaKey || ctrlKey || altKey || shiftKey || defaultPrevented;
  return isElsewhere || isOther ? undefined : link;
}

document.addEventListener('click', (event) => {
  const link = followedLink(event);
  // A page that is still loading runs nothing yet: the browser follows its links.
  if (!link || document.readyState !== 'complete') return;
  event.preventDefault();
  const { href } = link;
  loadRouter().then(
    ({ navigate }) => navigate(href, { sourceElement: link }),
    () => location.assign(href),
  );
});

// A moment before the click.
document.addEventListener('pointerdown', (event) => followedLink(event) && prepare());

// The router says this of the pages that it brings.
addEventListener('load', () => {
  document.dispatchEvent(new Event('astro:page-load'));
  // It has been here before: it knows where in the page the reader was, and what is behind Back.
  if (history.state !== null) prepare();
});

addEventListener('popstate', ({ state }) => {
  if (state !== null && !isLoaded) location.reload();
});
