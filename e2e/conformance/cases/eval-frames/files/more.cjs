const show = (run) => {
  try {
    run();
  } catch (error) {
    const frames = error.stack.split('\n').slice(1, 4);
    console.log(frames.map((frame) => frame.trim().slice('at '.length).replaceAll(process.cwd(), '')));
  }
};
show(new Function('throw new Error("plain")'));
show(() => eval('throw new Error("direct")'));
show(() => (0, eval)('throw new Error("indirect")'));
exports.run = function () {
  return eval('throw new Error("in a method")');
};
show(() => exports.run());
