// says: The operator asked twice, the second time by SIGTERM. Call target.exit(1) at the second signal.
export function stopOn(target, steps, deadline) {
  let isStopping = false;
  async function stop() {
    if (isStopping) return target.exit(1);
    isStopping = true;
    const timer = setTimeout(() => target.exit(1), deadline);
    let code = 0;
    for (const step of steps) await step().catch(() => (code = 1));
    clearTimeout(timer);
    target.exitCode = code;
  }
  target.once('SIGTERM', stop);
  target.once('SIGINT', stop);
}
