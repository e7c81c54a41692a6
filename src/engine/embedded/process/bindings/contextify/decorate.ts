/** Puts file, line, source line and caret in front of an error's stack, as Node's C++ does for scripts. */
import type { ProcessRealm } from '../../create-realm.ts';
import { pointTo } from '../../fatal-exception.ts';
import { withV8Stack } from '../../stack-api/javascript-core.ts';
import { throwSiteOf } from '../../throw-site.ts';

/** Decorates an error once; anything without a stack is left alone. */
export function decorateErrorStack(realm: ProcessRealm, error: unknown): void {
  if (typeof error !== 'object' || error === null) return;
  const decorated = realm.privateSymbol('decorated_private_symbol').of(error);
  if (decorated.value === true) return;
  const arrow = arrowOf(realm, error);
  const stack: unknown = Reflect.get(withV8Stack(error), 'stack');
  if (arrow === undefined || typeof stack !== 'string') return;
  Reflect.set(error, 'stack', `${arrow}\n${stack}`);
  decorated.value = true;
}

function arrowOf(realm: ProcessRealm, error: object): string | undefined {
  const known = realm.privateSymbol('arrow_message_private_symbol').of(error);
  if (typeof known.value === 'string') return known.value.endsWith('\n') ? known.value : `${known.value}\n`;
  const frames = realm.stackTraces.positionsOf(error);
  const site = throwSiteOf(realm, frames) ?? frames[0];
  if (!site) return undefined;
  const arrow = pointTo(site, realm.sources.lineAt(site));
  known.value = arrow;
  return arrow;
}
