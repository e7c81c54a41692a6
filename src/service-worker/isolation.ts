/** Cross-origin isolation on hosts that cannot send headers: documents and workers get them added here. */

const destinations: readonly RequestDestination[] = ['document', 'iframe', 'frame', 'worker', 'sharedworker'];
const embedderPolicies: readonly (string | null)[] = ['require-corp', 'credentialless'];

/** Whether what is asked for has to be isolated. */
export function needsIsolation({ destination }: Request): boolean {
  return destinations.includes(destination);
}

/** The response with the headers of isolation; as it is where the host sent them itself. */
export function isolate(response: Response, coep: 'require-corp' | 'credentialless'): Response {
  // Redirects and errors cannot be rebuilt; the browser follows the former back to this worker.
  if (response.status === 0 || response.type === 'opaqueredirect') return response;
  const headers = new Headers(response.headers);
  const isIsolated =
    headers.get('Cross-Origin-Opener-Policy') === 'same-origin' &&
    embedderPolicies.includes(headers.get('Cross-Origin-Embedder-Policy'));
  if (isIsolated) return response;
  headers.set('Cross-Origin-Opener-Policy', 'same-origin');
  headers.set('Cross-Origin-Embedder-Policy', coep);
  headers.set('Cross-Origin-Resource-Policy', 'same-origin');
  const hasBody = ![204, 205, 304].includes(response.status);
  return new Response(hasBody ? response.body : null, {
    status: response.status,
    statusText: response.statusText,
    headers,
  });
}
