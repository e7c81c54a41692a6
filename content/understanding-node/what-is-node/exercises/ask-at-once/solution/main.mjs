export async function gather(services) {
  const results = await Promise.allSettled(services.map(async ({ ask }) => ask()));
  return Object.fromEntries(
    results.map(({ status, value }, index) => [
      services[index].name,
      status === 'fulfilled' ? value : 'unavailable',
    ]),
  );
}
