// What stands below a microtask in a stack trace: nothing, or the function of Node that lets microtasks run.
const show = (label, error) =>
  console.log(`${label}: ${error.stack.replaceAll(__dirname, '.').replaceAll('\n    at ', ' < ')}`);

async function inner() {
  await null;
  throw new Error('inner');
}
async function outer() {
  await inner();
}

process.nextTick(function tick() {
  show('tick', new Error('t'));
  outer().catch((error) => show('after a tick', error));
});
setTimeout(async function first() {
  await new Promise((resolve) => setTimeout(resolve, 5));
  // Nothing was printed before, so no tick was waiting.
  const error = new Error('alone');
  show('after a timer', error);
  setImmediate(function one() {
    Promise.resolve().then(function then() {
      show('between immediates', new Error('p'));
    });
  });
  setImmediate(function two() {
    process.nextTick(function tick() {
      show('tick of an immediate', new Error('n'));
      done();
    });
  });
}, 20);

function done() {
  setTimeout(function later() {
    queueMicrotask(function micro() {
      JSON.parse('{"a": 1,\n "b": oops}');
    });
    Promise.resolve().then(() => setTimeout(fail, 1));
  }, 5);
  process.once('uncaughtException', (error) => {
    console.log(error.message);
  });
}

function fail() {
  const values = ['{', 'text'];
  values.forEach(function parse(text) {
    JSON.parse(text);
  });
}
