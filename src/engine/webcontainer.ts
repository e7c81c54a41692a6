/** The engine that runs programs in a StackBlitz WebContainer. */
import type { WebContainer } from '@webcontainer/api';
import { EngineError } from './engine.ts';
import type { Engine } from './engine.ts';
import { ContainerBoot } from './webcontainer/boot.ts';
import type { BootOptions } from './webcontainer/boot.ts';
import { Container } from './webcontainer/container.ts';

/** How WebContainer boots and how its programs are stopped; durations in milliseconds. */
export interface WebContainerOptions extends BootOptions {
  /** How long a killed program may take to exit before the container is torn down. */
  readonly killGrace: number;
}

const DEFAULTS: WebContainerOptions = {
  coep: 'require-corp',
  origin: 'https://stackblitz.com',
  preflightDeadline: 2_000,
  initDeadline: 15_000,
  bootDeadline: 60_000,
  killGrace: 1_000,
};

/** The client boots one container a page, so all engines of a page share it; the first one's options count. */
let boot: ContainerBoot | undefined;
const containers = new WeakMap<WebContainer, Container>();

/** Makes the engine; nothing is requested before its first start. */
export function createWebContainerEngine(given: Partial<WebContainerOptions> = {}): Engine {
  const options = { ...DEFAULTS, ...given };
  return {
    name: 'webcontainer',
    async start(program, startOptions = {}) {
      if (program.packages.length > 0) {
        const message = 'WebContainer cannot be given npm packages yet.';
        throw new EngineError('webcontainer', 'not-supported', message);
      }
      boot ??= new ContainerBoot(options);
      const api = await boot.container(startOptions.signal, startOptions.onProgress ?? (() => {}));
      const container =
        containers.get(api) ?? new Container(api, options.killGrace, (ended) => boot?.tearDown(ended));
      containers.set(api, container);
      return container.start(program, startOptions);
    },
  };
}
