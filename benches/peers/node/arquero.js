// Arquero: tables of typed columns. Slower: `derive` with a window for what a customer pays before and after.

import * as aq from 'arquero';

import { CHURN, CONTRACTION, EXPANSION, KINDS, NEW, REACTIVATION, movements } from './results.js';

export function load({ customer, start, end, cents }, { months, startDay, monthOfDay }) {
  const last = monthOfDay.length - 1;
  const month = (day) => (day - startDay < last ? monthOfDay[day - startDay] : months);
  return { contracts: aq.table({ customer, start, end, cents }), month, months };
}

export function run({ contracts, month, months }) {
  const changes = (day, sign) =>
    contracts
      .derive({
        key: aq.escape((row) => row.customer * (months + 1) + month(row[day])),
        change: aq.escape((row) => sign * row.cents),
      })
      .select('key', 'change');
  const netted = changes('start', 1)
    .concat(changes('end', -1))
    .groupby('key')
    .rollup({ change: aq.op.sum('change') })
    .filter((row) => row.change !== 0)
    .orderby('key');
  const sums = new Float64Array(months * KINDS);
  const counts = new Uint32Array(months * KINDS);
  let [current, balance] = [-1, 0];
  const [keys, amounts] = [netted.array('key'), netted.array('change')];
  for (let row = 0; row < keys.length; row += 1) {
    const customer = Math.floor(keys[row] / (months + 1));
    const isFirst = customer !== current;
    const before = isFirst ? 0 : balance;
    [current, balance] = [customer, before + amounts[row]];
    const slot = keys[row] % (months + 1);
    if (slot === months) continue;
    let kind = amounts[row] > 0 ? EXPANSION : CONTRACTION;
    if (balance === 0) kind = CHURN;
    else if (isFirst) kind = NEW;
    else if (before === 0) kind = REACTIVATION;
    sums[slot * KINDS + kind] += Math.abs(amounts[row]);
    counts[slot * KINDS + kind] += 1;
  }
  return movements(sums, counts);
}
