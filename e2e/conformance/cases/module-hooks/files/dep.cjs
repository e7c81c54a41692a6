module.exports="ORIG"
