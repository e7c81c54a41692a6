/** What stands on the title page. */
import type { Element } from 'hast';
import { h } from 'hastscript';
import packageJson from '../../package.json' with { type: 'json' };
import type { Edition } from './edition.ts';

/** Title, author, and under which conditions, from when and where else the text is. */
export function titleBlock({ identity, date, configuration: { site, base } }: Edition): Element[] {
  const { title, tagline, author, license } = identity;
  const address = site === undefined ? undefined : new URL(base, site).href;
  return [
    h('header.title-page', [h('p.book-title', title), h('p.tagline', tagline), h('p.author', author)]),
    h('div.imprint', [
      h('p', [
        'Each program stands here with what it printed in ',
        `Node.js ${packageJson.devDependencies.node}. `,
        ...(address === undefined
          ? ['On the site of the book every program can be changed and run.']
          : ['Every program can be changed and run at ', h('a', { href: address }, address), '.']),
      ]),
      h('p', ['Text: ', h('a', { href: license.url }, license.name), '.']),
      h('p', `Edition of ${date.toISOString().slice(0, 10)}.`),
    ]),
  ];
}
