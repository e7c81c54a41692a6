/** The engines of this page: one set for all of its programs, loaded at the first need. */
import type { Engines } from '../../engine/index.ts';
import { RunQueue } from './run-queue.ts';

/** All programs of this page run in turn. */
export const pageQueue = new RunQueue();

/** Dispatches `change` when what the engines would choose may have changed. */
export const engineChanges = new EventTarget();

let loading: Promise<Engines> | undefined;
let loaded: Engines | undefined;

/** The engines, where they are loaded already. */
export function peekEngines(): Engines | undefined {
  return loaded;
}

/** Loads the choice of engines, not yet an engine; rejects where the site cannot be reached. */
export function loadEngines(): Promise<Engines> {
  // A failure is forgotten, so that the next try may succeed.
  return (loading ??= load().catch((error: unknown) => {
    loading = undefined;
    throw error;
  }));
}

async function load(): Promise<Engines> {
  const { createEngines } = await import('../../engine/index.ts');
  const { base = '/', engine, engines, apiKey, coep, bootDeadline } = document.documentElement.dataset;
  const name = (value: string | undefined) =>
    value === 'webcontainer' || value === 'embedded' ? value : undefined;
  loaded = createEngines({
    preferred: name(engine),
    only: name(engines),
    webcontainer: {
      ...(apiKey ? { apiKey } : {}),
      ...(coep === 'credentialless' ? { coep } : {}),
      ...(bootDeadline ? { initDeadline: Number(bootDeadline) } : {}),
    },
    embedded: { baseUrl: `${base}engine/` },
    packages: { baseUrl: `${base}packages/` },
  });
  return loaded;
}
