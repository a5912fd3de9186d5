/// <reference lib="esnext.disposable" />

import type {
  AbsenceReason,
  Calculations,
  CellKind,
  DefinitionsData,
  DefinitionsOptions,
  ErrorCode,
  FromCsvOptions,
  FromTablesOptions,
  LoadReport,
  LoadedTables,
  Metadata,
  Metrics,
  Operations,
  PictureOptions,
  Problem,
  SyntheticOptions,
  SyntheticTable,
} from './surface.js';

export type * from './surface.js';
export type { Definitions, Portfolio, Scorecard, ShiftedBetaGeometric, Table };

/**
 * Loads the library: in Node from the file beside this module, elsewhere by `fetch`.
 *
 * Every call gives the same library as long as that works; after `instance_lost`, a fresh one. One that is given a
 * module gives a library of its own.
 */
export function load(options?: LoadOptions): Promise<CustomerSuccess>;

/** How the library is loaded. */
export interface LoadOptions {
  /**
   * The WebAssembly of the library: bytes, a `Response`, a `URL` or its text, a compiled `WebAssembly.Module`, or a
   * promise of one of these. (Not every host's types have names for all of them.)
   */
  readonly module?: object | string;
}

/** The library. */
export interface CustomerSuccess extends Calculations {
  readonly Portfolio: typeof Portfolio;
  readonly Definitions: typeof Definitions;
  readonly Scorecard: typeof Scorecard;
  readonly ShiftedBetaGeometric: typeof ShiftedBetaGeometric;
  readonly metrics: Metrics;
  readonly Table: typeof Table;
  readonly CustomerSuccessError: typeof CustomerSuccessError;
  readonly InvalidInput: typeof InvalidInput;
  readonly InvalidArgument: typeof InvalidArgument;
  readonly InternalError: typeof InternalError;
  /** The result of all the parts that `partial` gave: byte for byte that of a single run. */
  merge(partials: readonly (Uint8Array | ArrayBuffer)[]): Table;
  /** All the parts that `partial` gave as one part. */
  mergePartials(partials: readonly (Uint8Array | ArrayBuffer)[]): Uint8Array;
  /** The surface manifest: every constructor, operation, switch, table and error code as data. */
  surface(): Surface;
  /** A table of every scalar kind: what the bindings of all languages are tested with. */
  exemplar(): Table;
  /** The version of the library. */
  readonly version: string;
}

/** What went wrong, as data; the class says whose fault it is. */
export class CustomerSuccessError extends Error {
  protected constructor();
  /** The stable name of the first problem. */
  readonly code: ErrorCode;
  /** Where the first problem is, such as `contracts[12].mrr`. */
  readonly path: string;
  /** The problems that are kept, in the order of table, row and column. */
  readonly problems: readonly Problem[];
  /** How many problems there are, kept or not. */
  readonly problemsTotal: number;
  /** The canonical JSON, the same in every language. */
  toJson(): string;
}

/** The data cannot be read as what it claims to be. */
export class InvalidInput extends CustomerSuccessError {
  name: 'InvalidInput';
}

/** The call is wrong. */
export class InvalidArgument extends CustomerSuccessError {
  name: 'InvalidArgument';
}

/** A bug of the library; with the code `instance_lost`, load again and rebuild. */
export class InternalError extends CustomerSuccessError {
  name: 'InternalError';
}

interface Portfolio extends Operations {}
/**
 * A validated book of contracts and customers; never changed once made.
 *
 * It lives in WebAssembly: free it when it is done with, or leave that to the garbage collector.
 */
declare class Portfolio {
  private constructor();
  /**
   * A portfolio of tables: each an array of objects, or an object of arrays or typed arrays.
   *
   * Every problem of every row is found and located: `onInvalid: 'raise'` throws `InvalidInput` with `problems`,
   * `'reject'` keeps them in `loadReport`.
   */
  static fromTables(tables: FromTablesOptions): Portfolio;
  /**
   * A portfolio of CSV files, each given by its bytes or its text: UTF-8, comma, a header.
   *
   * `columns: { contracts: { subscription_id: 'contract_id' } }` reads their names of columns as ours.
   */
  static fromCsv(contracts: CsvFile, options?: FromCsvOptions): Portfolio;
  /**
   * A portfolio that is drawn: a company with its plans, seasons, renewals and mistakes, the same for the same options
   * everywhere. `table('truth')` says what strained the relation to each customer, and what ended it.
   */
  static synthetic(options?: SyntheticOptions): Portfolio;
  /** What was loaded: the accepted rows of a table with the columns that were given. */
  table<Name extends keyof LoadedTables>(name: Name): Table<LoadedTables[Name]>;
  /** One of the other tables of a synthetic portfolio, `truth` among them. */
  table(name: SyntheticTable): Table<{ readonly [column: string]: string | number | boolean | null }>;
  /** What became of every row that was read. */
  readonly loadReport: LoadReport;
  /** The last day of which the data tells: the one given, or else the latest on which a row became known. */
  readonly observedUntil: string | null;
  /** The reporting currency. */
  readonly currency: string;
  /** The definitions that operations follow unless they are given others. */
  readonly definitions: Definitions;
  /** Gives its memory back; a freed portfolio refuses its work. */
  free(): void;
  [Symbol.dispose](): void;
}

/** What every number means: a value for each switch, never changed once made. */
interface Definitions extends DefinitionsData {}
declare class Definitions {
  constructor(switches?: DefinitionsOptions);
  /** The definitions of what `toJson` gave; switches that are not named keep their default. */
  static fromJson(text: string): Definitions;
  /** The same definitions with other values of some switches. */
  replace(switches: DefinitionsOptions): Definitions;
  /** The switches on which `other` differs. */
  diff(other: Definitions | Partial<DefinitionsData>): Difference[];
  /** SHA-256 of the canonical JSON of all switches. */
  readonly fingerprint: string;
  /** The canonical JSON of all switches. */
  toJson(): string;
}

/** What makes a health score, as data: measures with their curves and weights, groups, bands, profiles and overrides. */
declare class Scorecard {
  private constructor();
  /** Reads a scorecard from JSON. */
  static fromJson(text: string): Scorecard;
  /** The standard scorecard: nine kinds of evidence by the reserved signals and the tables of facts. */
  static standard(): Scorecard;
  /** The JSON Schema of scorecards, for editors and forms. */
  static jsonSchema(): { readonly [key: string]: unknown };
  /** Its name. */
  readonly name: string;
  /** SHA-256 of the canonical JSON. */
  readonly fingerprint: string;
  /** What its weights were fitted to, and how the test went; `null` of one that was not fitted. */
  readonly fitted: { readonly [key: string]: unknown } | null;
  /** The canonical JSON. */
  toJson(): string;
  /** What it says and hardly means, of itself or of a portfolio: codes such as `flat_curve` and `no_evidence`. */
  lint(portfolio?: Portfolio | null): Problem[];
}

/** How long customers stay who may leave at the end of every period, each with a probability of its own. */
declare class ShiftedBetaGeometric {
  constructor(parameters: { readonly alpha: number; readonly beta: number });
  /** The most likely model of a cohort: how many customers were there at the start, and after each period. */
  static fit(survivors: readonly number[] | NumberArray): ShiftedBetaGeometric;
  /** The first parameter: the greater, the easier customers leave. */
  readonly alpha: number;
  /** The second parameter: the greater, the easier they stay. */
  readonly beta: number;
  /** The standard error of alpha; `null` of a model that was not fitted, or where rounding hides it. */
  readonly alphaError: number | null;
  /** The standard error of beta, likewise. */
  readonly betaError: number | null;
  /** The logarithm of the likelihood of what it was fitted to; `null` of a model that was not fitted. */
  readonly logLikelihood: number | null;
  /** The share of customers who are still there after t periods, from 0 to 10000. */
  survival(t: number): number;
  /** The share of those there before the end of period t, from 1 to 10000, who are there after it. */
  retention(t: number): number;
  /** The discounted periods to come of one who renews for the nth time, 1 to 10000; the discount is 0, or from 1e-9. */
  discountedLifetime(discount: number, n: number): number;
}

/** An array of numbers. */
export type NumberArray =
  | Float64Array
  | Float32Array
  | Int32Array
  | Int16Array
  | Int8Array
  | Uint32Array
  | Uint16Array
  | Uint8Array
  | Uint8ClampedArray;

/** A scorecard as a plain object. */
export interface ScorecardData {
  readonly name: string;
  /** The share of the weight below which there is no score. Default: `0.5`. */
  readonly min_coverage?: number | null | undefined;
  /** From the best to the worst. Default: green from 75, yellow from 50, red from 0. */
  readonly bands?: readonly Band[] | null | undefined;
  readonly groups?: readonly Group[] | null | undefined;
  readonly measures: readonly Measure[];
  /** The first that fits a customer is the one that it has. */
  readonly profiles?: readonly Profile[] | null | undefined;
  readonly overrides?: readonly Override[] | null | undefined;
  /** What its weights were fitted to: it changes no score. */
  readonly fitted?: { readonly [key: string]: unknown } | null | undefined;
}

/** Measures that are one part of the score, and how much it weighs. */
export interface Group {
  readonly group: string;
  readonly weight: number;
  readonly reason?: string | null | undefined;
}

/** Scores from `from` on, up to the band above. */
export interface Band {
  readonly band: string;
  readonly from: number;
}

/** A measure: what is measured, what that is worth, and how much it weighs. */
export interface Measure {
  readonly measure: string;
  readonly evidence: Evidence;
  readonly group?: string | null | undefined;
  readonly weight: number;
  readonly value: MeasureSource | { readonly ratio: { readonly of: MeasureSource; readonly to: MeasureSource } };
  /** Points of a value and its score. */
  readonly curve: readonly (readonly [value: number, score: number])[];
  readonly max_age_days?: number | null | undefined;
  readonly missing?: 'exclude' | 'neutral' | 'worst' | null | undefined;
  readonly reason?: string | null | undefined;
}

/** What rows must be, by column; `null` for rows in which the column is absent. */
export type Conditions = { readonly [column: string]: string | readonly string[] | boolean | null };

/** Where a value comes from, and what is made of it. */
export interface MeasureSource {
  readonly table: string;
  readonly aggregate: Aggregate;
  readonly column?: string | null | undefined;
  readonly where?: Conditions | null | undefined;
  readonly window_days?: number | null | undefined;
  readonly lag_days?: number | null | undefined;
}

/** What a measure is evidence of. */
export type Evidence =
  | 'product_adoption'
  | 'support'
  | 'surveys'
  | 'marketing'
  | 'community'
  | 'contract_growth'
  | 'self_sufficiency'
  | 'payment_history'
  | 'executive_relationship'
  | 'custom';

/** What is made of the rows of a window. */
export type Aggregate = 'last' | 'mean' | 'sum' | 'count' | 'distinct' | 'days_since' | 'slope' | 'share' | 'growth';

/** What differs for the customers that fit. */
export interface Profile {
  readonly profile: string;
  readonly where: { readonly [attribute: string]: string | readonly string[] | null };
  readonly weights?: { readonly [measure: string]: number } | null | undefined;
  readonly group_weights?: { readonly [group: string]: number } | null | undefined;
  readonly curves?: { readonly [measure: string]: Measure['curve'] } | null | undefined;
  readonly bands?: readonly Band[] | null | undefined;
  readonly min_coverage?: number | null | undefined;
}

/** A band that a person has set for a customer, from a day to the day before another. */
export interface Override {
  readonly customer_id: string;
  readonly band: string;
  readonly author: string;
  readonly reason: string;
  readonly from: string;
  readonly until: string;
}

/** One switch on which two definitions differ. */
export interface Difference {
  readonly switch: keyof DefinitionsData;
  readonly before: DefinitionsData[keyof DefinitionsData];
  readonly after: DefinitionsData[keyof DefinitionsData];
}

/**
 * A result: rows of named cells, and what they were computed with.
 *
 * It holds its columns as bytes and nothing in WebAssembly, so that there is nothing to free.
 */
declare class Table<Row = { [column: string]: Cell }> {
  private constructor();
  /** The rows as plain objects: money and dates as strings, counts and ratios as numbers, `null` where absent. */
  rows(): Row[];
  /** The columns by name, each an array of cells as they stand in `rows()`. */
  columns(): { [Name in keyof Row]: Row[Name][] };
  /** A column by its name: ratios as a `Float64Array`, `NaN` where absent, any others as an array of cells. */
  column<Name extends keyof Row & string>(name: Name): Float64Array | Row[Name][];
  /** The name of what the rows are, such as `movements`. */
  readonly schema: string;
  /** What the table was computed with. */
  readonly metadata: Metadata;
  /** How many rows there are. */
  readonly length: number;
  /** CSV for spreadsheets: text that a spreadsheet would run as a formula is defused, reversibly. */
  toCsv(): string;
  /** The first rows as an HTML table; everything that came from data is escaped. */
  toHtml(): string;
  /** The pictures that the result has; the first is drawn where none is named. */
  readonly pictures: readonly string[];
  /** A picture as SVG; text from data is escaped. */
  toSvg(options?: PictureOptions): string;
  /** The same picture as a specification of Vega-Lite, with its data. */
  toVegaLite(options?: PictureOptions): { readonly $schema: string; readonly [key: string]: unknown };
  /** The canonical JSON: the bytes that are the same in every language. */
  toJson(): string;
}

/** The options of a call whose rows are not of groups. */
export type Ungrouped<Options> = Omit<Options, 'by'> & { readonly by?: null | undefined };

/** A row with the values of its group, by the names that rows are grouped by. */
export type Grouped<Row> = Row & { readonly [group: string]: Cell };

/** A cell of a result. */
export type Cell = string | number | boolean | string[] | null;

/** An input table: an array of rows, or an object of columns. */
export type TableInput<Row> = readonly Row[] | { readonly [Name in keyof Row]: ColumnInput<Row[Name]> };

/** A column of an input table; whole numbers may come as typed arrays. */
export type ColumnInput<T> =
  | readonly (T | null | undefined)[]
  | (bigint extends T ? WholeNumbers : never)
  | (number extends T ? WholeNumbers | Float32Array | Float64Array : never)
  | (undefined extends T ? undefined : never);

type WholeNumbers =
  | Int8Array
  | Uint8Array
  | Uint8ClampedArray
  | Int16Array
  | Uint16Array
  | Int32Array
  | Uint32Array
  | BigInt64Array
  | BigUint64Array;

/** A CSV file by its bytes or its text. */
export type CsvFile = string | ArrayBuffer | ArrayBufferView;

/** By table, from their names of columns to ours. */
export interface ColumnMapping {
  readonly [table: string]: { readonly [theirs: string]: string };
}

/** What became of the rows of one table: `rows_read = accepted + rejected + blank`. */
export interface TableReport {
  readonly table: string;
  readonly rows_read: number;
  readonly accepted: number;
  readonly rejected: number;
  readonly blank: number;
}

/** The surface manifest. */
export interface Surface {
  readonly constructors: readonly SurfaceOperation[];
  readonly operations: readonly SurfaceOperation[];
  readonly functions: readonly SurfaceMember[];
  /** Functions on plain numbers. */
  readonly calculations: readonly SurfaceOperation[];
  /** Classes that say how long customers stay. */
  readonly models: readonly SurfaceModel[];
  /** Formulas on plain numbers. */
  readonly metrics: readonly Omit<SurfaceOperation, 'rows' | 'columns'>[];
  readonly classes: readonly {
    readonly name: string;
    readonly members: readonly SurfaceMember[];
  }[];
  readonly switches: readonly {
    readonly name: keyof DefinitionsData;
    readonly takes: string;
    readonly choices?: readonly string[];
    readonly default: unknown;
    readonly built: boolean;
    readonly doc: string;
  }[];
  readonly tables: readonly {
    readonly name: string;
    readonly key: readonly string[];
    readonly one_of: readonly string[];
    readonly attributes: boolean;
    readonly columns: readonly {
      readonly name: string;
      readonly kind: string;
      readonly required: boolean;
      readonly doc: string;
      readonly choices?: readonly string[];
    }[];
  }[];
  readonly synthetic_tables: readonly SyntheticTable[];
  readonly kinds: readonly CellKind[];
  readonly metadata: readonly (keyof Metadata)[];
  readonly limits: readonly string[];
  readonly problem: readonly (keyof Problem)[];
  readonly load_report: readonly (keyof LoadReport)[];
  readonly reasons: readonly AbsenceReason[];
  readonly picture: SurfaceOperation['parameters'];
  /** The thresholds of reviews, by the principle or `bounds`. */
  readonly review_settings: { readonly [rule: string]: readonly SurfaceThreshold[] };
  readonly types: readonly SurfaceMember[];
  readonly errors: readonly SurfaceMember[];
  readonly codes: readonly ErrorCode[];
}

/** A member or a function, and the languages that do without it, each with the reason. */
export interface SurfaceMember {
  readonly name: string;
  readonly excused: { readonly [language: string]: string };
}

/** A threshold of a rule. */
export interface SurfaceThreshold {
  readonly name: string;
  readonly takes: string;
  readonly least: number;
  readonly most: number;
  readonly default: number;
  readonly doc: string;
}

/** A model, by its names in data. */
export interface SurfaceModel {
  readonly name: string;
  readonly doc: string;
  readonly fields: readonly { readonly name: string; readonly doc: string }[];
  readonly methods: readonly { readonly name: string; readonly doc: string; readonly parameters: SurfaceOperation['parameters'] }[];
}

/** A constructor, an operation or a function on plain numbers, by its names in data. */
export interface SurfaceOperation {
  readonly name: string;
  readonly doc: string;
  readonly parameters: readonly {
    readonly name: string;
    readonly takes: string;
    readonly choices?: readonly string[];
    readonly default?: unknown;
    readonly built: boolean;
    readonly doc: string;
  }[];
  /** The names of the arguments that have a place, in their order. */
  readonly positional: readonly string[];
  /** `table`, `report` or `scorecard`; not there for constructors. */
  readonly gives?: string;
  /** What a row of the result is; of a report what its tables tell; not there for constructors. */
  readonly rows?: string;
  /** Whether the results of parts of the customers make that of the whole; there for operations. */
  readonly adds_up?: boolean;
  readonly columns: readonly SurfaceColumn[];
  /** The figures of a report; there for operations. */
  readonly figures?: readonly SurfaceColumn[];
  /** The tables of a report; there for operations. */
  readonly tables?: readonly { readonly name: string; readonly rows: string; readonly columns: readonly SurfaceColumn[] }[];
  /** The forms of a report for people; there for operations. */
  readonly forms?: readonly { readonly name: string; readonly doc: string }[];
  readonly errors: readonly { readonly name: string; readonly codes: readonly ErrorCode[] }[];
  readonly source: string;
}

/** A column of a result, or a figure. */
export interface SurfaceColumn {
  readonly name: string;
  readonly kind: CellKind;
  readonly nullable?: boolean;
  readonly choices?: readonly string[];
  readonly doc: string;
}
