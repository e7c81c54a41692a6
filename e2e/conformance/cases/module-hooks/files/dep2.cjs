module.exports="two"
