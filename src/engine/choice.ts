/** Which engine a program runs in, decided from what is known before it starts. */
import { EngineError } from './engine.ts';
import type { EngineName } from './engine.ts';

/** What the reader asked for: `auto` leaves it to the site. */
export type EnginePreference = 'auto' | EngineName;

/** What a program asks for: `any` runs in both. */
export type EngineNeed = 'any' | EngineName;

/** Everything that the choice depends on. */
export interface Circumstances {
  readonly need: EngineNeed;
  readonly preference: EnginePreference;
  /** The engine of a reader who has no preference. */
  readonly preferred: EngineName;
  /** The site was built for one engine alone. */
  readonly only?: EngineName | undefined;
  /** The page meets what WebContainer asks of it: cross-origin isolation. */
  readonly isIsolated: boolean;
  /** Why WebContainer failed earlier in this visit, as a sentence. */
  readonly failure?: string | undefined;
}

/** The engine to try first, whether the other may take over, and a sentence on why where there is something to say. */
export interface Choice {
  readonly engine: EngineName;
  readonly canFallBack: boolean;
  readonly reason?: string;
}

const LABELS: Readonly<Record<EngineName, string>> = {
  webcontainer: 'WebContainer',
  embedded: 'the embedded engine',
};

/** Adds to the sentence on what failed what happens now. */
export function fallBackReason(failure: string): string {
  return `${failure} Running in the embedded engine instead.`;
}

/** Picks the engine; throws an `EngineError` of code `not-supported` where the site has none for the program. */
export function chooseEngine(circumstances: Circumstances): Choice {
  const { need, preference, preferred, only, isIsolated, failure } = circumstances;
  if (only !== undefined) {
    if (need !== 'any' && need !== only) {
      throw new EngineError(
        only,
        'not-supported',
        `Only ${LABELS[need]} can run this program, and this site uses ${LABELS[only]} alone.`,
      );
    }
    return { engine: only, canFallBack: false, reason: `This site uses ${LABELS[only]} alone.` };
  }
  if (need !== 'any') {
    return { engine: need, canFallBack: false, reason: `Only ${LABELS[need]} can run this program.` };
  }
  if (preference === 'embedded') {
    return { engine: 'embedded', canFallBack: false, reason: 'You chose the embedded engine.' };
  }
  if (preference === 'auto' && preferred === 'embedded') {
    return { engine: 'embedded', canFallBack: false };
  }
  if (!isIsolated) {
    const failed = 'WebContainer needs a cross-origin isolated page, and this page is not.';
    return { engine: 'embedded', canFallBack: false, reason: fallBackReason(failed) };
  }
  if (failure !== undefined) {
    return { engine: 'embedded', canFallBack: false, reason: fallBackReason(failure) };
  }
  return { engine: 'webcontainer', canFallBack: true };
}
