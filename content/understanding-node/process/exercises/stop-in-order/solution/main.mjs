export function stopOn(target, steps, deadline) {
  let isStopping = false;

  async function stop() {
    if (isStopping) {
      target.exit(1);
      return;
    }
    isStopping = true;
    const timer = setTimeout(() => target.exit(1), deadline);
    let code = 0;
    for (const step of steps) {
      try {
        await step();
      } catch {
        code = 1;
      }
    }
    clearTimeout(timer);
    target.exitCode = code;
  }

  target.on('SIGTERM', stop);
  target.on('SIGINT', stop);
}
