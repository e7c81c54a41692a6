import path = require('node:path');
