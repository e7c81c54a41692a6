import x from './x.json' with { type: 'json' };
function f(){
  await x;
}
