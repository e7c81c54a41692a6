Object.defineProperty(exports,"__esModule",{value:true}); exports.default=7; exports.x=8;
