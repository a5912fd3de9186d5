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

/** Walks the months of each customer from its first start to its last end. */
export function walked({ offsets, from, to, amounts, months }) {
  const sums = new Float64Array(months * KINDS);
  const counts = new Uint32Array(months * KINDS);
  const changes = new Float64Array(months + 1);
  for (let one = 0; one + 1 < offsets.length; one += 1) {
    let [first, last] = [months, 0];
    for (let place = offsets[one]; place < offsets[one + 1]; place += 1) {
      const [start, end, amount] = [from[place], to[place], amounts[place]];
      changes[start] += amount;
      changes[end] -= amount;
      if (start < first) first = start;
      if (end > last) last = end;
    }
    let before = 0;
    let seen = false;
    for (let month = first; month <= last; month += 1) {
      const change = changes[month];
      if (change === 0) continue;
      changes[month] = 0;
      if (month === months) continue;
      const after = before + change;
      let kind;
      if (after === 0) kind = CHURN;
      else if (before === 0) kind = seen ? REACTIVATION : NEW;
      else kind = change > 0 ? EXPANSION : CONTRACTION;
      seen = true;
      const place = month * KINDS + kind;
      sums[place] += change < 0 ? -change : change;
      counts[place] += 1;
      before = after;
    }
  }
  return movements(sums, counts);
}

export const load = grouped;
export const run = walked;
