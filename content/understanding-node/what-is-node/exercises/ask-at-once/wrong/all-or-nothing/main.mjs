// says: One service failed, and the answer of the other was lost. Handle the failure of each request on its own.
export async function gather(services) {
  const entries = services.map(async ({ name, ask }) => [name, await ask()]);
  return Object.fromEntries(await Promise.all(entries));
}
