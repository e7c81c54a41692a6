console.log('t2'); export default 1
