/** The engine that runs programs in a StackBlitz WebContainer. */
import type { WebContainer } from '@webcontainer/api';
import type { Engine } from './engine.ts';
import type { NpmPackages } from './packages/npm-packages.ts';
import { ContainerBoot } from './webcontainer/boot.ts';
import type { BootOptions } from './webcontainer/boot.ts';
import { Container } from './webcontainer/container.ts';

/** How WebContainer boots and how its programs are stopped; durations in milliseconds. */
export interface WebContainerOptions extends BootOptions {
  /** How long a killed program may take to exit before the container is torn down. */
  readonly killGrace: number;
  /** What programs may import. */
  readonly packages: NpmPackages;
}

const DEFAULTS: Omit<WebContainerOptions, 'packages'> = {
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
export function createWebContainerEngine(
  given: Partial<WebContainerOptions> & Pick<WebContainerOptions, 'packages'>,
): Engine {
  const options = { ...DEFAULTS, ...given };
  return {
    name: 'webcontainer',
    async start(program, startOptions = {}) {
      boot ??= new ContainerBoot(options);
      const [api, provided] = await Promise.all([
        boot.container(startOptions.signal, startOptions.onProgress ?? (() => {})),
        options.packages.provide(program),
      ]);
      const container =
        containers.get(api) ?? new Container(api, options.killGrace, (ended) => boot?.tearDown(ended));
      containers.set(api, container);
      return container.start(program, provided, startOptions);
    },
  };
}
