// says: A service was asked only after another had answered. Start every request first, then wait for all of them together.
export async function gather(services) {
  const answers = {};
  for (const { name, ask } of services) {
    answers[name] = await ask().catch(() => 'unavailable');
  }
  return answers;
}
