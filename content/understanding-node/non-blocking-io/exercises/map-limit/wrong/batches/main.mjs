// says: One slow call held up the others. Begin the next call as soon as any one has ended, and do not wait for a whole group.
export async function mapLimit(items, limit, work) {
  const results = [];
  for (let start = 0; start < items.length; start += limit) {
    const batch = items.slice(start, start + limit);
    results.push(...(await Promise.all(batch.map((item) => work(item)))));
  }
  return results;
}
