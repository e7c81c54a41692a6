/** Cross-origin isolation, which gives the embedded engine shared memory. */

/** Headers of an isolated page, and of what it loads. */
export const ISOLATION = {
  'Cross-Origin-Opener-Policy': 'same-origin',
  'Cross-Origin-Embedder-Policy': 'require-corp',
  'Cross-Origin-Resource-Policy': 'same-origin',
} as const;
