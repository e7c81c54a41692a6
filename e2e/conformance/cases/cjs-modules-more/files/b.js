const a=require("./a.js"); exports.seen=JSON.stringify(a)+a.zz;
