export let a=1; export function setA(v){a=v}
