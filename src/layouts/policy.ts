/** The Content-Security-Policy of every page. */

/**
 * The policy as one line; `inlineScripts` are the texts of the scripts that stand in the page, allowed by their hashes.
 * Source: https://www.w3.org/TR/CSP3/
 */
export async function contentSecurityPolicy(inlineScripts: readonly string[] = []): Promise<string> {
  const hashes = await Promise.all(inlineScripts.map(hashSource));
  return [
    "default-src 'self'",
    // The search compiles its WebAssembly; this allows that, and no text as a script. A program's frame has its own policy.
    ["script-src 'self' 'wasm-unsafe-eval'", ...hashes].join(' '),
    // Styles are inline where the editor writes them.
    "style-src 'self' 'unsafe-inline'",
    "img-src 'self' data: blob:",
    "connect-src 'self' https://stackblitz.com https://*.stackblitz.com https://*.webcontainer.io",
    // The embedded engine's frame has a policy of its own.
    "frame-src 'self' https://stackblitz.com https://*.stackblitz.com https://*.webcontainer.io",
    "worker-src 'self' blob:",
    "object-src 'none'",
    "base-uri 'self'",
    // The form that opens a program in StackBlitz.
    "form-action 'self' https://stackblitz.com",
  ].join('; ');
}

async function hashSource(script: string): Promise<string> {
  const digest = await crypto.subtle.digest('SHA-256', new TextEncoder().encode(script));
  return `'sha256-${btoa(String.fromCharCode(...new Uint8Array(digest)))}'`;
}
