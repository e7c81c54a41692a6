/** `Caddyfile`: the site on Caddy. */
import {
  CONFIGURATION_FOLDER,
  IMMUTABLE,
  NOT_FOUND,
  REVALIDATED,
  literal,
  type HostFile,
  type Serving,
} from './serving.ts';

/** Needs Caddy 2.6 or later. Source: https://caddyserver.com/docs/caddyfile */
export function caddyFile({ base, headers, hashed, types, filesForHosts }: Serving): HostFile {
  const hidden = ['/.*', '*/.*', ...filesForHosts.map((file) => base + file)].join(' ');
  const text = `# The site on Caddy. Copy the folder of the site to /srv/www${base} and this file to /etc/caddy/Caddyfile.
# With a domain in place of :80, Caddy gets a certificate by itself: browsers isolate no page without HTTPS.

(book_headers) {
	header {
${headers.map(([name, value]) => `\t\t${name} "${value}"`).join('\n')}
	}
}

:80 {
	root * /srv/www
	encode zstd gzip
	import book_headers

	@hashed path_regexp ^${literal(base)}(?:${hashed})$
	@others not path_regexp ^${literal(base)}(?:${hashed})$
	header @hashed Cache-Control "${IMMUTABLE}"
	header @others Cache-Control "${REVALIDATED}"

${Object.entries(types)
  .map(
    ([extension, type]) =>
      `\t@${extension} path *.${extension}\n\theader @${extension} Content-Type "${withCharset(type)}"`,
  )
  .join('\n')}

	# What is there for hosts, not for readers.
	@hidden path ${hidden}
	error @hidden 404

	file_server

	handle_errors {
		import book_headers
		header Cache-Control "${REVALIDATED}"
		header Content-Type "text/html; charset=utf-8"
		rewrite * ${base}${NOT_FOUND}
		file_server
	}
}
`;
  return { path: `${CONFIGURATION_FOLDER}/Caddyfile`, text };
}

/** Caddy names no character set by itself. */
function withCharset(type: string): string {
  return type.startsWith('text/') ? `${type}; charset=utf-8` : type;
}
