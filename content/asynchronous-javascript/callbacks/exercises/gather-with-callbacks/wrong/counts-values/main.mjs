// says: One task succeeded with 0, the other with undefined. Both have finished, so the callback should have come. Count calls, not values.
export function all(tasks, callback) {
  const results = [];
  let isDone = false;
  const finish = (error) => {
    if (isDone) return;
    isDone = true;
    if (error) callback(error);
    else callback(null, results);
  };
  if (tasks.length === 0) queueMicrotask(finish);
  tasks.forEach((task, index) => {
    task((error, value) => {
      if (error) return finish(error);
      results[index] = value;
      if (results.filter(Boolean).length === tasks.length) finish();
    });
  });
}
