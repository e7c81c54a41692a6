import assert from 'node:assert/strict';
import { test } from 'node:test';
import { transfer } from './main.mjs';

const turns = async (count) => {
  for (let turn = 0; turn < count; turn += 1) await new Promise(setImmediate);
  return 'stuck';
};

/** What a promise gives, or `stuck` if it has given nothing after many turns of the loop. */
const soon = (promise) =>
  Promise.race([
    Promise.resolve(promise).then(
      () => 'done',
      (error) => error.message,
    ),
    turns(200),
  ]);

function createAccount(id, balance) {
  let last = Promise.resolve();
  return {
    id,
    balance,
    async load() {
      await turns(2);
      return this.balance;
    },
    async save(amount) {
      await turns(2);
      this.balance = amount;
    },
    async lock() {
      const before = last;
      let release;
      last = new Promise((resolve) => (release = resolve));
      await before;
      return release;
    },
  };
}

test('Opposite transfers both come to an end', async () => {
  const ada = createAccount('ada', 100);
  const bo = createAccount('bo', 100);
  const both = await soon(Promise.all([transfer(ada, bo, 30), transfer(bo, ada, 10)]));
  assert.equal(
    both,
    'done',
    'Two opposite transfers wait for each other forever. Take the locks in an order that is the same for both.',
  );
  assert.deepEqual([ada.balance, bo.balance], [80, 120], 'After 30 there and 10 back, 80 and 120 should be left.');
});

test('Nothing changes while someone else holds the lock', async () => {
  const [ada, bo, cy] = [createAccount('ada', 100), createAccount('bo', 0), createAccount('cy', 100)];
  for (const [account, from, to] of [
    [ada, ada, bo],
    [cy, ada, cy],
  ]) {
    const release = await account.lock();
    const balances = () => [from.balance, to.balance];
    const before = balances();
    const waiting = soon(transfer(from, to, 10));
    await turns(50);
    assert.deepEqual(
      balances(),
      before,
      'An account changed while someone else held one of the two locks. Take both locks before you load a balance.',
    );
    release();
    await waiting;
  }
});

test('No money gets lost between transfers at the same time', async () => {
  const accounts = ['ada', 'bo', 'cy'].map((id) => createAccount(id, 100));
  const [ada, bo, cy] = accounts;
  const all = [transfer(ada, bo, 10), transfer(bo, cy, 20), transfer(cy, ada, 30), transfer(ada, bo, 40)];
  const outcome = await soon(Promise.all(all));
  assert.equal(outcome, 'done', 'Four transfers in a circle did not all come to an end.');
  assert.deepEqual(
    accounts.map((account) => account.balance),
    [80, 130, 90],
    'Four transfers at the same time should leave 80, 130 and 90.',
  );
});

test('Transfers between other accounts are not held up', async () => {
  const [ada, bo, cy, di] = ['ada', 'bo', 'cy', 'di'].map((id) => createAccount(id, 100));
  const release = await ada.lock();
  const waiting = soon(transfer(ada, bo, 10));
  assert.equal(
    await soon(transfer(cy, di, 10)),
    'done',
    'A transfer between two other accounts was held up. Wait for the locks of your own two accounts only.',
  );
  release();
  await waiting;
});

test('A failure releases both locks', async () => {
  const [ada, bo] = [createAccount('ada', 5), createAccount('bo', 100)];
  assert.equal(
    await soon(transfer(ada, bo, 10)),
    'not enough money',
    'A transfer of more than there is should fail with "not enough money".',
  );
  const locks = Promise.all([ada.lock(), bo.lock()]);
  assert.equal(
    await soon(locks),
    'done',
    'After a transfer that failed, a lock was still taken. Release both locks in any case.',
  );
});

test('A load that fails releases both locks', async () => {
  for (const broken of ['ada', 'bo']) {
    const [ada, bo] = [createAccount('ada', 100), createAccount('bo', 100)];
    const account = broken === 'ada' ? ada : bo;
    account.load = async () => {
      throw new Error('no connection');
    };
    assert.equal(
      await soon(transfer(ada, bo, 10)),
      'no connection',
      'When load fails, transfer should fail with the same error.',
    );
    assert.equal(
      await soon(Promise.all([ada.lock(), bo.lock()])),
      'done',
      'After a load that failed, a lock was still taken. Every way out has to release it, not only the one for too little money.',
    );
  }
});
