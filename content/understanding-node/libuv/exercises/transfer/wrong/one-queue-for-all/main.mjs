// says: A transfer between two other accounts was held up. Wait for the locks of your own two accounts only.
let last = Promise.resolve();

export function transfer(from, to, amount) {
  const mine = last.then(() => transferAlone(from, to, amount));
  last = mine.catch(() => {});
  return mine;
}

async function transferAlone(from, to, amount) {
  const releaseFrom = await from.lock();
  const releaseTo = await to.lock();
  try {
    const balance = await from.load();
    if (balance < amount) throw new Error('not enough money');
    await from.save(balance - amount);
    await to.save((await to.load()) + amount);
  } finally {
    releaseTo();
    releaseFrom();
  }
}
