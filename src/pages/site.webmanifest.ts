/** `/site.webmanifest`: what a system that installs the book shows of it. */
import type { APIRoute } from 'astro';
import { colorNamed, readColors } from '../layouts/colors.ts';
import { bookIdentity } from '../layouts/identity.ts';
import tokens from '../styles/tokens.css?raw';

const base = import.meta.env.BASE_URL;

export const GET: APIRoute = async () => {
  const { title, description, language } = await bookIdentity();
  const paper = colorNamed(readColors(tokens), 'paper').light;
  // The mark keeps to the middle, so one picture serves as it is and behind a mask.
  const pictures = [192, 512].flatMap((size) =>
    ['any', 'maskable'].map((purpose) => ({
      src: `${base}icon-${size}.png`,
      sizes: `${size}x${size}`,
      type: 'image/png',
      purpose,
    })),
  );
  const manifest = {
    id: base,
    name: title,
    short_name: title,
    description,
    lang: language,
    start_url: base,
    scope: base,
    display: 'standalone',
    background_color: paper,
    theme_color: paper,
    icons: [{ src: `${base}favicon.svg`, sizes: 'any', type: 'image/svg+xml' }, ...pictures],
  };
  return new Response(JSON.stringify(manifest), { headers: { 'Content-Type': 'application/manifest+json' } });
};
