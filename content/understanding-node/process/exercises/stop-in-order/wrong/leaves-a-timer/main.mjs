// says: The steps are done, but a timer still keeps the process alive. Clear it.
import { setTimeout as sleep } from 'node:timers/promises';

export function stopOn(target, steps, deadline) {
  let isStopping = false;
  async function run() {
    let code = 0;
    for (const step of steps) await step().catch(() => (code = 1));
    return code;
  }
  async function stop() {
    if (isStopping) return target.exit(1);
    isStopping = true;
    const code = await Promise.race([run(), sleep(deadline)]);
    if (code === undefined) target.exit(1);
    else target.exitCode = code;
  }
  target.on('SIGTERM', stop);
  target.on('SIGINT', stop);
}
