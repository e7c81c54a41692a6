// What a program changes in the language, and what a failed import leaves for `require`.
const os = require('node:os');
const getter = { get: () => 'inherited', set() { throw new Error('the setter was called'); }, configurable: true };
Object.defineProperty(Object.prototype, 'type', getter);
const arrayIterator = Object.getPrototypeOf([].values());
const { next } = arrayIterator;
arrayIterator.next = () => { throw new Error('the iterator was called'); };
const place = new Error('made with changed iterators').stack.split('\n')[1].trim();
arrayIterator.next = next;
console.log(place);

import('./good.mjs').then(({ total }) => {
  delete Object.prototype.type;
  console.log('total', total);
  return import('./bad.mjs');
}).catch((error) => {
  console.log(error.name, error.message);
  try {
    require('./bad.mjs');
  } catch (again) {
    console.log('the same error:', again === error);
  }
});

for (const [name, folder] of [['TEMP', '/c'], ['TMP', '/b/'], ['TMPDIR', '/a'], ['TMPDIR', '']]) {
  process.env[name] = folder;
  console.log(name, os.tmpdir());
}
const pattern = new URLPattern({ pathname: '/users/:user/posts/:post' });
console.log(pattern.exec({ pathname: '/users/7/posts/9' }).pathname.groups);

class Broken {
  [Symbol.for('nodejs.util.inspect.custom')]() {
    return this.#secret;
  }
  #secret = 1;
}
try {
  console.log(Object.create(Broken.prototype));
} catch (error) {
  console.log(error.stack.replace(/\(node:.*\)/g, '(node)'));
}
