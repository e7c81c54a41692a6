/** A stand-in for the WebContainer service, for the unmodified client: its frame is ours, its programs are real Node. */
import { existsSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import type { BrowserContext, Route } from '@playwright/test';
import { bundle } from '../bundle.ts';
import { ContainerHost } from './host.ts';
import type { ProcessBehaviour } from './host-process.ts';
import { BINDING } from './protocol.ts';
import type { HostCall } from './protocol.ts';

/** How awkward the service is; may be changed while it runs. */
export interface DoubleBehaviour extends ProcessBehaviour {
  /** The whole service: it answers, no connection comes about, it answers 503, or it never answers. */
  service: 'up' | 'unreachable' | 'unavailable' | 'hanging';
  /** The frame in the page: it says that it lives, is blocked, says nothing, or waits for `letFrameAnswer`. */
  frame: 'answers' | 'blocked' | 'silent' | 'late';
}

/** The service of one browser context. */
export interface WebContainerDouble {
  readonly behaviour: DoubleBehaviour;
  /** Addresses that the pages asked it for. */
  readonly requests: readonly string[];
  /** How many containers were booted so far. */
  readonly containerCount: number;
  /** Lets frames that are `late` say that they live. */
  letFrameAnswer(): void;
  /** Ends all programs and removes their files; the context's end does it, too. */
  close(): Promise<void>;
}

const ORIGIN = 'https://stackblitz.com';

/** What runs in a WebContainer, from the cache that `npm run outputs` fills; else the Node that runs the tests. */
function findNode(): string {
  const cache = new URL('../../node_modules/.cache/loopbook/node-22.22.3/node_modules/', import.meta.url);
  const binary = new URL(`node-${process.platform}-${process.arch}/bin/node`, cache);
  return existsSync(binary) ? fileURLToPath(binary) : process.execPath;
}

// Its Comlink is the client's version: 4.3.1 and later send words where 4.3.0 sends numbers.
const FRAME = `import './e2e/webcontainer-double/frame.ts';`;

let frameScript: Promise<string> | undefined;

/** Serves `https://stackblitz.com` to the pages of a context; `behaviour` says what differs from the usual awkwardness. */
export async function installWebContainerDouble(
  context: BrowserContext,
  behaviour: Partial<DoubleBehaviour> = {},
): Promise<WebContainerDouble> {
  const current: DoubleBehaviour = {
    service: 'up',
    frame: 'answers',
    bootHangs: false,
    keepsOutputOpen: true,
    printsAfterExit: false,
    ignoresKill: false,
    node: findNode(),
    ...behaviour,
  };
  const answered = Promise.withResolvers<void>();
  const host = new ContainerHost(current, async () => {
    if (current.frame === 'silent') await new Promise(() => {});
    if (current.frame === 'late') await answered.promise;
  });
  const requests: string[] = [];
  frameScript ??= bundle(FRAME);
  const script = await frameScript;

  async function serve(route: Route): Promise<void> {
    const request = route.request();
    requests.push(request.url());
    const isFrame = request.isNavigationRequest();
    if (current.service === 'hanging') return;
    if (current.service === 'unreachable') return route.abort('internetdisconnected');
    if (isFrame && current.frame === 'blocked') return route.abort('blockedbyclient');
    if (current.service === 'unavailable') return route.fulfill({ status: 503, body: 'Service Unavailable' });
    const headers = {
      'cross-origin-embedder-policy': 'require-corp',
      'cross-origin-resource-policy': 'cross-origin',
    };
    const body = `<!doctype html><script type="module">${script.replaceAll('</script', '<\\/script')}</script>`;
    return route.fulfill({ contentType: 'text/html', headers, body });
  }

  await context.exposeBinding(BINDING, ({ frame }, call: HostCall) => {
    // The page around the frame has the function as well, and no business with it. (The frame's address is not known
    // yet when its script runs.)
    if (frame.parentFrame() === null) throw new Error(`not for ${frame.url()}`);
    return host.handle(call);
  });
  await context.route(`${ORIGIN}/**`, serve);
  // What it cannot end or remove, the end of the test run ends.
  context.on('close', () => void host.close().catch(() => {}));
  return {
    behaviour: current,
    requests,
    get containerCount() {
      return host.containerCount;
    },
    letFrameAnswer: () => answered.resolve(),
    close: () => host.close(),
  };
}
