// says: The first step failed, and the second never ran. Catch the error of each step.
export function stopOn(target, steps, deadline) {
  let isStopping = false;
  async function stop() {
    if (isStopping) return target.exit(1);
    isStopping = true;
    const timer = setTimeout(() => target.exit(1), deadline);
    try {
      for (const step of steps) await step();
      target.exitCode = 0;
    } catch {
      target.exitCode = 1;
    }
    clearTimeout(timer);
  }
  target.on('SIGTERM', stop);
  target.on('SIGINT', stop);
}
