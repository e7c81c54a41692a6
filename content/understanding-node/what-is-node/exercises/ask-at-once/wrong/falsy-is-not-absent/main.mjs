// says: A service answered 0, and that is an answer. Only a rejected promise means unavailable.
export async function gather(services) {
  const results = await Promise.allSettled(services.map(({ ask }) => ask()));
  return Object.fromEntries(
    results.map(({ value }, index) => [services[index].name, value || 'unavailable']),
  );
}
