/** `.htaccess`, which Apache reads in the site's folder where `AllowOverride All` lets it. */
import {
  IMMUTABLE,
  NOT_FOUND,
  REVALIDATED,
  TEXT_TYPES,
  literal,
  type HostFile,
  type Serving,
} from './serving.ts';

/** Needs Apache 2.4 with mod_headers; compresses where it can. Source: https://httpd.apache.org/docs/2.4/ */
export function apacheFile({ base, headers, hashed, types, filesForHosts }: Serving): HostFile {
  const compressed = ['text/html', 'application/wasm', ...TEXT_TYPES].join(' ');
  const isHashed = `%{REQUEST_URI} =~ m#^${literal(base)}(?:${hashed})$#`;
  const text = `Options -Indexes -MultiViews
DirectoryIndex index.html
DirectorySlash On
ErrorDocument 403 ${base}${NOT_FOUND}
ErrorDocument 404 ${base}${NOT_FOUND}

AddDefaultCharset utf-8
AddCharset utf-8 .css .js .json .md .mjs .svg .txt .xml
${Object.entries(types)
  .map(([extension, type]) => `AddType ${type} .${extension}`)
  .join('\n')}

<IfModule mod_headers.c>
${headers.map(([name, value]) => `  Header always set ${name} "${value}"`).join('\n')}
  Header always set Cache-Control "${REVALIDATED}"
  Header always set Cache-Control "${IMMUTABLE}" "expr=${isHashed} && %{REQUEST_STATUS} != 404"
</IfModule>

<IfModule mod_filter.c>
  <IfModule mod_deflate.c>
    <IfModule mod_brotli.c>
      AddOutputFilterByType BROTLI_COMPRESS;DEFLATE ${compressed}
    </IfModule>
    <IfModule !mod_brotli.c>
      AddOutputFilterByType DEFLATE ${compressed}
    </IfModule>
  </IfModule>
</IfModule>

# What is there for hosts, not for readers.
<IfModule mod_alias.c>
  RedirectMatch 404 "^${literal(base)}(?:.*/)?(?:\\.|(?:${filesForHosts.map(literal).join('|')})$)"
</IfModule>
`;
  return { path: '.htaccess', text };
}
