export * from './am1.mjs'; export * from './am2.mjs'; 
