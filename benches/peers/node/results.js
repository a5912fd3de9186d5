// The columns of movements, from sums by month and kind.

export const KINDS = 5;
export const [NEW, REACTIVATION, EXPANSION, CONTRACTION, CHURN] = [0, 1, 2, 3, 4];

const NAMES = [
  ['new_mrr', 'new_customers', 1],
  ['reactivation_mrr', 'reactivated_customers', 1],
  ['expansion_mrr', 'expanded_customers', 0],
  ['contraction_mrr', 'contracted_customers', 0],
  ['churned_mrr', 'churned_customers', -1],
];

/** @param {ArrayLike<number>} amounts magnitudes by month and kind @param {ArrayLike<number>} counts customers */
export function movements(amounts, counts) {
  const flows = NAMES.flatMap(([mrr, customers]) => [mrr, customers]);
  const names = ['opening_mrr', 'closing_mrr', 'opening_customers', 'closing_customers', ...flows];
  const columns = Object.fromEntries(names.map((name) => [name, []]));
  let [mrr, customers] = [0, 0];
  for (let place = 0; place < amounts.length; place += KINDS) {
    columns.opening_mrr.push(mrr);
    columns.opening_customers.push(customers);
    NAMES.forEach(([amountName, countName, sign], kind) => {
      const [amount, count] = [amounts[place + kind], counts[place + kind]];
      columns[amountName].push(amount);
      columns[countName].push(count);
      mrr += kind >= CONTRACTION ? -amount : amount;
      customers += sign * count;
    });
    columns.closing_mrr.push(mrr);
    columns.closing_customers.push(customers);
  }
  return columns;
}
