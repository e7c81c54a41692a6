const {test,describe,it,before,beforeEach,after,afterEach}=require('node:test');
process.on('exit',c=>console.log('exit',c)); before(()=>console.log('root before')); after(()=>console.log('root after')); let free; const third=new Promise(r=>{free=r});
describe('order',{concurrency:2},()=>{ before(()=>console.log('b')); beforeEach(t=>console.log('be',t.name)); afterEach(t=>{console.log('ae',t.name); if(t.name==='3') free()}); after(()=>console.log('a')); it('1',async()=>{await third;await new Promise(r=>setTimeout(r,30));console.log('1 done')}); it('2',async()=>{await new Promise(r=>setTimeout(r,5));console.log('2 done')}); it('3',()=>{console.log('3 done')}) });
test('hooks in ctx',async t=>{ t.before(()=>console.log('tb')); t.after(()=>console.log('ta')); t.beforeEach(()=>console.log('tbe')); await t.test('in',()=>console.log('in')); });
describe('before fails',()=>{ before(()=>{throw new Error('before broke')}); it('never',()=>{}) });
test('late',()=>{ setTimeout(()=>{throw new Error('late throw')},1) }); test('expectFailure',{expectFailure:true},()=>{throw new Error('x')});
it('skip in',t=>{t.skip('r')}); it('todo in',t=>{t.todo('r'); throw new Error('q')}); describe.skip('ss',()=>{it('n',()=>{})}); describe.todo('st',()=>{it('n',()=>{})});
