// says: After a load that failed, a lock was still taken. Every way out has to release it, not only the one for too little money.
export async function transfer(from, to, amount) {
  const [first, second] = from.id < to.id ? [from, to] : [to, from];
  const releases = [await first.lock(), await second.lock()];
  const releaseAll = () => releases.forEach((release) => release());

  const balance = await from.load();
  if (balance < amount) {
    releaseAll();
    throw new Error('not enough money');
  }
  await from.save(balance - amount);
  await to.save((await to.load()) + amount);
  releaseAll();
}
