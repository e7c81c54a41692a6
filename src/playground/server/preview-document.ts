/** What a preview shows of an answer: its HTML, or a page around what is none. */
import { toBase64 } from './base64.ts';
import { decoderOf, formatJson, isHtml, kindOfBytes, kindOfType, mediaType } from './body-kind.ts';
import { describeSize } from './hex.ts';

/** Bytes of a page that are read. */
export const longestPage = 8_000_000;

/** HTML that shows a body of this type. Bytes of images are in it, text is escaped. */
export function documentFor(contentType: string, bytes: Uint8Array<ArrayBuffer>): string {
  const kind = kindOfType(contentType) ?? kindOfBytes(bytes);
  const text = (): string => decoderOf(contentType).decode(bytes);
  // An answer without a type that begins like a page is one, as in browsers.
  const isSniffed =
    contentType === '' && /^\s*<(?:!doctype html|html|head|body|h1|p|div)\b/i.test(text().slice(0, 500));
  if (isHtml(contentType) || isSniffed) return text();
  if (kind === 'image')
    return page(`<img alt="" src="data:${escape(mediaType(contentType))};base64,${toBase64(bytes)}">`);
  if (bytes.length === 0) return page('<p>The answer has no body.</p>');
  if (kind === 'binary')
    return page(
      `<p>${escape(`${describeSize(bytes.length)} of ${mediaType(contentType) || 'an unknown type'}: see them under Requests.`)}</p>`,
    );
  return page(`<pre>${escape((kind === 'json' ? formatJson(text()) : undefined) ?? text())}</pre>`);
}

function page(body: string): string {
  return `<!doctype html><meta name="color-scheme" content="light"><style>body{font:15px/1.5 system-ui,sans-serif;margin:1rem}pre{white-space:pre-wrap;overflow-wrap:anywhere;font:14px/1.5 monospace;margin:0}img{max-width:100%}</style>${body}`;
}

function escape(text: string): string {
  return text.replaceAll('&', '&amp;').replaceAll('<', '&lt;').replaceAll('"', '&quot;');
}
