/** What `npm run check:host` says of a host, and what it serves that is not for readers. */
import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { text } from 'node:stream/consumers';

/** Its errors, a line each; with `isComplete` its warnings too. */
export async function complaints(url: string, isComplete: boolean): Promise<string[]> {
  const check = spawn(process.execPath, ['src/publish/check-host.ts', url], {
    stdio: ['ignore', 'pipe', 'pipe'],
  });
  const [said, failure] = await Promise.all([text(check.stdout), text(check.stderr), once(check, 'close')]);
  if (failure !== '') return [`check:host: ${failure.trim()}`];
  const wanted = isComplete ? /^(?:Error|Warning): .*$/gm : /^Error: .*$/gm;
  return [...said.matchAll(wanted)].map(([line]) => `check:host: ${line}`);
}

/** Files for hosts that anybody can read, a line each. */
export async function exposures(url: string): Promise<string[]> {
  const paths = ['_headers', 'vercel.json', '.htaccess', '.hosting/nginx.conf', '.hosting/Dockerfile'];
  const statuses = await Promise.all(
    paths.map(async (path) => {
      const { status, body } = await fetch(url + path);
      await body?.cancel();
      return { path, status };
    }),
  );
  return statuses
    .filter(({ status }) => status !== 404)
    .map(({ path, status }) => `${path} is served, with status ${status}`);
}
