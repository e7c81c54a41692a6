// says: The pool was closed while the server was still closing. Await each step.
export function stopOn(target, steps, deadline) {
  let isStopping = false;
  async function stop() {
    if (isStopping) return target.exit(1);
    isStopping = true;
    const timer = setTimeout(() => target.exit(1), deadline);
    const results = await Promise.allSettled(steps.map((step) => step()));
    clearTimeout(timer);
    target.exitCode = results.every(({ status }) => status === 'fulfilled') ? 0 : 1;
  }
  target.on('SIGTERM', stop);
  target.on('SIGINT', stop);
}
