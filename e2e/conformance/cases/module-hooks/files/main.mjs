import { registerHooks, register } from 'node:module';
const h = registerHooks({ resolve(s, c, next){ if(s==='virtual:x') return {url:'virtual:x',shortCircuit:true,format:'module'}; const r=next(s,c); if (s.includes('dep')) console.log('resolve',s,c.conditions.join(),Object.keys(c.importAttributes)); return r }, load(u,c,next){ if(u==='virtual:x') return {format:'module',source:'export default "virtual"',shortCircuit:true}; const r=next(u,c); if(u.includes('dep')) { console.log('load',u.slice(-8),r.format,typeof r.source); return {...r,source:String(r.source).replace('ORIG','CHANGED')} } return r }});
console.log((await import('virtual:x')).default, (await import('./dep.mjs')).default, (await import('./dep.cjs')).default);
h.deregister(); try { await import('virtual:y') } catch(e){ console.log(e.code) }
import { createRequire } from 'node:module'; const require=createRequire(import.meta.url);
const h2=registerHooks({resolve(s,c,n){ return s==='fake' ? {url:new URL('./dep2.cjs',import.meta.url).href,shortCircuit:true} : n(s,c)}}); console.log(require('fake')); h2.deregister(); try{require('fake')}catch(e){console.log(e.code)}
register('./hooks.mjs', import.meta.url, {data:{n:7}}); console.log((await import('magic:42')).default); console.log(import.meta.resolve('./dep.mjs').slice(-8));
try { registerHooks({resolve:5}) } catch(e){ console.log(e.code,e.message) } try { register('./nohooks.mjs', import.meta.url) } catch(e){ console.log(e.code,e.message.replace(/\/.*\//g,'')) }
