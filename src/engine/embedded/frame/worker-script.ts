/** How a Worker of the sandbox, whose origin is opaque, gets its script. */

/** Takes a script and returns what starts Workers with it. */
export type WorkerScript = (source: string) => () => Worker;

const fromBlob: WorkerScript = (source) => {
  const url = URL.createObjectURL(new Blob([source], { type: 'text/javascript' }));
  return () => new Worker(url);
};

// The script is not in the address itself, which WebKit writes into every line of a stack trace.
const takeMessage = "addEventListener('message',({data})=>(0,eval)(data),{once:true})";

const fromMessage: WorkerScript = (source) => () => {
  const worker = new Worker(`data:text/javascript,${takeMessage}`);
  worker.postMessage(source, []);
  return worker;
};

/**
 * From a Blob; in an isolated page of WebKit, which starts no Worker from a Blob of an opaque origin, from a message to a
 * Worker whose address is its script. (Chromium starts that too, but does not isolate it.)
 */
export async function findWorkerScript(): Promise<WorkerScript> {
  if (crossOriginIsolated && !(await canStartFromBlob())) return fromMessage;
  refuseAddresses();
  return fromBlob;
}

/** From here on, scripts in addresses are against the policy: only WebKit needs them. */
function refuseAddresses(): void {
  const policy = document.createElement('meta');
  policy.httpEquiv = 'Content-Security-Policy';
  policy.content = "script-src 'unsafe-eval' 'wasm-unsafe-eval' blob:; worker-src blob:";
  document.head.append(policy);
}

function canStartFromBlob(): Promise<boolean> {
  const { promise, resolve } = Promise.withResolvers<boolean>();
  const worker = fromBlob('postMessage(0)')();
  worker.onmessage = () => resolve(true);
  worker.onerror = () => resolve(false);
  return promise.finally(() => worker.terminate());
}
