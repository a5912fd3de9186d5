// Typed arrays, as an expert writes them, with the contracts of a customer beside each other.

import { CHURN, CONTRACTION, EXPANSION, KINDS, NEW, REACTIVATION, movements } from './results.js';

/** The months in which contracts start and end, customer by customer; a counting sort. */
export function grouped({ customer, start, end, cents }, { months, startDay, monthOfDay }) {
  const rows = customer.length;
  let customers = 0;
  for (let row = 0; row < rows; row += 1) if (customer[row] >= customers) customers = customer[row] + 1;
  const offsets = new Uint32Array(customers + 1);
  for (let row = 0; row < rows; row += 1) offsets[customer[row] + 1] += 1;
  for (let one = 0; one < customers; one += 1) offsets[one + 1] += offsets[one];
  const next = offsets.slice(0, customers);
  const [from, to, amounts] = [new Uint8Array(rows), new Uint8Array(rows), new Int32Array(rows)];
  const last = monthOfDay.length - 1;
  for (let row = 0; row < rows; row += 1) {
    const place = next[customer[row]]++;
    from[place] = monthOfDay[start[row] - startDay];
    // What ends later, or never, ends with the range.
    const day = end[row] - startDay;
    to[place] = day < last ? monthOfDay[day] : months;
    amounts[place] = cents[row];
  }
  return { offsets, from, to, amounts, months };
}

// By whether a customer paid before, pays after, pays more, and ever paid.
const KIND_OF = Uint8Array.from({ length: 16 }, (_, bits) => {
  const [before, after, more, seen] = [bits & 8, bits & 4, bits & 2, bits & 1];
  if (!after) return CHURN;
  if (!before) return seen ? REACTIVATION : NEW;
  return more ? EXPANSION : CONTRACTION;
});

/** Walks the months of each customer in which something starts or ends; they are the bits of two numbers. */
export function walked({ offsets, from, to, amounts, months }) {
  const sums = new Float64Array(months * KINDS);
  const counts = new Uint32Array(months * KINDS);
  const changes = new Float64Array(64);
  const customers = offsets.length - 1;
  for (let one = 0; one < customers; one += 1) {
    // The distance of a shift counts modulo 32.
    let [early, late] = [0, 0];
    const next = offsets[one + 1];
    for (let place = offsets[one]; place < next; place += 1) {
      const start = from[place];
      const end = to[place];
      const amount = amounts[place];
      changes[start] += amount;
      changes[end] -= amount;
      if (start < 32) early |= 1 << start;
      else late |= 1 << start;
      if (end < 32) early |= 1 << end;
      else late |= 1 << end;
    }
    let before = 0;
    let seen = 0;
    while ((early | late) !== 0) {
      let month;
      if (early !== 0) {
        month = 31 - Math.clz32(early & -early);
        early &= early - 1;
      } else {
        month = 63 - Math.clz32(late & -late);
        late &= late - 1;
      }
      const change = changes[month];
      changes[month] = 0;
      if (change === 0 || month >= months) continue;
      const after = before + change;
      const kind = KIND_OF[((before > 0) << 3) | ((after > 0) << 2) | ((change > 0) << 1) | seen];
      seen = 1;
      const place = month * KINDS + kind;
      sums[place] += Math.abs(change);
      counts[place] += 1;
      before = after;
    }
  }
  return movements(sums, counts);
}

export const load = grouped;
export const run = walked;
