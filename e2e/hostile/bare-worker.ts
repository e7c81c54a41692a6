/** A stranger's Worker in the place of the engine's. */

/** A Worker that runs the program's text as its own, with the port of the run. */
export const bareWorker = `
  onmessage = async ({ data, ports: [port] }) => {
    if (data.type !== 'run') return;
    const print = (text) => port.postMessage({ type: 'output', fd: 1, bytes: new TextEncoder().encode(text) });
    const run = new Function('port', 'print', 'return (async () => {' + data.program.files['main.cjs'] + '})()');
    await run(port, print).catch((error) => print(String(error)));
    port.postMessage({ type: 'exit', code: 0 });
  };`;
