function f() {
  import { a } from './x.mjs';
}
