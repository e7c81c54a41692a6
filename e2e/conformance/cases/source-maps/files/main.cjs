const { setSourceMapsSupport, getSourceMapsSupport, findSourceMap } = require('node:module');
setSourceMapsSupport(true, { nodeModules: true, generatedCode: false });
console.log(getSourceMapsSupport());
try {
  require('./out.js');
} catch (error) {
  console.log(error.stack.split('\n').slice(0, 7).join('\n').replaceAll(__dirname, '.'));
}
console.log(findSourceMap(require.resolve('./out.js')).findEntry(1, 4));
