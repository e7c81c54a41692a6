exports.n="a"; const b=require("./b.js"); exports.b=b.seen; 
