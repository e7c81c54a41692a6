import { Shape } from './shape.mts';
const shape: Shape | undefined = undefined;
console.log(shape);
