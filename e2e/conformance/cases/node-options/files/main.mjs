process.emitWarning('careful');
console.log(process.execArgv, process.env.NODE_OPTIONS, Error.stackTraceLimit, process.title);
