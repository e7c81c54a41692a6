import assert from 'node:assert/strict';
import { test } from 'node:test';
import { layOutLoop, lineBetween, size, tieBetween } from './loop-line.ts';

test('stations and stops follow each other round the loop, and stay in the picture', () => {
  const { stations, stops, step } = layOutLoop([2, 0, 3]);
  assert.equal(stations.length, 3);
  assert.equal(stops.length, 5);
  const order = [...stations, ...stops].toSorted((one, other) => one.at - other.at);
  const [first, second, third, fourth, fifth, ...rest] = order;
  assert.deepEqual(
    [first, second, third, fourth, fifth, ...rest],
    [stations[0], stops[0], stops[1], stations[1], stations[2], ...stops.slice(2)],
  );
  for (const { x, y } of order) assert.ok(x > 0 && x < size && y > 0 && y < size);
  const distance = Math.hypot(
    (stops[1]?.x ?? 0) - (stops[0]?.x ?? 0),
    (stops[1]?.y ?? 0) - (stops[0]?.y ?? 0),
  );
  assert.ok(distance > 0 && distance <= step);
});

test('a book without chapters has a line without stops', () => {
  assert.deepEqual(layOutLoop([]).stops, []);
});

test('a tie runs within the loop', () => {
  const { stops } = layOutLoop([30]);
  const [from, to] = [stops[0], stops[15]];
  assert.ok(from && to);
  const numbers =
    tieBetween(from, to)
      .match(/[\d.]+/g)
      ?.map(Number) ?? [];
  assert.equal(numbers.length, 6);
  for (const number of numbers) assert.ok(number > 0 && number < size);
  assert.match(lineBetween(0, 1), /A184 184 0 1 1 /);
});
