// What the types allow and what they refuse; compiled, never run.

import { CustomerSuccessError, InvalidArgument, InvalidInput, load } from '../../pkg/index.js';
import { loadSync } from '../../pkg/inline.js';
import type {
  ContractRow,
  CustomerRow,
  CustomerSuccess,
  Definitions,
  DefinitionsData,
  ErrorCode,
  Cell,
  Grouped,
  JournalRow,
  LoadReport,
  MovementsRow,
  Portfolio,
  Problem,
  Table,
} from '../../pkg/index.js';

/** Fails to compile unless both types are the same. */
function same<A, B>(_: (<T>() => T extends A ? 1 : 2) extends <T>() => T extends B ? 1 : 2 ? true : false): void {}

const cs: CustomerSuccess = await load();
same<ReturnType<typeof loadSync>, CustomerSuccess>(true);
await load({ module: new URL('https://example.com/customer_success.wasm') });
await load({ module: new Uint8Array(8) });
await load({ module: fetch('/customer_success.wasm') });
// @ts-expect-error a number is no module
await load({ module: 7 });

// Input: rows and columns.
const contract: ContractRow = { contract_id: 'c-1', customer_id: 7n, start_date: '2026-01-01', mrr: '100.00', kind: 'trial', end_date: null };
const customer: CustomerRow = { customer_id: 'acme', employees: 12, tier: 'gold', active: true };
const portfolio = cs.Portfolio.fromTables({
  contracts: [contract],
  customers: [customer],
  currency: 'USD',
  onInvalid: 'reject',
  extraColumns: 'ignore',
  duplicates: 'drop',
  observedUntil: null,
  limits: { rows: 10, bytes: 10n },
  redact: true,
  definitions: { gap_tolerance_days: 0 },
});
same<typeof portfolio, Portfolio>(true);
cs.Portfolio.fromTables({
  contracts: {
    contract_id: new BigInt64Array(1),
    customer_id: ['acme'],
    start_date: ['2026-01-01'],
    mrr: new Int32Array([5]),
    quantity: new Float64Array([3]),
    product: [null],
    end_date: undefined,
  },
  customers: null,
});
// @ts-expect-error the table of contracts is required
cs.Portfolio.fromTables({ currency: 'USD' });
// @ts-expect-error money is no number
cs.Portfolio.fromTables({ contracts: [{ ...contract, mrr: 100 }] });
// @ts-expect-error a date is no Date
cs.Portfolio.fromTables({ contracts: [{ ...contract, start_date: new Date() }] });
// @ts-expect-error an id is no number
cs.Portfolio.fromTables({ contracts: [{ ...contract, contract_id: 1 }] });
// @ts-expect-error a kind of contract that is none
cs.Portfolio.fromTables({ contracts: [{ ...contract, kind: 'lease' }] });
// @ts-expect-error a row without its start
cs.Portfolio.fromTables({ contracts: [{ contract_id: 'c-1', customer_id: 'acme', mrr: '1' }] });
// @ts-expect-error a typed array of floats is no money
cs.Portfolio.fromTables({ contracts: { contract_id: ['c'], customer_id: ['a'], start_date: ['2026-01-01'], mrr: new Float64Array(1) } });
// @ts-expect-error options are in camel case
cs.Portfolio.fromTables({ contracts: [contract], on_invalid: 'reject' });
// @ts-expect-error a policy that is none
cs.Portfolio.fromTables({ contracts: [contract], onInvalid: 'ignore' });
// @ts-expect-error portfolios are made by fromTables, fromCsv and synthetic
new cs.Portfolio();

cs.Portfolio.fromCsv('contract_id\n', { customers: new Uint8Array(3), columns: { contracts: { id: 'contract_id' } }, format: 'contracts', encoding: 'utf-8' });
// @ts-expect-error a file is text or bytes
cs.Portfolio.fromCsv(7);
// @ts-expect-error names are mapped by table
cs.Portfolio.fromCsv('', { columns: { id: 'contract_id' } });

// Results.
const movements = portfolio.movements('2026-01-01', '2026-02-01', { level: 'customer', by: ['region'], definitions: new cs.Definitions(), knownOn: '2026-01-31' });
same<typeof movements, Table<Grouped<MovementsRow>>>(true);
const region: Cell | undefined = movements.rows()[0]!.region;
const whole = portfolio.movements('2026-01-01', '2026-02-01', { level: 'parent' });
same<typeof whole, Table<MovementsRow>>(true);
const row = whole.rows()[0]!;
const cohorts: (number | null)[] = portfolio.cohorts('2026-02-01').columns().mrr_retention;
const grr: number | null = portfolio.retention('2026-01-01', '2026-02-01', { window: '3 months' }).rows()[0]!.grr;
const flow: string = portfolio.flowRetention('2026-01-01', '2026-02-01').rows()[0]!.net_churned_mrr;
const part: Uint8Array = portfolio.partial('cohorts', '2026-02-01', { by: ['region'] });
const merged: Table = cs.merge([part, cs.mergePartials([part])]);
const observed: string | null = portfolio.observedUntil;
void [region, cohorts, grr, flow, merged, observed];
// @ts-expect-error cohorts have an end only
portfolio.partial('cohorts', '2026-01-01', '2026-02-01');
same<typeof row.closing_mrr, string>(true);
same<typeof row.closing_customers, number>(true);
same<ReturnType<typeof whole.columns>['opening_mrr'], string[]>(true);
same<ReturnType<ReturnType<typeof portfolio.journal>['rows']>, JournalRow[]>(true);
const length: number = movements.length;
same<typeof movements.schema, string>(true);
const texts: string[] = [movements.toCsv(), movements.toJson(), movements.toHtml(), movements.metadata.fingerprint, portfolio.currency];
const currency: string | null = movements.metadata.currency;
const product: string | null | undefined = portfolio.table('contracts').rows()[0]?.product;
const report: LoadReport = portfolio.loadReport;
const accepted: number = report.tables[0]!.accepted;
// @ts-expect-error both ends are needed
portfolio.movements('2026-01-01');
// @ts-expect-error a day is text
portfolio.movements(new Date(), '2026-02-01');
// @ts-expect-error the journal has no groups
portfolio.journal('2026-01-01', '2026-02-01', { by: 'region' });
// @ts-expect-error no such column
row.closing;
// @ts-expect-error rows are the core's to name
row.closingMrr;
// @ts-expect-error no such table
portfolio.table('invoices');
const cause: string | number | boolean | null | undefined = cs.Portfolio.synthetic({ seed: 2 }).table('truth').rows()[0]?.['cause'];
void cause;
// @ts-expect-error not a principle
cs.Portfolio.synthetic({ fault: 'none' });
// @ts-expect-error results are not changed
movements.metadata.currency = 'EUR';
{
  using scoped = cs.Portfolio.fromTables({ contracts: [] });
  scoped.free();
}

// Definitions.
const definitions = new cs.Definitions({ gapToleranceDays: 30, excludeKinds: ['trial'], reactivationWindowDays: null });
same<typeof definitions, Definitions>(true);
const days: number = definitions.gap_tolerance_days;
const kinds: readonly string[] = definitions.exclude_kinds;
const data: DefinitionsData = JSON.parse(definitions.toJson());
const replaced: Definitions = cs.Definitions.fromJson(definitions.toJson()).replace({ extraDigits: 2 });
const changed: string[] = replaced.diff(definitions).map((difference) => difference.switch);
replaced.diff({ period: 'year' });
// @ts-expect-error switches are set in camel case
new cs.Definitions({ gap_tolerance_days: 30 });
// @ts-expect-error as data they are in snake case
portfolio.movements('2026-01-01', '2026-02-01', { definitions: { gapToleranceDays: 30 } });
// @ts-expect-error a number of days
new cs.Definitions({ gapToleranceDays: '30' });
// @ts-expect-error definitions are not changed
definitions.period = 'year';

// Errors.
try {
  portfolio.free();
} catch (error) {
  if (error instanceof InvalidInput) {
    same<typeof error.name, 'InvalidInput'>(true);
    const problem: Problem = error.problems[0]!;
    const place: [number | null, string | null] = [problem.row, problem.column];
    void place;
  } else if (error instanceof InvalidArgument) {
    const json: string = error.toJson();
    void json;
  } else if (error instanceof CustomerSuccessError) {
    const code: ErrorCode = error.code;
    // @ts-expect-error no such code
    const wrong: boolean = code === 'no_such_code';
    const total: number = error.problemsTotal;
    void [code, wrong, total];
  }
}
// @ts-expect-error errors are made by the library
new cs.InvalidInput('{}');

void [length, texts, currency, product, accepted, days, kinds, data, changed];
