console.log('f runs'); throw new Error('f fails')
