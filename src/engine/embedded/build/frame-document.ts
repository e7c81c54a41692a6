/** Writes the host document of the engine's frame: two inline scripts that its own policy names by their hashes. */
import { createHash } from 'node:crypto';

/**
 * The document that the page embeds. `host` is the script that runs in it; `sandbox` runs in the sandboxed document
 * inside, which inherits the policy.
 */
export function buildFrame(host: string, sandbox: string): string {
  const inner = documentWith(sandbox);
  const outer = `globalThis.sandboxDocument=${toInlineString(inner)};${host}`;
  const policy = [
    "default-src 'none'",
    `script-src ${hashOf(outer)} ${hashOf(sandbox)} 'unsafe-eval' 'wasm-unsafe-eval' blob: data:`,
    'worker-src blob: data:',
    "base-uri 'none'",
    "form-action 'none'",
  ].join('; ');
  return documentWith(outer, `<meta http-equiv="Content-Security-Policy" content="${policy}">`);
}

function documentWith(script: string, head = ''): string {
  return `<!doctype html><html lang="en"><head><meta charset="utf-8">${head}<title>Engine</title></head><body><script>${script}</script></body></html>`;
}

// `</script>` and `<!--` inside a string would end or confuse the element that contains it.
function toInlineString(text: string): string {
  return JSON.stringify(text).replaceAll('<', String.raw`\u003c`);
}

function hashOf(script: string): string {
  return `'sha256-${createHash('sha256').update(script).digest('base64')}'`;
}
