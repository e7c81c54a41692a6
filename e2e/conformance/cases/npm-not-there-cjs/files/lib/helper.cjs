exports.helper = () => require('lodash');
