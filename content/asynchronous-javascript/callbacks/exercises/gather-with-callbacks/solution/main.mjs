function once(callback) {
  let isCalled = false;
  return (...results) => {
    if (isCalled) return;
    isCalled = true;
    callback(...results);
  };
}

export function all(tasks, callback) {
  const done = once(callback);
  const results = [];
  let finished = 0;
  if (tasks.length === 0) queueMicrotask(() => done(null, results));
  for (const [index, task] of tasks.entries()) {
    task((error, value) => {
      if (error) {
        done(error);
        return;
      }
      results[index] = value;
      finished += 1;
      if (finished === tasks.length) done(null, results);
    });
  }
}
