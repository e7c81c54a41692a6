/** What the commands need before they begin; where it is missing they say so and end with exit code 2. */
import { existsSync } from 'node:fs';
import { join } from 'node:path';

/** Ends the command with a sentence for whoever gave it, or with the message of an error that is one. */
export function refuse(reason: unknown): never {
  console.error(reason instanceof Error ? reason.message : reason);
  process.exit(2);
}

/** Refuses where the embedded engine is not built. */
export function requireEngine(): void {
  if (!existsSync('public/engine/manifest.json')) refuse('The engine is not built. Run: npm run engine');
}

/** Refuses where a folder holds no built site. */
export function requireSite(directory: string): void {
  if (!existsSync(join(directory, 'index.html'))) refuse(`${directory} has no site. Run: npm run build`);
}
