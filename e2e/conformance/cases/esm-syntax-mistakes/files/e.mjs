if (true) {
  import './x.mjs';
}
