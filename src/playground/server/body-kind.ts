/** What a body is, and how it is read as text. */
import type { ResponseHead } from '../../engine/engine.ts';

/** How a body is shown. */
export type BodyKind = 'json' | 'events' | 'image' | 'text' | 'binary';

// What an <img> shows; a script in an SVG does not run there.
const images = /^image\/(?:png|jpeg|gif|webp|avif|bmp|svg\+xml|x-icon|vnd\.microsoft\.icon)$/;
const texts =
  /^text\/|^(?:application|image)\/(?:javascript|ecmascript|xml|x-www-form-urlencoded|graphql|x-ndjson|yaml|toml)$|\+xml$/;

/** The type without its parameters, in lower case; empty where there is none. */
export function mediaType(contentType: string): string {
  return contentType.split(';', 1)[0]?.trim().toLowerCase() ?? '';
}

/** Whether an answer is a page of its own. */
export function isHtml(contentType: string): boolean {
  return /^(?:text\/html|application\/xhtml\+xml)$/.test(mediaType(contentType));
}

/** The type of an answer; empty where it has none. */
export function contentTypeOf({ headers }: Pick<ResponseHead, 'headers'>): string {
  return headers.find(([name]) => name.toLowerCase() === 'content-type')?.[1] ?? '';
}

/** What a body of this type is; undefined: only its bytes can tell. */
export function kindOfType(contentType: string): BodyKind | undefined {
  const type = mediaType(contentType);
  if (type === 'text/event-stream') return 'events';
  if (type === 'application/json' || type.endsWith('+json')) return 'json';
  if (images.test(type)) return 'image';
  if (texts.test(type) || type.startsWith('multipart/')) return 'text';
  return type === '' ? undefined : 'binary';
}

/** What a body without a type is, from its first bytes. */
export function kindOfBytes(bytes: Uint8Array): 'text' | 'binary' {
  if (bytes.includes(0)) return 'binary';
  try {
    // As a stream: a character may be cut at the end.
    new TextDecoder('utf-8', { fatal: true }).decode(bytes, { stream: true });
    return 'text';
  } catch {
    return 'binary';
  }
}

/** What decodes a body of this type; UTF-8 where it names no charset that is known. */
export function decoderOf(contentType: string): TextDecoder {
  const [, quoted, plain] = /;\s*charset\s*=\s*(?:"([^"]*)"|([^\s;]+))/i.exec(contentType) ?? [];
  try {
    return new TextDecoder(quoted ?? plain ?? 'utf-8');
  } catch {
    return new TextDecoder();
  }
}

/** JSON with indentation; undefined where it is none. Numbers, duplicate keys and escapes stay as the server wrote them. */
export function formatJson(text: string): string | undefined {
  try {
    JSON.parse(text);
  } catch {
    return undefined;
  }
  let depth = 0;
  const lines = (change: number): string => `\n${'  '.repeat((depth += change))}`;
  return [...text.matchAll(/"(?:[^"\\]|\\.)*"|[{[]\s*[}\]]|[{}[\],:]|[^\s{}[\],:"]+/g)]
    .map(([token]) => {
      if (token === '{' || token === '[') return token + lines(1);
      if (token === '}' || token === ']') return lines(-1) + token;
      if (token === ',') return token + lines(0);
      if (token === ':') return ': ';
      return /^[{[]/.test(token) ? token.replace(/\s/g, '') : token;
    })
    .join('');
}
