// says: The operator asked twice, the second time by SIGINT. Call target.exit(1) at the second signal.
export function stopOn(target, steps, deadline) {
  let isStopping = false;
  async function stop() {
    if (isStopping) return;
    isStopping = true;
    const timer = setTimeout(() => target.exit(1), deadline);
    target.exitCode = 0;
    for (const step of steps) await step().catch(() => (target.exitCode = 1));
    clearTimeout(timer);
  }
  target.on('SIGTERM', stop);
  target.on('SIGINT', stop);
}
