// says: The second mirror delivered first, so its file should be returned at once. The third one has not answered yet: do not wait for it.
export async function fetchFastest(mirrors) {
  const controller = new AbortController();
  const outcomes = await Promise.allSettled(mirrors.map((mirror) => mirror(controller.signal)));
  controller.abort();
  const delivered = outcomes.find(({ status }) => status === 'fulfilled');
  if (delivered) return delivered.value;
  throw new AggregateError(outcomes.map(({ reason }) => reason));
}
