export default class A{}; export const z=2
