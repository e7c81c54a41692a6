module.exports="dirindex"
