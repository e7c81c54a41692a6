import { zip } from './c.cjs';
