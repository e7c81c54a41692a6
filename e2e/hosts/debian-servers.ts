/** nginx, Caddy and Apache of Debian, with the configuration that the build wrote. Only port and root are filled in. */
import { existsSync } from 'node:fs';
import { mkdir, mkdtemp, readFile, rm, symlink, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { installPackages, requireProgram } from '../system-programs.ts';
import { freePort } from './free-port.ts';
import type { BuiltFor, Host, RunningHost } from './host.ts';
import { startProcess } from './server-process.ts';

const BROTLI = '/usr/lib/nginx/modules/ngx_http_brotli_filter_module.so';

/** nginx; with `isBrotli`, the lines about Brotli are no comments any more. */
export function nginx(base: string, isBrotli = false): Host {
  return {
    name: isBrotli ? 'nginx with Brotli' : 'nginx',
    base,
    missing() {
      const missing = requireProgram('nginx');
      if (missing !== undefined || !isBrotli || existsSync(BROTLI)) return missing;
      return installPackages('libnginx-mod-http-brotli-filter');
    },
    start: (site) =>
      inRoot(site, async (folder, root, port) => {
        const written = await readFile(join(site.directory, '.hosting/nginx.conf'), 'utf8');
        const server = isBrotli ? written.replaceAll('  # brotli', '  brotli') : written;
        const main = `daemon off;
pid ${folder}/nginx.pid;
error_log stderr warn;
worker_processes 1;
${process.getuid?.() === 0 ? 'user root;' : ''}
${isBrotli ? `load_module ${BROTLI};` : ''}
events {}
http {
  access_log off;
  ${['client_body', 'proxy', 'fastcgi', 'uwsgi', 'scgi'].map((use) => `${use}_temp_path ${folder}/${use};`).join('\n  ')}
  include ${folder}/site.conf;
}
`;
        await writeFile(join(folder, 'nginx.conf'), main);
        await writeFile(
          join(folder, 'site.conf'),
          fill(server, [
            ['listen 80;', `listen 127.0.0.1:${port};`],
            ['listen [::]:80;', ''],
            ['root /srv/www;', `root ${root};`],
          ]),
        );
        return ['nginx', ['-c', join(folder, 'nginx.conf'), '-e', 'stderr']];
      }),
  };
}

/** Caddy. */
export function caddy(base: string): Host {
  return {
    name: 'Caddy',
    base,
    missing: () => requireProgram('caddy'),
    start: (site) =>
      inRoot(site, async (folder, root, port) => {
        const written = await readFile(join(site.directory, '.hosting/Caddyfile'), 'utf8');
        // Without its remote control, several can run.
        const file = `{\n\tadmin off\n\tauto_https off\n}\n${fill(written, [
          [':80 {', `http://localhost:${port} {`],
          ['root * /srv/www', `root * ${root}`],
        ])}`;
        await writeFile(join(folder, 'Caddyfile'), file);
        return ['caddy', ['run', '--config', join(folder, 'Caddyfile'), '--adapter', 'caddyfile']];
      }),
  };
}

/** Apache as Debian sets it up, with the modules that `.htaccess` can use. */
export function apache(base: string): Host {
  return {
    name: 'Apache',
    base,
    missing: () => requireProgram('apache2'),
    start: (site) =>
      inRoot(site, async (folder, root, port) => {
        const modules = [
          'mpm_event',
          'authz_core',
          'dir',
          'mime',
          'headers',
          'alias',
          'filter',
          'deflate',
          'brotli',
        ];
        const main = `ServerName localhost
ServerRoot ${folder}
PidFile ${folder}/apache.pid
Listen 127.0.0.1:${port}
ErrorLog ${folder}/error.log
${modules.map((name) => `LoadModule ${name}_module /usr/lib/apache2/modules/mod_${name}.so`).join('\n')}
TypesConfig /etc/mime.types
DocumentRoot ${root}
<Directory ${root}>
  Options FollowSymLinks
  AllowOverride All
  Require all granted
</Directory>
`;
        await writeFile(join(folder, 'apache.conf'), main);
        return ['apache2', ['-f', join(folder, 'apache.conf'), '-D', 'FOREGROUND']];
      }),
  };
}

/** Python's server of files: no headers, nothing configured. */
export function python(base: string): Host {
  return {
    name: 'python3 -m http.server',
    base,
    hasOwnNotFound: true,
    missing: () => requireProgram('python3'),
    start: (site) =>
      inRoot(site, (_folder, root, port) =>
        Promise.resolve([
          'python3',
          ['-m', 'http.server', `${port}`, '--bind', '127.0.0.1', '--directory', root],
        ]),
      ),
  };
}

/** Runs a server whose root holds the site at its base, and with a folder for its own files that goes when it stops. */
async function inRoot(
  { directory, base }: BuiltFor,
  prepare: (
    folder: string,
    root: string,
    port: number,
  ) => Promise<readonly [program: string, args: readonly string[]]>,
): Promise<RunningHost> {
  const folder = await mkdtemp(join(tmpdir(), 'host-'));
  const port = await freePort();
  const root = base === '/' ? directory : join(folder, 'root');
  if (base !== '/') {
    const place = join(root, base.slice(1, -1));
    await mkdir(dirname(place), { recursive: true });
    await symlink(directory, place);
  }
  const [program, args] = await prepare(folder, root, port);
  const host = await startProcess(program, args, `http://localhost:${port}${base}`, {
    env: { XDG_DATA_HOME: folder, XDG_CONFIG_HOME: folder },
  });
  return {
    url: host.url,
    async stop() {
      await host.stop();
      await rm(folder, { recursive: true, force: true });
    },
  };
}

/** Replaces each part once; throws where the configuration does not have it. */
function fill(text: string, parts: readonly (readonly [part: string, by: string])[]): string {
  let filled = text;
  for (const [part, by] of parts) {
    if (!filled.includes(part)) throw new Error(`The configuration has no line “${part}”.`);
    filled = filled.replace(part, by);
  }
  return filled;
}
