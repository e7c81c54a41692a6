const vm=require('vm');
const foo = new vm.SourceTextModule(`export const foo = 4; import 'x'`);
try { foo.instantiate() } catch(e) { console.log(e.code,e.message,e.name) }
const a = new vm.SourceTextModule(`import 'x'`), b = new vm.SourceTextModule(`import 'z'`,{identifier:'bb'});
a.linkRequests([b]);
try { a.instantiate() } catch(e) { console.log(e.code,e.message) }
console.log(a);
try { a.namespace } catch(e) { console.log(e.code,e.message) }
const c=vm.createContext({print:console.log});
(async()=>{
 const m=new vm.SourceTextModule(`import s, {named} from 'dep'; print(s, named, typeof process, typeof print, import.meta.prop, this); export default s+1; export let q = 5; await 0; print('after');`,{context:c,identifier:'main.mjs',initializeImportMeta(meta,mod){meta.prop='P'},importModuleDynamically:async(s)=>{}});
 const dep=new vm.SyntheticModule(['default','named'],function(){this.setExport('default',42);this.setExport('named','n')},{context:c,identifier:'dep'});
 console.log(m.status,m.dependencySpecifiers,m.moduleRequests, dep.status);
 await m.link(async(s,ref,extra)=>{console.log(s,ref.identifier,extra);return dep});
 console.log(m.status); console.log(await m.evaluate(), m.status, m.namespace);
 console.log(m, dep);
 const bad=new vm.SourceTextModule('throw new TypeError("bad")',{identifier:'bad.mjs',context:c});
 await bad.link(()=>{}); try{ await bad.evaluate() }catch(e){console.log(e.stack.split('\n').slice(0,2).join('|'), bad.status, bad.error===e)}
 try { new vm.SourceTextModule('let a = ;',{identifier:'syn.mjs'}) } catch(e) { console.log(e.stack.split('\n').slice(0,4).join('\n')) }
 const s=new vm.Script('import("foo")',{importModuleDynamically:async(sp,script,attr)=>{console.log(sp,script===s,attr);return dep}});
 console.log((await s.runInThisContext()).default);
 try { await vm.runInThisContext('import("node:fs")') } catch(e) { console.log(e.code,e.message) }
 console.log(Object.keys(await vm.runInThisContext('import("node:path")',{importModuleDynamically:vm.constants.USE_MAIN_CONTEXT_DEFAULT_LOADER})).length>5);
 const f=vm.compileFunction('return import(x)',['x'],{importModuleDynamically:async(sp,fn)=>{console.log(fn===f);return dep}}); console.log((await f('zz')).named);
 const nolink=new vm.SourceTextModule('import {nope} from "dep"',{context:c,identifier:'nolink.mjs'});
 await nolink.link(()=>dep).catch((e)=>console.log(e.name,e.message));
 try { nolink.setExport } catch(e){}
 try { dep.setExport('zip',1) } catch(e){ console.log(e.name,e.message) }
})();
