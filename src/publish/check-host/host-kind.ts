/** Which host answers, and what its owner does to have the headers that it lacks. */

interface HostKind {
  readonly name: string;
  /** Whether these headers are its. */
  readonly isIt: (headers: Headers) => boolean;
  readonly fix: string;
}

const KINDS: readonly HostKind[] = [
  {
    name: 'GitHub Pages',
    isIt: (headers) => headers.get('server') === 'GitHub.com',
    fix: 'GitHub Pages lets nobody set headers; the service worker of the site does what it can.',
  },
  {
    name: 'Netlify',
    isIt: (headers) => headers.get('server') === 'Netlify' || headers.has('x-nf-request-id'),
    fix: 'Publish the folder dist itself: Netlify reads _headers at its top.',
  },
  {
    name: 'Vercel',
    isIt: (headers) => headers.has('x-vercel-id'),
    fix: 'Deploy the folder dist itself (vercel --cwd dist): Vercel reads vercel.json at its top.',
  },
  {
    name: 'CloudFront',
    isIt: (headers) => headers.has('x-amz-cf-id'),
    fix: 'Give the distribution the policy of .hosting/cloudfront-headers-policy.json and the function of .hosting/cloudfront-function.js.',
  },
  {
    name: 'Azure Static Web Apps',
    isIt: (headers) => headers.has('x-azure-ref') || headers.has('x-ms-request-id'),
    fix: 'Deploy the folder dist itself: Azure reads staticwebapp.config.json at its top.',
  },
  {
    name: 'Cloudflare',
    isIt: (headers) => headers.get('server') === 'cloudflare',
    fix: 'Publish the folder dist itself: Cloudflare Pages reads _headers at its top.',
  },
  {
    name: 'nginx',
    isIt: (headers) => headers.get('server')?.startsWith('nginx') ?? false,
    fix: 'Use .hosting/nginx.conf of the built site, or copy its lines.',
  },
  {
    name: 'Caddy',
    isIt: (headers) => headers.get('server')?.startsWith('Caddy') ?? false,
    fix: 'Use .hosting/Caddyfile of the built site, or copy its lines.',
  },
  {
    name: 'Apache',
    isIt: (headers) => headers.get('server')?.startsWith('Apache') ?? false,
    fix: 'Copy .htaccess with the site, and set AllowOverride All and mod_headers for its folder.',
  },
  {
    name: 'Firebase Hosting',
    isIt: (headers) => headers.get('x-served-by')?.startsWith('cache-') ?? false,
    fix: 'Deploy from the folder dist: Firebase reads firebase.json there.',
  },
];

/** The host by its headers; what is not known gets a general fix. */
export function hostKind(headers: Headers): { readonly name: string; readonly fix: string } {
  return (
    KINDS.find(({ isIt }) => isIt(headers)) ?? {
      name: 'a host that does not say what it is',
      fix: 'The built site has configuration for many hosts: _headers, vercel.json, firebase.json, staticwebapp.config.json, .htaccess and the folder .hosting.',
    }
  );
}
