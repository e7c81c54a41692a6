console.log('t1'); await 0; console.log('t1b'); await 0; console.log('t1c')
