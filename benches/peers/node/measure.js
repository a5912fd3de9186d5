// One engine on one book, measured in this process, which does nothing else. Prints what it found as JSON.

import { readFileSync, writeFileSync } from 'node:fs';
import path from 'node:path';

// Each work is run as often, and for as long, as this at least.
const RUNS = 5;
const SECONDS = 5;
const [engine, book, answer] = process.argv.slice(2);

const memory = (field) => {
  const line = readFileSync('/proc/self/status', 'ascii').match(new RegExp(`^${field}:\\s+(\\d+)`, 'm'));
  return Number(line[1]) * 1024;
};

/** Makes the present the peak so far, where the system lets a process do so. */
const forgetPeak = () => {
  try {
    writeFileSync('/proc/self/clear_refs', '5');
  } catch {
    // The peak of loading is counted then.
  }
};

const column = (name) => {
  const bytes = readFileSync(path.join(book, `${name}.i32`));
  return new Int32Array(bytes.buffer, bytes.byteOffset, bytes.length / 4);
};
const names = ['customer', 'start', 'end', 'cents'];
const columns = Object.fromEntries(names.map((name) => [name, column(name)]));
const range = JSON.parse(readFileSync(path.join(book, 'range.json'), 'utf8'));
range.monthOfDay = Uint8Array.from(range.monthOfDay);

const { load, run, columns: told } = await import(`./${engine}.js`);
const data = await load(columns, range);
forgetPeak();
const before = memory('VmRSS');
const runs = [];
let result;
const spent = () => runs.reduce((sum, seconds) => sum + seconds, 0);
while (runs.length < 1 + RUNS || spent() < SECONDS) {
  result = undefined;
  const start = performance.now();
  result = run(data);
  runs.push((performance.now() - start) / 1000);
}
const peak = memory('VmHWM') - before;
writeFileSync(answer, JSON.stringify(told ? told(result) : result));
console.log(JSON.stringify({ seconds: Math.min(...runs.slice(1)), runs, peak }));
