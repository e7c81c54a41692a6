/** What S3 with CloudFront in front of it needs: a function for addresses, and a policy for headers. */
import { CONFIGURATION_FOLDER, type HostFile, type Serving } from './serving.ts';

/** Headers that a policy sets under names of its own; as custom headers CloudFront refuses them. */
const SECURITY = {
  'Content-Security-Policy': (value: string) => ({
    ContentSecurityPolicy: { Override: true, ContentSecurityPolicy: value },
  }),
  'X-Content-Type-Options': () => ({ ContentTypeOptions: { Override: true } }),
  'Referrer-Policy': (value: string) => ({ ReferrerPolicy: { Override: true, ReferrerPolicy: value } }),
} as const;

function isSecurity(name: string): name is keyof typeof SECURITY {
  return name in SECURITY;
}

/**
 * For `aws cloudfront create-response-headers-policy`.
 * Source: https://docs.aws.amazon.com/cloudfront/latest/APIReference/API_ResponseHeadersPolicyConfig.html
 */
export function cloudFrontPolicy({ headers }: Serving): HostFile {
  const own = headers.filter(([name]) => !isSecurity(name));
  const policy = {
    Name: 'book',
    Comment: 'Headers of the book: isolation, and what else a host sends.',
    SecurityHeadersConfig: Object.assign(
      {},
      ...headers.map(([name, value]) => (isSecurity(name) ? SECURITY[name](value) : {})),
    ),
    CustomHeadersConfig: {
      Quantity: own.length,
      Items: own.map(([Header, Value]) => ({ Header, Value, Override: true })),
    },
  };
  return {
    path: `${CONFIGURATION_FOLDER}/cloudfront-headers-policy.json`,
    text: `${JSON.stringify(policy, undefined, 2)}\n`,
  };
}

/**
 * A function for viewer requests: a bucket knows no folders and no pages in them.
 * Source: https://docs.aws.amazon.com/AmazonCloudFront/latest/DeveloperGuide/functions-javascript-runtime-20.html
 */
export function cloudFrontFunction(): HostFile {
  const text = `// A function of CloudFront (cloudfront-js-2.0) for viewer requests of the default behaviour.
function handler(event) {
  var request = event.request;
  var name = request.uri.split('/').pop();
  if (name === '') {
    request.uri += 'index.html';
  } else if (!name.includes('.')) {
    return {
      statusCode: 301,
      statusDescription: 'Moved Permanently',
      headers: { location: { value: request.uri + '/' } },
    };
  }
  return request;
}
`;
  return { path: `${CONFIGURATION_FOLDER}/cloudfront-function.js`, text };
}
