import {test,mock,snapshot,assert as tassert} from 'node:test'; import assert from 'node:assert'; import fs from 'node:fs';
test('mock property',t=>{ const o={a:1}; const p=t.mock.property(o,'a',5); assert.equal(o.a,5); assert.equal(p.mock.accessCount(),1); });
test('getter/setter',t=>{ const o={get v(){return 1}, set v(x){}}; t.mock.getter(o,'v',()=>7); assert.equal(o.v,7); });
test('mock once',t=>{ const f=t.mock.fn(()=>1); f.mock.mockImplementationOnce(()=>2); assert.deepEqual([f(),f()],[2,1]); f.mock.resetCalls(); assert.equal(f.mock.callCount(),0); });
test('assert ctx',t=>{ t.assert.deepStrictEqual({a:1},{a:1}); t.assert.match('abc',/b/); assert.throws(()=>t.assert.snapshot(1)); });
test('wait',async t=>{ let n=0; const r=await t.waitFor(()=>{ if(++n<3) throw new Error('no'); return n },{interval:5,timeout:60_000}); assert.equal(r,3) });
tassert.register('isOdd',n=>assert.equal(n%2,1)); test('custom assert',t=>{ t.assert.isOdd(3) });
test('mock date',t=>{ t.mock.timers.enable({apis:['Date'],now:5000}); assert.equal(new Date().getTime(),5000); t.mock.timers.tick(10); assert.equal(Date.now(),5010) });
