// The library's npm package, on a portfolio that is built.

import { load as loaded } from 'customer-success';

// Yen have no smaller unit: whole numbers are read as what they are.
const CURRENCY = 'JPY';
const DAY = 86_400_000;

export async function load({ customer, start, end, cents }, { startDay, monthOfDay }) {
  const date = (day) => new Date(day * DAY).toISOString().slice(0, 10);
  const until = startDay + monthOfDay.length - 1;
  const contracts = {
    contract_id: Array.from(customer, (_, row) => `c-${row}`),
    customer_id: Array.from(customer, (number) => `k-${number}`),
    start_date: Array.from(start, date),
    end_date: Array.from(end, (day) => (day === 2 ** 31 - 1 ? null : date(day))),
    mrr: cents,
  };
  const cs = await loaded();
  const portfolio = cs.Portfolio.fromTables({ contracts, currency: CURRENCY });
  return { portfolio, start: date(startDay), end: date(until) };
}

export function run({ portfolio, start, end }) {
  return portfolio.movements(start, end, { definitions: { sampling: 'period_end' } });
}

export function columns(result) {
  const rows = result.rows();
  const isMovement = /^(opening|new|reactivat|expan|contract|churned|closing).*_(mrr|customers)$/;
  const names = Object.keys(rows[0]).filter((name) => isMovement.test(name));
  return Object.fromEntries(names.map((name) => [name, rows.map((row) => Number(row[name]))]));
}
