// says: Two tasks failed and one succeeded: the callback must be called once, for the first failure.
export function all(tasks, callback) {
  const results = [];
  let finished = 0;
  if (tasks.length === 0) queueMicrotask(() => callback(null, results));
  for (const [index, task] of tasks.entries()) {
    task((error, value) => {
      if (error) return callback(error);
      results[index] = value;
      finished += 1;
      if (finished === tasks.length) callback(null, results);
    });
  }
}
