const v={only:1}; export {v as "module.exports"}; export default 3
