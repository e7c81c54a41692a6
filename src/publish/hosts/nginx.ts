/** `nginx.conf`: a server for the site, in a file to include from the `http` block, as Debian includes `conf.d/*.conf`. */
import {
  CONFIGURATION_FOLDER,
  IMMUTABLE,
  NOT_FOUND,
  REVALIDATED,
  TEXT_TYPES,
  literal,
  type HostFile,
  type Serving,
} from './serving.ts';

/** Needs nginx 1.19 or later, and for the lines about Brotli a module. Source: https://nginx.org/en/docs/ */
export function nginxFile({ base, headers, hashed, types, filesForHosts }: Serving): HostFile {
  const compressed = ['application/wasm', ...TEXT_TYPES].join(' ');
  const text = `# The site on nginx. Copy the folder of the site to /srv/www${base} and this file to /etc/nginx/conf.d/,
# set server_name, and let certbot or a proxy add HTTPS: browsers isolate no page without it.

# A page of what is not there is read here by its own name, and so never kept for long.
map $uri $book_cache_control {
  default "${REVALIDATED}";
  "~^${literal(base)}(?:${hashed})$" "${IMMUTABLE}";
}

server {
  listen 80;
  listen [::]:80;
  server_name _;
  root /srv/www;
  index index.html;

  # Behind a proxy, nginx knows neither the scheme nor the port that the reader sees.
  absolute_redirect off;
  error_page 403 404 =404 ${base}${NOT_FOUND};

  include /etc/nginx/mime.types;
  types {
${Object.entries(types)
  .map(([extension, type]) => `    ${type} ${extension};`)
  .join('\n')}
  }
  charset utf-8;
  charset_types ${TEXT_TYPES.join(' ')};

${headers.map(([name, value]) => `  add_header ${name} "${value}" always;`).join('\n')}
  add_header Cache-Control $book_cache_control always;

  gzip on;
  gzip_vary on;
  gzip_proxied any;
  gzip_comp_level 6;
  gzip_min_length 1000;
  gzip_types ${compressed};

  # A fifth smaller, with Debian's package libnginx-mod-http-brotli-filter:
  # brotli on;
  # brotli_min_length 1000;
  # brotli_types ${compressed};

  location ${base} {
    try_files $uri $uri/ =404;
  }
${base === '/' ? '' : `  location = ${base.slice(0, -1)} {\n    return 301 ${base};\n  }\n`}
  # What is there for hosts, not for readers.
  location ~ ^${literal(base)}(?:.*/)?(?:\\.|(?:${filesForHosts.map(literal).join('|')})$) {
    return 404;
  }
}
`;
  return { path: `${CONFIGURATION_FOLDER}/nginx.conf`, text };
}
