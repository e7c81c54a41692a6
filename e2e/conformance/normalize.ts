/** What may differ between two correct runs of a conformance case: the recorder of the cases applies the same rules. */

const frames =
  /(?:\n[ \t]+at (?:(?!\n)[^\n])*?(?:\d+:\d+\)?|\(<anonymous>\)|native\)?|<anonymous>))+(?= [{\]}]|[\]},]|\n|$)/g;

/** Output with the working directory, stack frames, durations and Node's version line replaced by names. */
export function normalize(output: string, directory: string): string {
  return output
    .replaceAll(`file://${directory}`, '<cwd>')
    .replaceAll(directory, '<cwd>')
    .replaceAll('\r\n', '\n')
    .replace(frames, '\n    at <stack>')
    .replace(/\(\d+(?:\.\d+)?ms\)/g, '(<ms>)')
    .replace(/duration_ms:? \d+(?:\.\d+)?/g, 'duration_ms <ms>')
    .replace(/\nNode\.js v[\d.]+/g, '\nNode.js v<ver>');
}
