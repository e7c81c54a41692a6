const { helper } = require('./lib/helper.cjs');
helper();
