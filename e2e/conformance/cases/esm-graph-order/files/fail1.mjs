import './f.mjs'; console.log('never')
