#!/usr/bin/env node
const { readFileSync }: typeof import('node:fs') = require('node:fs');
const greet: (name: string) => string = require('./greet.cts');
const words = require('./words.mts');

type Row = [name: string, length: number];
const rows: Row[] = readFileSync(__filename, 'utf8')
  .split('\n')
  .filter((line: string): boolean => line.startsWith('const'))
  .map((line): Row => [line.slice(6, 13), line.length]);

console.log(greet('world'), words, typeof module, rows.length);
console.log(typeof require, require.extensions['.ts'] !== undefined);
console.log(rows[0]![1] > 10, this === module.exports);
