exports.a=1; exports.b=function(){return 2};
