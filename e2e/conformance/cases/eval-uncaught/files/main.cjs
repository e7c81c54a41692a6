function go() {
  eval('const lines = 1;\n  null.length');
}
go();
