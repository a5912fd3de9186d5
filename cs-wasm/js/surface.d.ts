// Written by `cargo xtask surface` from the core's description of itself; not edited by hand.

import type {
  ColumnMapping,
  CsvFile,
  Definitions,
  Grouped,
  NumberArray,
  Scorecard,
  ScorecardData,
  Table,
  TableInput,
  TableReport,
  Ungrouped,
} from './index.js';

/** What went wrong, as a name that never changes. */
export type ErrorCode =
  | 'missing_column'
  | 'unknown_column'
  | 'duplicate_column'
  | 'missing_table'
  | 'unknown_table'
  | 'missing_value'
  | 'wrong_type'
  | 'invalid_date'
  | 'date_out_of_range'
  | 'invalid_amount'
  | 'too_many_digits'
  | 'negative_amount'
  | 'invalid_count'
  | 'invalid_flag'
  | 'invalid_score'
  | 'invalid_number'
  | 'invalid_signal'
  | 'unknown_choice'
  | 'unknown_currency'
  | 'missing_currency'
  | 'second_currency'
  | 'end_not_after_start'
  | 'term_end_not_after_start'
  | 'end_before_start'
  | 'missing_amount'
  | 'two_amounts'
  | 'missing_billing_period'
  | 'two_billing_periods'
  | 'invalid_term'
  | 'duplicate_row'
  | 'conflicting_rows'
  | 'rejected_revision'
  | 'unknown_customer'
  | 'unknown_parent'
  | 'parent_cycle'
  | 'rejected_customer'
  | 'unknown_contract'
  | 'rejected_contract'
  | 'similar_ids'
  | 'unterminated_quote'
  | 'stray_quote'
  | 'ragged_row'
  | 'invalid_encoding'
  | 'limit_exceeded'
  | 'overflow'
  | 'invalid_json'
  | 'duplicate_key'
  | 'unknown_argument'
  | 'missing_argument'
  | 'invalid_argument'
  | 'unknown_attribute'
  | 'invalid_range'
  | 'unknown_switch'
  | 'invalid_switch'
  | 'invalid_scorecard'
  | 'flat_curve'
  | 'unreachable_band'
  | 'mixed_signals'
  | 'unused_profile'
  | 'no_evidence'
  | 'too_few_events'
  | 'not_identified'
  | 'not_available'
  | 'unknown_operation'
  | 'currency_mismatch'
  | 'invalid_partial'
  | 'partial_mismatch'
  | 'overlapping_partials'
  | 'cancelled'
  | 'internal'
  | 'instance_lost';

/** The kinds of columns of results. */
export type CellKind =
  | 'money'
  | 'count'
  | 'ratio'
  | 'date'
  | 'text'
  | 'text_list'
  | 'flag';

/** Why a value of a result is absent. */
export type AbsenceReason =
  | 'zero_denominator'
  | 'insufficient_data'
  | 'nothing_to_compare'
  | 'not_measured'
  | 'no_groups'
  | 'not_paying'
  | 'not_known'
  | 'not_reached'
  | 'no_end'
  | 'other_unit'
  | 'not_applicable';

/** The switches of `Definitions` as function arguments. */
export interface DefinitionsOptions {
  /** How long a period is: a calendar month, a quarter or a year. Default: `"month"`. */
  readonly period?: 'month' | 'quarter' | 'year' | undefined;
  /** The month, 1 to 12, that quarters and years are counted from; a fiscal year is named after the calendar year it starts in. Default: `1`. */
  readonly fiscalYearStart?: number | undefined;
  /** Which closes are looked at for movements: those of every day, or only those of periods. Default: `"daily"`. */
  readonly sampling?: 'daily' | 'period_end' | undefined;
  /** A run of at most so many days without paying, between two of paying, is filled with what was before it. Default: `0`. */
  readonly gapToleranceDays?: number | undefined;
  /** When a customer who gave notice has churned: at the end of the contract or on the day of the notice. Default: `"contract_end"`. */
  readonly churnDate?: 'contract_end' | 'notice' | undefined;
  /** Which price counts: the one after discount, or the list price where one is given. Default: `"net"`. */
  readonly discounts?: 'net' | 'list' | undefined;
  /** What a contract carries on the days of a pause: its MRR or nothing. Default: `"counts"`. */
  readonly paused?: 'counts' | 'zero' | undefined;
  /** How contracts in other currencies are converted to the reporting one. Default: `"single"`. */
  readonly fx?: 'single' | 'constant' | 'contract_start' | 'period_close' | undefined;
  /** The day whose rates `fx="constant"` takes. Default: `null`. */
  readonly fxDate?: string | null | undefined;
  /** Whether a contract in force at no charge makes its customer one that is counted. Default: `false`. */
  readonly freeCounts?: boolean | undefined;
  /** Contracts of these kinds are not recurring revenue. Default: `["trial","one_time","usage"]`. */
  readonly excludeKinds?: readonly ('subscription' | 'trial' | 'one_time' | 'usage')[] | undefined;
  /** A return after more than so many days counts as new; nothing means no limit. Default: `null`. */
  readonly reactivationWindowDays?: number | null | undefined;
  /** In which column a return stands, with its amount and its count. Default: `"reactivation"`. */
  readonly reactivationAs?: 'reactivation' | 'expansion' | 'new' | undefined;
  /** What counts of a customer first seen in a period at whose close it does not pay: both movements or neither. Default: `"both"`. */
  readonly samePeriodNewAndChurn?: 'both' | 'neither' | undefined;
  /** Weeks in a month, as an exact fraction: what turns an amount a week into MRR. Default: `"52/12"`. */
  readonly weeksPerMonth?: string | undefined;
  /** Days in a month, as an exact fraction: what turns an amount a day into MRR. Default: `"365/12"`. */
  readonly daysPerMonth?: string | undefined;
  /** Decimals held beyond the currency's own, 0 to 6. Default: `0`. */
  readonly extraDigits?: number | undefined;
  /** A renewal's successor may start so many days before the term ends. Default: `60`. */
  readonly earlyDays?: number | undefined;
  /** A renewal's successor may start so many days after the term has ended; until then the renewal is pending. Default: `30`. */
  readonly renewalGraceDays?: number | undefined;
  /** Within what a successor is looked for: a customer's contracts for the same product, or all of them. Default: `"customer_product"`. */
  readonly renewalUnit?: 'customer_product' | 'customer' | undefined;
}

/** The switches of `Definitions` as data. */
export interface DefinitionsData {
  /** How long a period is: a calendar month, a quarter or a year. Default: `"month"`. */
  readonly period: 'month' | 'quarter' | 'year';
  /** The month, 1 to 12, that quarters and years are counted from; a fiscal year is named after the calendar year it starts in. Default: `1`. */
  readonly fiscal_year_start: number;
  /** Which closes are looked at for movements: those of every day, or only those of periods. Default: `"daily"`. */
  readonly sampling: 'daily' | 'period_end';
  /** A run of at most so many days without paying, between two of paying, is filled with what was before it. Default: `0`. */
  readonly gap_tolerance_days: number;
  /** When a customer who gave notice has churned: at the end of the contract or on the day of the notice. Default: `"contract_end"`. */
  readonly churn_date: 'contract_end' | 'notice';
  /** Which price counts: the one after discount, or the list price where one is given. Default: `"net"`. */
  readonly discounts: 'net' | 'list';
  /** What a contract carries on the days of a pause: its MRR or nothing. Default: `"counts"`. */
  readonly paused: 'counts' | 'zero';
  /** How contracts in other currencies are converted to the reporting one. Default: `"single"`. */
  readonly fx: 'single' | 'constant' | 'contract_start' | 'period_close';
  /** The day whose rates `fx="constant"` takes. Default: `null`. */
  readonly fx_date: string | null;
  /** Whether a contract in force at no charge makes its customer one that is counted. Default: `false`. */
  readonly free_counts: boolean;
  /** Contracts of these kinds are not recurring revenue. Default: `["trial","one_time","usage"]`. */
  readonly exclude_kinds: readonly ('subscription' | 'trial' | 'one_time' | 'usage')[];
  /** A return after more than so many days counts as new; nothing means no limit. Default: `null`. */
  readonly reactivation_window_days: number | null;
  /** In which column a return stands, with its amount and its count. Default: `"reactivation"`. */
  readonly reactivation_as: 'reactivation' | 'expansion' | 'new';
  /** What counts of a customer first seen in a period at whose close it does not pay: both movements or neither. Default: `"both"`. */
  readonly same_period_new_and_churn: 'both' | 'neither';
  /** Weeks in a month, as an exact fraction: what turns an amount a week into MRR. Default: `"52/12"`. */
  readonly weeks_per_month: string;
  /** Days in a month, as an exact fraction: what turns an amount a day into MRR. Default: `"365/12"`. */
  readonly days_per_month: string;
  /** Decimals held beyond the currency's own, 0 to 6. Default: `0`. */
  readonly extra_digits: number;
  /** A renewal's successor may start so many days before the term ends. Default: `60`. */
  readonly early_days: number;
  /** A renewal's successor may start so many days after the term has ended; until then the renewal is pending. Default: `30`. */
  readonly renewal_grace_days: number;
  /** Within what a successor is looked for: a customer's contracts for the same product, or all of them. Default: `"customer_product"`. */
  readonly renewal_unit: 'customer_product' | 'customer';
}

/** What an input may hold at most, by the names of the limits. */
export interface LimitsData {
  readonly bytes?: number | bigint;
  readonly rows?: number | bigint;
  readonly result_rows?: number | bigint;
  readonly columns?: number | bigint;
  readonly field_bytes?: number | bigint;
  readonly id_bytes?: number | bigint;
  readonly problems?: number | bigint;
  readonly currencies?: number | bigint;
}

/** One fault: what, where, and how to mend it. */
export interface Problem {
  readonly code: ErrorCode;
  readonly message: string;
  readonly path: string;
  readonly table: string | null;
  readonly row: number | null;
  readonly line: number | null;
  readonly column: string | null;
  readonly value: string | null;
  readonly help: string | null;
}

/** What became of every row of every table, and why rows were rejected. */
export interface LoadReport {
  readonly tables: readonly TableReport[];
  readonly rows_read: number;
  readonly accepted: number;
  readonly rejected: number;
  readonly blank: number;
  readonly problems: readonly Problem[];
  readonly problems_total: number;
  readonly warnings: readonly Problem[];
  readonly warnings_total: number;
}

/** What a table was computed with. */
export interface Metadata {
  readonly version: string;
  readonly operation: string;
  readonly currency: string | null;
  readonly definitions: DefinitionsData;
  readonly fingerprint: string;
  readonly scorecard: string | null;
  readonly as_of: string | null;
  readonly known_on: string | null;
  readonly unit: string | null;
  readonly absent: { readonly [column: string]: AbsenceReason };
  readonly bands?: readonly string[];
}

/** Ordered rules of who is in which tier of attention, and what a customer of each is owed. */
export interface TouchModelData {
  rules?: readonly {
    tier: 'high_touch' | 'low_touch' | 'tech_touch';
    min_value?: string;
    min_value_ratio?: number;
    min_potential_ratio?: number;
    max_experience?: number;
  }[];
  tiers?: Partial<Record<'high_touch' | 'low_touch' | 'tech_touch', { hours_per_month?: number; contact_days?: number }>>;
}

/** A text in every language. */
export interface TextData {
  en: string;
  ja: string;
}

/** A play of your own: what triggers it, whom it fits, what it is expected to bring, and how one sees that it worked. */
export interface ReviewPlayData {
  play: string;
  checks: readonly string[];
  tiers?: readonly ('high_touch' | 'low_touch' | 'tech_touch')[];
  phases?: readonly ('onboarding' | 'adoption' | 'advocacy')[];
  needs_health?: boolean;
  label: TextData;
  effect: TextData;
  success: TextData;
}

/** Thresholds of `bounds`. */
export interface BoundsThresholds {
  /** Of the MRR that can be assessed, up to this share may fail before a principle needs attention. Default: `0.1`. */
  readonly attention_above?: number;
  /** The same before it fails. Default: `0.25`. */
  readonly fail_above?: number;
  /** Less of the MRR with evidence than this is not assessable. Default: `0.5`. */
  readonly min_coverage?: number;
  /** A customer at fault whose term ends within so many days is urgent. Default: `90`. */
  readonly soon_days?: number;
  /** The share of revenue that is left after the cost of serving it, above 0. Default: `1`. */
  readonly gross_margin?: number;
}

/** Thresholds of `right_customer`. */
export interface RightCustomerThresholds {
  /** The lowest fit of a customer that is acceptable, from 0 to 100. Default: `50`. */
  readonly min_fit?: number;
  /** Customers who came within so many months are those who are sold to now. Default: `12`. */
  readonly new_months?: number;
  /** The largest share of their MRR that is of customers who do not fit. Default: `0.2`. */
  readonly max_unfit?: number;
  /** A customer leaves early who leaves within so many days of the first on which it paid. Default: `365`. */
  readonly horizon_days?: number;
  /** A group is compared if it and the rest have at least so many customers. Default: `20`. */
  readonly min_customers?: number;
  /** The share of accusations that may be false: the false discovery rate. Default: `0.05`. */
  readonly max_q_value?: number;
  /** The largest excess of early churn over that of the rest; the lower end of its interval is held against it. Default: `0.1`. */
  readonly max_excess?: number;
  /** The largest share of the expected lifetime until a customer has paid for itself. Default: `1`. */
  readonly max_payback?: number;
}

/** Thresholds of `natural_drift`. */
export interface NaturalDriftThresholds {
  /** So many times the days from one contact to the next of its tier a customer may be silent. Default: `3`. */
  readonly max_cadences?: number;
  /** So many days a customer may be silent, whatever its tier. Default: `90`. */
  readonly min_silent_days?: number;
  /** Use is the mean of the signal over so many days. Default: `30`. */
  readonly use_days?: number;
  /** It is compared with the mean over as many days that end so many days before. Default: `90`. */
  readonly use_lag_days?: number;
  /** The largest fall of use that is acceptable, as a share of what it was. Default: `0.3`. */
  readonly max_fall?: number;
  /** The most days for which nobody is executive sponsor, or champion, where somebody was. Default: `90`. */
  readonly max_vacant_days?: number;
  /** The fewest people of a customer who are there. Default: `2`. */
  readonly min_people?: number;
  /** Emails of so many last days are looked at. Default: `90`. */
  readonly mail_days?: number;
  /** Emails are judged only where at least so many were sent in these days. Default: `5`. */
  readonly min_mails?: number;
  /** The smallest share of sent emails that is opened. Default: `0.05`. */
  readonly min_opened?: number;
  /** A score that lost so many points has fallen. Default: `10`. */
  readonly score_fall?: number;
  /** The score is compared with that of so many days before. Default: `30`. */
  readonly score_days?: number;
  /** The largest share of the drifting MRR whose score has not fallen. Default: `0.5`. */
  readonly max_unseen?: number;
}

/** Thresholds of `wildly_successful`. */
export interface WildlySuccessfulThresholds {
  /** So many days after it came success need not yet be defined with a customer. Default: `60`. */
  readonly max_undefined_days?: number;
  /** A path is judged once this share of its time is over. Default: `0.25`. */
  readonly min_time_spent?: number;
  /** The smallest progress, as a share of the share of the time that is over. Default: `0.7`. */
  readonly min_pace?: number;
  /** The most days that an outcome may be overdue. Default: `30`. */
  readonly max_days_overdue?: number;
  /** The lowest experience that is acceptable, from 0 to 10. Default: `5`. */
  readonly min_experience?: number;
  /** A customer is content from this experience on. Default: `7`. */
  readonly content_experience?: number;
  /** An experience counts for so many days after it was observed. Default: `180`. */
  readonly max_age_days?: number;
}

/** Thresholds of `monitor_health`. */
export interface MonitorHealthThresholds {
  /** So many days after it came a customer need not yet have a score. Default: `60`. */
  readonly max_unscored_days?: number;
  /** The most days since the newest evidence of a customer. Default: `60`. */
  readonly max_evidence_days?: number;
  /** The fewest actions that are open for a customer in the worst band. Default: `1`. */
  readonly min_open_actions?: number;
  /** The most days for which a customer may be in the worst band without anybody beginning an action. Default: `30`. */
  readonly max_ignored_days?: number;
}

/** Thresholds of `time_to_value`. */
export interface TimeToValueThresholds {
  /** It asks of customers who came within so many months, and of all who still wait. Default: `12`. */
  readonly new_months?: number;
  /** The most days to value. Default: `90`. */
  readonly max_days?: number;
  /** The largest share of the first term that is spent without value. Default: `0.25`. */
  readonly max_share_of_term?: number;
  /** The most days behind what was promised. Default: `30`. */
  readonly max_days_behind_plan?: number;
  /** Customers who came within so many months are compared with those who came before them. Default: `6`. */
  readonly recent_months?: number;
  /** Cohorts of at least so many customers are compared. Default: `20`. */
  readonly min_customers?: number;
  /** The largest probability that a difference as large comes by chance. Default: `0.05`. */
  readonly max_p_value?: number;
}

/** What a review goes by. */
export interface ReviewSettingsData {
  /** Thresholds of `bounds`. */
  readonly bounds?: BoundsThresholds;
  /** Thresholds of `right_customer`. */
  readonly right_customer?: RightCustomerThresholds;
  /** Thresholds of `natural_drift`. */
  readonly natural_drift?: NaturalDriftThresholds;
  /** Thresholds of `wildly_successful`. */
  readonly wildly_successful?: WildlySuccessfulThresholds;
  /** Thresholds of `monitor_health`. */
  readonly monitor_health?: MonitorHealthThresholds;
  /** Thresholds of `time_to_value`. */
  readonly time_to_value?: TimeToValueThresholds;
  /** Who is left out, of which principle, and until when. */
  readonly exclusions?: readonly { customer_id: string; principle?: string | null; until?: string | null; reason: string }[];
  /** Plays of your own, which come before those of the library. */
  readonly plays?: readonly ReviewPlayData[];
  /** What makes a score. */
  readonly scorecard?: ScorecardData | null;
  /** Who is in which tier. */
  readonly touch_model?: TouchModelData | null;
  /** What a backtest said of the scorecard. */
  readonly validation?: 'better' | 'not_shown' | null;
}

/** A row of the input table `contracts`. */
export interface ContractRow {
  /** The contract's name, byte-exact. */
  readonly contract_id: string | bigint;
  /** Whose contract it is. */
  readonly customer_id: string | bigint;
  /** The first day in force. */
  readonly start_date: string;
  /** The first day that the contract is not in force any more; none means open-ended. */
  readonly end_date?: string | null | undefined;
  /** Monthly recurring revenue, taken exactly; this or `amount`. */
  readonly mrr?: string | bigint | null | undefined;
  /** What is billed for a `billing_period` or for `term_months`; this or `mrr`. */
  readonly amount?: string | bigint | null | undefined;
  /** What `amount` is billed for. */
  readonly billing_period?: 'day' | 'week' | 'month' | 'quarter' | 'half_year' | 'year' | null | undefined;
  /** The months that `amount` is billed for. */
  readonly term_months?: number | bigint | null | undefined;
  /** The product; contracts without one share a product of their own. */
  readonly product?: string | null | undefined;
  /** The price plan. */
  readonly plan?: string | null | undefined;
  /** The plan's place among the plans of its product, higher for a better one. */
  readonly plan_rank?: number | bigint | null | undefined;
  /** Seats or units; it describes and never multiplies. */
  readonly quantity?: number | bigint | null | undefined;
  /** The ISO 4217 code of the contract's currency; the portfolio's where absent. */
  readonly currency?: string | null | undefined;
  /** Monthly recurring revenue before discount. */
  readonly list_mrr?: string | bigint | null | undefined;
  /** The day the contract was signed. */
  readonly signed_date?: string | null | undefined;
  /** The first day after the agreed term. */
  readonly term_end?: string | null | undefined;
  /** Whether the contract runs on after its term; absent reads as true. */
  readonly auto_renew?: boolean | null | undefined;
  /** The day the customer gave notice. */
  readonly notice_date?: string | null | undefined;
  /** The day the customer took the notice back. */
  readonly notice_withdrawn_on?: string | null | undefined;
  /** The contract that this one renews. */
  readonly renews_contract_id?: string | bigint | null | undefined;
  /** What the contract is for; absent reads as `subscription`. */
  readonly kind?: 'subscription' | 'trial' | 'one_time' | 'usage' | null | undefined;
  /** How the contract came about. */
  readonly source?: 'sales' | 'referral' | 'champion_move' | null | undefined;
  /** The customer who recommended it. */
  readonly referred_by_customer_id?: string | bigint | null | undefined;
  /** The person who recommended it. */
  readonly referred_by_person_id?: string | bigint | null | undefined;
  /** Who or what ended the contract. */
  readonly churn_kind?: 'voluntary' | 'payment_failure' | 'business_closed' | 'migration' | null | undefined;
  /** Why it ended, in the company's own words. */
  readonly churn_reason?: string | null | undefined;
  /** The day this revision was recorded; the latest one counts. */
  readonly recorded_on?: string | null | undefined;
  /** Whether this revision withdraws the contract. */
  readonly withdrawn?: boolean | null | undefined;
}

/** A row of `table('contracts')`: only columns that were given are there. */
export interface LoadedContractRow {
  /** The contract's name, byte-exact. */
  readonly contract_id: string;
  /** Whose contract it is. */
  readonly customer_id: string;
  /** The first day in force. */
  readonly start_date: string;
  /** The first day that the contract is not in force any more; none means open-ended. */
  readonly end_date?: string | null;
  /** Monthly recurring revenue, taken exactly; this or `amount`. */
  readonly mrr?: string | null;
  /** What is billed for a `billing_period` or for `term_months`; this or `mrr`. */
  readonly amount?: string | null;
  /** What `amount` is billed for. */
  readonly billing_period?: string | null;
  /** The months that `amount` is billed for. */
  readonly term_months?: number | null;
  /** The product; contracts without one share a product of their own. */
  readonly product?: string | null;
  /** The price plan. */
  readonly plan?: string | null;
  /** The plan's place among the plans of its product, higher for a better one. */
  readonly plan_rank?: number | null;
  /** Seats or units; it describes and never multiplies. */
  readonly quantity?: number | null;
  /** The ISO 4217 code of the contract's currency; the portfolio's where absent. */
  readonly currency?: string | null;
  /** Monthly recurring revenue before discount. */
  readonly list_mrr?: string | null;
  /** The day the contract was signed. */
  readonly signed_date?: string | null;
  /** The first day after the agreed term. */
  readonly term_end?: string | null;
  /** Whether the contract runs on after its term; absent reads as true. */
  readonly auto_renew?: boolean | null;
  /** The day the customer gave notice. */
  readonly notice_date?: string | null;
  /** The day the customer took the notice back. */
  readonly notice_withdrawn_on?: string | null;
  /** The contract that this one renews. */
  readonly renews_contract_id?: string | null;
  /** What the contract is for; absent reads as `subscription`. */
  readonly kind?: string | null;
  /** How the contract came about. */
  readonly source?: string | null;
  /** The customer who recommended it. */
  readonly referred_by_customer_id?: string | null;
  /** The person who recommended it. */
  readonly referred_by_person_id?: string | null;
  /** Who or what ended the contract. */
  readonly churn_kind?: string | null;
  /** Why it ended, in the company's own words. */
  readonly churn_reason?: string | null;
  /** The day this revision was recorded; the latest one counts. */
  readonly recorded_on?: string | null;
  /** Whether this revision withdraws the contract. */
  readonly withdrawn?: boolean | null;
}

/** A row of the input table `customers`. */
export interface CustomerRow {
  /** The customer's name, byte-exact. */
  readonly customer_id: string | bigint;
  /** What people call the customer. */
  readonly name?: string | null | undefined;
  /** The part of the market. */
  readonly segment?: string | null | undefined;
  /** The industry. */
  readonly industry?: string | null | undefined;
  /** The region. */
  readonly region?: string | null | undefined;
  /** Who is responsible for the customer. */
  readonly owner?: string | null | undefined;
  /** How the customer was won. */
  readonly channel?: string | null | undefined;
  /** Who sold to the customer. */
  readonly seller?: string | null | undefined;
  /** The customer that this one belongs to. */
  readonly parent_id?: string | bigint | null | undefined;
  /** How many people the customer employs. */
  readonly employees?: number | bigint | null | undefined;
  /** What it cost to win the customer, in the reporting currency. */
  readonly acquisition_cost?: string | bigint | null | undefined;
  /** What it cost to get the customer started, in the reporting currency. */
  readonly onboarding_cost?: string | bigint | null | undefined;
  /** What the customer could pay a month, in the reporting currency. */
  readonly potential_mrr?: string | bigint | null | undefined;
  /** How well the product fits the customer, 0 to 100. */
  readonly fit?: number | null | undefined;
  /** The day this revision was recorded; the latest one counts. */
  readonly recorded_on?: string | null | undefined;
  /** Any other column is an attribute, kept as text; floats are refused. */
  readonly [attribute: string]: string | bigint | boolean | number | null | undefined;
}

/** A row of `table('customers')`: only columns that were given are there. */
export interface LoadedCustomerRow {
  /** The customer's name, byte-exact. */
  readonly customer_id: string;
  /** What people call the customer. */
  readonly name?: string | null;
  /** The part of the market. */
  readonly segment?: string | null;
  /** The industry. */
  readonly industry?: string | null;
  /** The region. */
  readonly region?: string | null;
  /** Who is responsible for the customer. */
  readonly owner?: string | null;
  /** How the customer was won. */
  readonly channel?: string | null;
  /** Who sold to the customer. */
  readonly seller?: string | null;
  /** The customer that this one belongs to. */
  readonly parent_id?: string | null;
  /** How many people the customer employs. */
  readonly employees?: number | null;
  /** What it cost to win the customer, in the reporting currency. */
  readonly acquisition_cost?: string | null;
  /** What it cost to get the customer started, in the reporting currency. */
  readonly onboarding_cost?: string | null;
  /** What the customer could pay a month, in the reporting currency. */
  readonly potential_mrr?: string | null;
  /** How well the product fits the customer, 0 to 100. */
  readonly fit?: number | null;
  /** The day this revision was recorded; the latest one counts. */
  readonly recorded_on?: string | null;
  /** Any other column is an attribute. */
  readonly [attribute: string]: string | number | null | undefined;
}

/** A row of the input table `signals`. */
export interface SignalRow {
  /** The customer. */
  readonly customer_id: string | bigint;
  /** What was measured: a reserved name, such as `active_users`, or one of the company's own. */
  readonly signal: string | bigint;
  /** The day of which it tells. */
  readonly observed_on: string;
  /** The number. Of a reserved name it is from 0 up, of `used_in_executive_meetings` 0 or 1. */
  readonly value: number;
  /** The day on which it became known, where that is another. */
  readonly recorded_on?: string | null | undefined;
}

/** A row of `table('signals')`: only columns that were given are there. */
export interface LoadedSignalRow {
  /** The customer. */
  readonly customer_id: string;
  /** What was measured: a reserved name, such as `active_users`, or one of the company's own. */
  readonly signal: string;
  /** The day of which it tells. */
  readonly observed_on: string;
  /** The number. Of a reserved name it is from 0 up, of `used_in_executive_meetings` 0 or 1. */
  readonly value: number;
  /** The day on which it became known, where that is another. */
  readonly recorded_on?: string | null;
}

/** A row of the input table `engagements`. */
export interface EngagementRow {
  /** The customer that was met. */
  readonly customer_id: string | bigint;
  /** The day. */
  readonly date: string;
  /** What it was for. */
  readonly kind: 'qbr' | 'outreach' | 'training' | 'health_check' | 'onboarding' | 'event' | 'marketing' | 'community';
  /** By what the customer was met. */
  readonly channel: 'human' | 'digital';
  /** Whether the customer took part, and was not only spoken to. */
  readonly two_way?: boolean | null | undefined;
  /** How long it took, in minutes. */
  readonly minutes?: number | bigint | null | undefined;
  /** Who of the customer was met, as in the table of stakeholders. */
  readonly person_id?: string | bigint | null | undefined;
  /** Who met the customer. */
  readonly owner?: string | null | undefined;
}

/** A row of `table('engagements')`: only columns that were given are there. */
export interface LoadedEngagementRow {
  /** The customer that was met. */
  readonly customer_id: string;
  /** The day. */
  readonly date: string;
  /** What it was for. */
  readonly kind: string;
  /** By what the customer was met. */
  readonly channel: string;
  /** Whether the customer took part, and was not only spoken to. */
  readonly two_way?: boolean | null;
  /** How long it took, in minutes. */
  readonly minutes?: number | null;
  /** Who of the customer was met, as in the table of stakeholders. */
  readonly person_id?: string | null;
  /** Who met the customer. */
  readonly owner?: string | null;
}

/** A row of the input table `cases`. */
export interface CaseRow {
  /** The customer that opened it. */
  readonly customer_id: string | bigint;
  /** What tells the case from the customer's others. */
  readonly case_id: string | bigint;
  /** The day on which it was opened. */
  readonly opened_on: string;
  /** The day on which it was closed; none while it is open. */
  readonly closed_on?: string | null | undefined;
  /** How pressing it is, in the company's own words. */
  readonly priority?: string | null | undefined;
  /** Who worked on it. */
  readonly agent?: string | null | undefined;
  /** Whether the customer solved it without an agent. */
  readonly resolved_by_self?: boolean | null | undefined;
  /** What the customer said of it afterwards, on the company's own scale, on which more is better. */
  readonly satisfaction?: number | null | undefined;
}

/** A row of `table('cases')`: only columns that were given are there. */
export interface LoadedCaseRow {
  /** The customer that opened it. */
  readonly customer_id: string;
  /** What tells the case from the customer's others. */
  readonly case_id: string;
  /** The day on which it was opened. */
  readonly opened_on: string;
  /** The day on which it was closed; none while it is open. */
  readonly closed_on?: string | null;
  /** How pressing it is, in the company's own words. */
  readonly priority?: string | null;
  /** Who worked on it. */
  readonly agent?: string | null;
  /** Whether the customer solved it without an agent. */
  readonly resolved_by_self?: boolean | null;
  /** What the customer said of it afterwards, on the company's own scale, on which more is better. */
  readonly satisfaction?: number | null;
}

/** A row of the input table `surveys`. */
export interface SurveyRow {
  /** The customer. */
  readonly customer_id: string | bigint;
  /** The day. */
  readonly date: string;
  /** What was asked. */
  readonly kind: 'nps' | 'csat' | 'ces';
  /** The answer; absent where none was given. Of `nps` it is whole, from 0 to 10. */
  readonly score?: number | null | undefined;
  /** The most that can be answered, where that is not a matter of the kind: every answer to `csat` has it. */
  readonly scale_max?: number | bigint | null | undefined;
  /** The role of who was asked. */
  readonly role?: string | null | undefined;
}

/** A row of `table('surveys')`: only columns that were given are there. */
export interface LoadedSurveyRow {
  /** The customer. */
  readonly customer_id: string;
  /** The day. */
  readonly date: string;
  /** What was asked. */
  readonly kind: string;
  /** The answer; absent where none was given. Of `nps` it is whole, from 0 to 10. */
  readonly score?: number | null;
  /** The most that can be answered, where that is not a matter of the kind: every answer to `csat` has it. */
  readonly scale_max?: number | null;
  /** The role of who was asked. */
  readonly role?: string | null;
}

/** A row of the input table `milestones`. */
export interface MilestoneRow {
  /** Whose milestone it is. */
  readonly customer_id: string | bigint;
  /** Which one. */
  readonly milestone: 'kickoff' | 'setup_done' | 'first_value' | 'onboarded';
  /** The day on which it is to be reached: a plan. */
  readonly due_on?: string | null | undefined;
  /** The day on which it was reached; none if it was not. */
  readonly reached_on?: string | null | undefined;
}

/** A row of `table('milestones')`: only columns that were given are there. */
export interface LoadedMilestoneRow {
  /** Whose milestone it is. */
  readonly customer_id: string;
  /** Which one. */
  readonly milestone: string;
  /** The day on which it is to be reached: a plan. */
  readonly due_on?: string | null;
  /** The day on which it was reached; none if it was not. */
  readonly reached_on?: string | null;
}

/** A row of the input table `outcomes`. */
export interface OutcomeRow {
  /** The customer that wants to reach it. */
  readonly customer_id: string | bigint;
  /** What tells the outcome from the customer's others. */
  readonly outcome_id: string | bigint;
  /** What is measured, in words. */
  readonly measure?: string | null | undefined;
  /** Its value at the beginning. */
  readonly baseline?: number | null | undefined;
  /** The value that is to be reached; it may be less than the one at the beginning. */
  readonly target?: number | null | undefined;
  /** Its value on the day `observed_on`. */
  readonly current?: number | null | undefined;
  /** The day on which its current value, and the experience, were seen. */
  readonly observed_on?: string | null | undefined;
  /** The day on which the outcome was agreed on. */
  readonly agreed_on?: string | null | undefined;
  /** Whether the customer itself agreed. */
  readonly agreed_by_customer?: boolean | null | undefined;
  /** The day by which it is to be reached: a plan. */
  readonly due_on?: string | null | undefined;
  /** The day on which it was reached; none if it was not. */
  readonly achieved_on?: string | null | undefined;
  /** How the way there feels to the customer, from 0 to 10. */
  readonly experience?: number | null | undefined;
}

/** A row of `table('outcomes')`: only columns that were given are there. */
export interface LoadedOutcomeRow {
  /** The customer that wants to reach it. */
  readonly customer_id: string;
  /** What tells the outcome from the customer's others. */
  readonly outcome_id: string;
  /** What is measured, in words. */
  readonly measure?: string | null;
  /** Its value at the beginning. */
  readonly baseline?: number | null;
  /** The value that is to be reached; it may be less than the one at the beginning. */
  readonly target?: number | null;
  /** Its value on the day `observed_on`. */
  readonly current?: number | null;
  /** The day on which its current value, and the experience, were seen. */
  readonly observed_on?: string | null;
  /** The day on which the outcome was agreed on. */
  readonly agreed_on?: string | null;
  /** Whether the customer itself agreed. */
  readonly agreed_by_customer?: boolean | null;
  /** The day by which it is to be reached: a plan. */
  readonly due_on?: string | null;
  /** The day on which it was reached; none if it was not. */
  readonly achieved_on?: string | null;
  /** How the way there feels to the customer, from 0 to 10. */
  readonly experience?: number | null;
}

/** A row of the input table `stakeholders`. */
export interface StakeholderRow {
  /** The customer whose person it is. */
  readonly customer_id: string | bigint;
  /** The person. */
  readonly person_id: string | bigint;
  /** The person's role. */
  readonly role: 'executive_sponsor' | 'champion' | 'admin' | 'user';
  /** The first day in the role; without it the person has always been there. */
  readonly since?: string | null | undefined;
  /** The first day on which the person is not there any more. */
  readonly left_on?: string | null | undefined;
  /** The customer to which the person went. */
  readonly moved_to_customer_id?: string | bigint | null | undefined;
}

/** A row of `table('stakeholders')`: only columns that were given are there. */
export interface LoadedStakeholderRow {
  /** The customer whose person it is. */
  readonly customer_id: string;
  /** The person. */
  readonly person_id: string;
  /** The person's role. */
  readonly role: string;
  /** The first day in the role; without it the person has always been there. */
  readonly since?: string | null;
  /** The first day on which the person is not there any more. */
  readonly left_on?: string | null;
  /** The customer to which the person went. */
  readonly moved_to_customer_id?: string | null;
}

/** A row of the input table `feedback`. */
export interface FeedbackRow {
  /** The customer. */
  readonly customer_id: string | bigint;
  /** The day on which it was said. */
  readonly date: string;
  /** What it is. */
  readonly kind: 'request' | 'bug' | 'praise' | 'promise';
  /** What it is about, in the company's own words. */
  readonly topic?: string | null | undefined;
  /** The day on which the customer had an answer. */
  readonly answered_on?: string | null | undefined;
  /** The day on which the product had what was asked for or promised. */
  readonly released_on?: string | null | undefined;
}

/** A row of `table('feedback')`: only columns that were given are there. */
export interface LoadedFeedbackRow {
  /** The customer. */
  readonly customer_id: string;
  /** The day on which it was said. */
  readonly date: string;
  /** What it is. */
  readonly kind: string;
  /** What it is about, in the company's own words. */
  readonly topic?: string | null;
  /** The day on which the customer had an answer. */
  readonly answered_on?: string | null;
  /** The day on which the product had what was asked for or promised. */
  readonly released_on?: string | null;
}

/** A row of the input table `advocacy`. */
export interface AdvocacyRow {
  /** The customer. */
  readonly customer_id: string | bigint;
  /** The day. */
  readonly date: string;
  /** What it did. */
  readonly kind: 'reference' | 'review' | 'referral' | 'case_study' | 'word_of_mouth';
}

/** A row of `table('advocacy')`: only columns that were given are there. */
export interface LoadedAdvocacyRow {
  /** The customer. */
  readonly customer_id: string;
  /** The day. */
  readonly date: string;
  /** What it did. */
  readonly kind: string;
}

/** A row of the input table `actions`. */
export interface ActionRow {
  /** The play that is run. */
  readonly play: string | bigint;
  /** The day on which it was begun. */
  readonly opened_on: string;
  /** The customer for whom it is run; none where it is for all. */
  readonly customer_id?: string | bigint | null | undefined;
  /** The finding that it answers. */
  readonly finding_id?: string | bigint | null | undefined;
  /** Who runs it. */
  readonly owner?: string | null | undefined;
  /** The day by which it is to be closed: a plan. */
  readonly due_on?: string | null | undefined;
  /** The day on which it was closed; none while it is open. */
  readonly closed_on?: string | null | undefined;
  /** What came of it, in the company's own words. */
  readonly result?: string | null | undefined;
  /** The day until which its finding is not told again: a plan. */
  readonly snoozed_until?: string | null | undefined;
}

/** A row of `table('actions')`: only columns that were given are there. */
export interface LoadedActionRow {
  /** The play that is run. */
  readonly play: string;
  /** The day on which it was begun. */
  readonly opened_on: string;
  /** The customer for whom it is run; none where it is for all. */
  readonly customer_id?: string | null;
  /** The finding that it answers. */
  readonly finding_id?: string | null;
  /** Who runs it. */
  readonly owner?: string | null;
  /** The day by which it is to be closed: a plan. */
  readonly due_on?: string | null;
  /** The day on which it was closed; none while it is open. */
  readonly closed_on?: string | null;
  /** What came of it, in the company's own words. */
  readonly result?: string | null;
  /** The day until which its finding is not told again: a plan. */
  readonly snoozed_until?: string | null;
}

/** A row of the input table `pauses`. */
export interface PauseRow {
  /** The contract that is paused, whichever of its revisions counts. */
  readonly contract_id: string | bigint;
  /** The first day of the pause. */
  readonly from_date: string;
  /** The first day that is not in the pause any more; none if its end is open. */
  readonly to_date?: string | null | undefined;
}

/** A row of `table('pauses')`: only columns that were given are there. */
export interface LoadedPauseRow {
  /** The contract that is paused, whichever of its revisions counts. */
  readonly contract_id: string;
  /** The first day of the pause. */
  readonly from_date: string;
  /** The first day that is not in the pause any more; none if its end is open. */
  readonly to_date?: string | null;
}

/** A row of the input table `practices`. */
export interface PracticeRow {
  /** What it is about. */
  readonly topic: 'retention_goal' | 'shared_goals' | 'incentive' | 'authority' | 'visibility' | 'handover' | 'signed_definitions' | 'definition_in_use' | 'metric_owner' | 'score_validated' | 'success_definition' | 'listening' | 'priority' | 'target_customers' | 'promises' | 'customer_officer';
  /** What is done, such as the name of the metric or of the incentive. */
  readonly value?: string | null | undefined;
  /** Who answers for it. */
  readonly owner?: string | null | undefined;
  /** The first day; without it, it has always been so. */
  readonly since?: string | null | undefined;
}

/** A row of `table('practices')`: only columns that were given are there. */
export interface LoadedPracticeRow {
  /** What it is about. */
  readonly topic: string;
  /** What is done, such as the name of the metric or of the incentive. */
  readonly value?: string | null;
  /** Who answers for it. */
  readonly owner?: string | null;
  /** The first day; without it, it has always been so. */
  readonly since?: string | null;
}

/** The options of `fromTables`. */
export interface FromTablesOptions {
  /** The contracts. */
  readonly contracts: TableInput<ContractRow>;
  /** The customers; made from the contracts if left out. Default: `null`. */
  readonly customers?: TableInput<CustomerRow> | null | undefined;
  /** What was measured of customers. Default: `null`. */
  readonly signals?: TableInput<SignalRow> | null | undefined;
  /** The engagements with customers. Default: `null`. */
  readonly engagements?: TableInput<EngagementRow> | null | undefined;
  /** The support cases of customers. Default: `null`. */
  readonly cases?: TableInput<CaseRow> | null | undefined;
  /** The surveys that customers were asked to answer. Default: `null`. */
  readonly surveys?: TableInput<SurveyRow> | null | undefined;
  /** The milestones of customers. Default: `null`. */
  readonly milestones?: TableInput<MilestoneRow> | null | undefined;
  /** The outcomes that customers want to reach. Default: `null`. */
  readonly outcomes?: TableInput<OutcomeRow> | null | undefined;
  /** The people of customers. Default: `null`. */
  readonly stakeholders?: TableInput<StakeholderRow> | null | undefined;
  /** The feedback of customers, and what they were promised. Default: `null`. */
  readonly feedback?: TableInput<FeedbackRow> | null | undefined;
  /** What customers did for the company's name. Default: `null`. */
  readonly advocacy?: TableInput<AdvocacyRow> | null | undefined;
  /** What was begun because of findings. Default: `null`. */
  readonly actions?: TableInput<ActionRow> | null | undefined;
  /** The pauses of contracts. Default: `null`. */
  readonly pauses?: TableInput<PauseRow> | null | undefined;
  /** How the company itself works. Default: `null`. */
  readonly practices?: TableInput<PracticeRow> | null | undefined;
  /** The reporting currency by its ISO 4217 code, and that of rows without one. Default: `null`. */
  readonly currency?: string | null | undefined;
  /** Whether rows with a problem are an error, or are rejected and kept in the load report. Default: `"raise"`. */
  readonly onInvalid?: 'raise' | 'reject' | undefined;
  /** Whether columns that a table does not have are an error or are left out. Default: `"error"`. */
  readonly extraColumns?: 'error' | 'ignore' | undefined;
  /** Whether rows that say the same as an earlier one are an error or are left out with a warning. Default: `"error"`. */
  readonly duplicates?: 'error' | 'drop' | undefined;
  /** The last day that the data tells of; the latest on which a row became known if left out. Default: `null`. */
  readonly observedUntil?: string | null | undefined;
  /** What the input may hold at most, by the names of the limits. Default: `null`. */
  readonly limits?: LimitsData | null | undefined;
  /** Whether problems leave out what users wrote, for the sake of logs. Default: `false`. */
  readonly redact?: boolean | undefined;
  /** The definitions that operations follow unless given others; their extra_digits say how many decimals amounts may have. Default: `null`. */
  readonly definitions?: Definitions | Partial<DefinitionsData> | null | undefined;
}

/** The options of `fromCsv`. */
export interface FromCsvOptions {
  /** The customers; made from the contracts if left out. Default: `null`. */
  readonly customers?: CsvFile | null | undefined;
  /** What was measured of customers. Default: `null`. */
  readonly signals?: CsvFile | null | undefined;
  /** The engagements with customers. Default: `null`. */
  readonly engagements?: CsvFile | null | undefined;
  /** The support cases of customers. Default: `null`. */
  readonly cases?: CsvFile | null | undefined;
  /** The surveys that customers were asked to answer. Default: `null`. */
  readonly surveys?: CsvFile | null | undefined;
  /** The milestones of customers. Default: `null`. */
  readonly milestones?: CsvFile | null | undefined;
  /** The outcomes that customers want to reach. Default: `null`. */
  readonly outcomes?: CsvFile | null | undefined;
  /** The people of customers. Default: `null`. */
  readonly stakeholders?: CsvFile | null | undefined;
  /** The feedback of customers, and what they were promised. Default: `null`. */
  readonly feedback?: CsvFile | null | undefined;
  /** What customers did for the company's name. Default: `null`. */
  readonly advocacy?: CsvFile | null | undefined;
  /** What was begun because of findings. Default: `null`. */
  readonly actions?: CsvFile | null | undefined;
  /** The pauses of contracts. Default: `null`. */
  readonly pauses?: CsvFile | null | undefined;
  /** How the company itself works. Default: `null`. */
  readonly practices?: CsvFile | null | undefined;
  /** The reporting currency by its ISO 4217 code, and that of rows without one. Default: `null`. */
  readonly currency?: string | null | undefined;
  /** Whether rows with a problem are an error, or are rejected and kept in the load report. Default: `"raise"`. */
  readonly onInvalid?: 'raise' | 'reject' | undefined;
  /** Whether columns that a table does not have are an error or are left out. Default: `"error"`. */
  readonly extraColumns?: 'error' | 'ignore' | undefined;
  /** Whether rows that say the same as an earlier one are an error or are left out with a warning. Default: `"error"`. */
  readonly duplicates?: 'error' | 'drop' | undefined;
  /** The last day that the data tells of; the latest on which a row became known if left out. Default: `null`. */
  readonly observedUntil?: string | null | undefined;
  /** What the input may hold at most, by the names of the limits. Default: `null`. */
  readonly limits?: LimitsData | null | undefined;
  /** Whether problems leave out what users wrote, for the sake of logs. Default: `false`. */
  readonly redact?: boolean | undefined;
  /** The definitions that operations follow unless given others; their extra_digits say how many decimals amounts may have. Default: `null`. */
  readonly definitions?: Definitions | Partial<DefinitionsData> | null | undefined;
  /** Whose export it is. Default: `"contracts"`. */
  readonly format?: 'contracts' | 'baremetrics' | 'stripe_subscriptions' | 'chartmogul' | undefined;
  /** The encoding of the files. Default: `"utf-8"`. */
  readonly encoding?: 'utf-8' | 'cp932' | undefined;
  /** By table, from their names of columns to ours. Default: `null`. */
  readonly columns?: ColumnMapping | null | undefined;
  /** How the files write numbers; the plain form 1200.00 if left out. Default: `null`. */
  readonly numberFormat?: string | null | undefined;
  /** How the files write dates; the form 2026-01-31 if left out. Default: `null`. */
  readonly dateFormat?: string | null | undefined;
}

/** The options of `synthetic`. */
export interface SyntheticOptions {
  /** How many customers, from 1 to 5000000. Default: `1000`. */
  readonly customers?: number | undefined;
  /** How many months the book tells of, from 1 to 120. Default: `36`. */
  readonly months?: number | undefined;
  /** Which of many such books, from 0 to 9007199254740991. Default: `1`. */
  readonly seed?: number | undefined;
  /** The currency by its ISO 4217 code; prices in one without decimals are a hundred times those in others. Default: `"USD"`. */
  readonly currency?: string | undefined;
  /** The principle that the company breaks; monitor_health, loyalty_without_personal_ties, hard_metrics and cs_operations touch every customer, also those who are not planted in truth. Default: `null`. */
  readonly fault?: 'right_customer' | 'natural_drift' | 'wildly_successful' | 'monitor_health' | 'loyalty_without_personal_ties' | 'product_differentiator' | 'time_to_value' | 'know_your_metrics' | 'hard_metrics' | 'top_down' | 'customer_commitment' | 'cs_operations' | 'product_led' | null | undefined;
  /** What the book, and each table that is shown of it, may hold at most, by the names of the limits. Default: `null`. */
  readonly limits?: LimitsData | null | undefined;
  /** The definitions that operations follow unless given others; their extra_digits say how many decimals amounts may have. Default: `null`. */
  readonly definitions?: Definitions | Partial<DefinitionsData> | null | undefined;
}

/** The options of `movements`. */
export interface MovementsOptions {
  /** What to group by: columns of customers, cohort (the first day of the period in which a customer first paid, or with product its line for one), product (then each customer's line for one product is what moves and is counted). Default: `null`. */
  readonly by?: string | readonly string[] | null | undefined;
  /** Whose line is looked at: each customer's own, or that of its top parent with all below it. Default: `"customer"`. */
  readonly level?: 'customer' | 'parent' | undefined;
  /** What every number means; the portfolio's definitions if left out. Default: `null`. */
  readonly definitions?: Definitions | Partial<DefinitionsData> | null | undefined;
  /** Only what was known at the close of this day; periods that close after it have no rows. Default: `null`. */
  readonly knownOn?: string | null | undefined;
}

/** A row of `movements`. */
export interface MovementsRow {
  /** The first day of the period. */
  readonly period_start: string;
  /** The day after its last. */
  readonly period_end: string;
  /** MRR at the close of the day before the period. */
  readonly opening_mrr: string;
  /** First MRR of customers never seen before. */
  readonly new_mrr: string;
  /** MRR of customers who had left and came back. */
  readonly reactivation_mrr: string;
  /** Additional MRR of paying customers. */
  readonly expansion_mrr: string;
  /** MRR given up by customers who still pay. */
  readonly contraction_mrr: string;
  /** MRR of customers who left. */
  readonly churned_mrr: string;
  /** Change of MRR by rates of exchange, signed; zero with `fx="single"`. */
  readonly fx_mrr: string;
  /** MRR at the close of the period's last day. */
  readonly closing_mrr: string;
  /** The part of closing MRR that rests on a tolerated gap; zero with `gap_tolerance_days=0`. */
  readonly provisional_mrr: string;
  /** Annual recurring revenue at the close: each contract's exact yearly amount, rounded once. */
  readonly closing_arr: string;
  /** More of products that were held, of customers who paid before and after. */
  readonly upsell_mrr: string;
  /** Products that were not held before. */
  readonly cross_sell_mrr: string;
  /** Less of products that are still held. */
  readonly downsell_mrr: string;
  /** Products that were given up. */
  readonly product_churn_mrr: string;
  /** Customers paying at the close of the day before the period. */
  readonly opening_customers: number;
  /** Distinct customers who were new in the period. */
  readonly new_customers: number;
  /** Distinct customers who came back. */
  readonly reactivated_customers: number;
  /** Distinct customers with an expansion. */
  readonly expanded_customers: number;
  /** Distinct customers with a contraction. */
  readonly contracted_customers: number;
  /** Distinct customers who left. */
  readonly churned_customers: number;
  /** Customers paying at the close of the period's last day. */
  readonly closing_customers: number;
}

/** The options of `journal`. */
export interface JournalOptions {
  /** Whose line is looked at: each customer's own, or that of its top parent with all below it. Default: `"customer"`. */
  readonly level?: 'customer' | 'parent' | undefined;
  /** What every number means; the portfolio's definitions if left out. Default: `null`. */
  readonly definitions?: Definitions | Partial<DefinitionsData> | null | undefined;
  /** Only what was known at the close of this day; periods that close after it have no rows. Default: `null`. */
  readonly knownOn?: string | null | undefined;
}

/** A row of `journal`. */
export interface JournalRow {
  /** The day of the later close: the first with the new MRR, or a period's last with `sampling="period_end"`. */
  readonly date: string;
  /** Whose movement it is. */
  readonly customer_id: string;
  /** What moved: new, reactivation, expansion, contraction, churn, fx or product_mix. */
  readonly kind: 'new' | 'reactivation' | 'expansion' | 'contraction' | 'churn' | 'fx' | 'product_mix';
  /** By how much, as a magnitude: of MRR after less MRR before; zero for `product_mix`. */
  readonly amount: string;
  /** The customer's MRR at the earlier close. */
  readonly mrr_before: string;
  /** The customer's MRR at the later close. */
  readonly mrr_after: string;
  /** More of products that were held; zero unless the customer paid before and after, as are the next three. */
  readonly upsell_mrr: string;
  /** Products that were not held before. */
  readonly cross_sell_mrr: string;
  /** Less of products that are still held. */
  readonly downsell_mrr: string;
  /** Products that were given up. */
  readonly product_churn_mrr: string;
  /** The contracts that differ between the two closes - started, ended or changed - in the order of bytes. */
  readonly contract_ids: string[];
}

/** The options of `retention`. */
export interface RetentionOptions {
  /** What each period's close is compared with: the close so many months earlier, or period for its own opening. Default: `"12 months"`. */
  readonly window?: string | undefined;
  /** What to group by: columns of customers, cohort (the first day of the period in which a customer first paid, or with product its line for one), product (then each customer's line for one product is what moves and is counted). Default: `null`. */
  readonly by?: string | readonly string[] | null | undefined;
  /** Whose line is looked at: each customer's own, or that of its top parent with all below it. Default: `"customer"`. */
  readonly level?: 'customer' | 'parent' | undefined;
  /** What every number means; the portfolio's definitions if left out. Default: `null`. */
  readonly definitions?: Definitions | Partial<DefinitionsData> | null | undefined;
  /** Only what was known at the close of this day; periods that close after it have no rows. Default: `null`. */
  readonly knownOn?: string | null | undefined;
}

/** A row of `retention`. */
export interface RetentionRow {
  /** The first day of the window; the customers are those paying at the close of the day before. */
  readonly window_start: string;
  /** The day after the window, which ends with the period. */
  readonly window_end: string;
  /** MRR at the close before the window. */
  readonly opening_mrr: string;
  /** What is left of it at the window's last close: of each customer the smaller of both. */
  readonly retained_mrr: string;
  /** What these customers pay beyond it. */
  readonly expansion_mrr: string;
  /** Gross retention: retained over opening MRR, from 0 to 1; absent where nothing was paid. */
  readonly grr: number | null;
  /** Net retention: retained and expansion over opening MRR; absent where nothing was paid. */
  readonly nrr: number | null;
  /** Customers paying at the close before the window. */
  readonly opening_customers: number;
  /** Those of them who pay at its last close. */
  readonly retained_customers: number;
  /** Retained over opening customers; absent where there are none. */
  readonly customer_retention: number | null;
  /** The others over opening customers; absent where there are none. */
  readonly customer_churn: number | null;
  /** The lower end of the Wilson interval of customer churn, at 95%; absent where there are no customers. */
  readonly customer_churn_low: number | null;
  /** The upper end of it, absent likewise. */
  readonly customer_churn_high: number | null;
  /** Whether the rates rest on fewer than 30 customers. */
  readonly small_sample: boolean;
}

/** The options of `retentionIntervals`. */
export interface RetentionIntervalsOptions {
  /** What each period's close is compared with: the close so many months earlier, or period for its own opening. Default: `"12 months"`. */
  readonly window?: string | undefined;
  /** How often the customers are drawn, from 100 to 100000. Default: `1000`. */
  readonly resamples?: number | undefined;
  /** What to group by: columns of customers, cohort (the first day of the period in which a customer first paid, or with product its line for one), product (then each customer's line for one product is what moves and is counted). Default: `null`. */
  readonly by?: string | readonly string[] | null | undefined;
  /** Whose line is looked at: each customer's own, or that of its top parent with all below it. Default: `"customer"`. */
  readonly level?: 'customer' | 'parent' | undefined;
  /** What every number means; the portfolio's definitions if left out. Default: `null`. */
  readonly definitions?: Definitions | Partial<DefinitionsData> | null | undefined;
  /** Only what was known at the close of this day; periods that close after it have no rows. Default: `null`. */
  readonly knownOn?: string | null | undefined;
}

/** A row of `retentionIntervals`. */
export interface RetentionIntervalsRow {
  /** The first day of the window; the customers are those paying at the close of the day before. */
  readonly window_start: string;
  /** The day after the window, which ends with the period. */
  readonly window_end: string;
  /** Customers paying at the close before the window: those that are drawn from. */
  readonly opening_customers: number;
  /** Gross retention, as in `retention`; absent where nothing was paid, as are all the others. */
  readonly grr: number | null;
  /** The lower end of its interval, at 95%. */
  readonly grr_low: number | null;
  /** The upper end of it. */
  readonly grr_high: number | null;
  /** Net retention, as in `retention`. */
  readonly nrr: number | null;
  /** The lower end of its interval, at 95%. */
  readonly nrr_low: number | null;
  /** The upper end of it. */
  readonly nrr_high: number | null;
  /** How often customers were drawn. */
  readonly resamples: number;
  /** Whether the intervals rest on fewer than 30 customers. */
  readonly small_sample: boolean;
}

/** The options of `flowRetention`. */
export interface FlowRetentionOptions {
  /** What to group by: columns of customers, cohort (the first day of the period in which a customer first paid, or with product its line for one), product (then each customer's line for one product is what moves and is counted). Default: `null`. */
  readonly by?: string | readonly string[] | null | undefined;
  /** Whose line is looked at: each customer's own, or that of its top parent with all below it. Default: `"customer"`. */
  readonly level?: 'customer' | 'parent' | undefined;
  /** What every number means; the portfolio's definitions if left out. Default: `null`. */
  readonly definitions?: Definitions | Partial<DefinitionsData> | null | undefined;
  /** Only what was known at the close of this day; periods that close after it have no rows. Default: `null`. */
  readonly knownOn?: string | null | undefined;
}

/** A row of `flowRetention`. */
export interface FlowRetentionRow {
  /** The first day of the period. */
  readonly period_start: string;
  /** The day after its last. */
  readonly period_end: string;
  /** MRR at the close of the day before the period. */
  readonly opening_mrr: string;
  /** Expansion of the customers paying at that close. */
  readonly expansion_mrr: string;
  /** Returns, within the period, of the customers paying at that close. */
  readonly reactivation_mrr: string;
  /** Contraction of the customers paying at that close. */
  readonly contraction_mrr: string;
  /** Churn of the customers paying at that close. */
  readonly churned_mrr: string;
  /** Churn and contraction, less expansion and reactivation, of everybody; signed. */
  readonly net_churned_mrr: string;
  /** 1 less contraction and churn of the opening's customers over opening MRR; absent where nothing was paid. */
  readonly flow_grr: number | null;
  /** The same with their expansion and reactivation; absent where nothing was paid. */
  readonly flow_nrr: number | null;
  /** Net churn of everybody over opening MRR; absent where nothing was paid. */
  readonly net_mrr_churn_all: number | null;
}

/** The options of `cohorts`. */
export interface CohortsOptions {
  /** What to group by: columns of customers, product (then each customer's line for one product is what is counted). Default: `null`. */
  readonly by?: string | readonly string[] | null | undefined;
  /** Whose line is looked at: each customer's own, or that of its top parent with all below it. Default: `"customer"`. */
  readonly level?: 'customer' | 'parent' | undefined;
  /** What every number means; the portfolio's definitions if left out. Default: `null`. */
  readonly definitions?: Definitions | Partial<DefinitionsData> | null | undefined;
  /** Only what was known at the close of this day; periods that close after it have no rows. Default: `null`. */
  readonly knownOn?: string | null | undefined;
}

/** A row of `cohorts`. */
export interface CohortsRow {
  /** The first day of the period in which its customers first paid. */
  readonly cohort: string;
  /** Periods since; at age 0 it is looked at at the close of that period itself. */
  readonly age: number;
  /** All customers of the cohort. */
  readonly size: number;
  /** What each of them paid at the close of its first paying day, summed. */
  readonly base_mrr: string;
  /** Those who pay at the close. */
  readonly customers: number;
  /** What they pay. */
  readonly mrr: string;
  /** Customers over size; never absent, since a cohort has customers. */
  readonly customer_retention: number | null;
  /** MRR over base MRR; absent where that is zero. */
  readonly mrr_retention: number | null;
}

/** The options of `renewals`. */
export interface RenewalsOptions {
  /** What to group by: columns of customers, cohort (the first day of the period in which a customer first paid, or with product its line for one), product (then each customer's line for one product is what moves and is counted). Default: `null`. */
  readonly by?: string | readonly string[] | null | undefined;
  /** What every number means; the portfolio's definitions if left out. Default: `null`. */
  readonly definitions?: Definitions | Partial<DefinitionsData> | null | undefined;
  /** Only what was known at the close of this day; what falls due later is pending unless as much is signed already. Default: `null`. */
  readonly knownOn?: string | null | undefined;
}

/** A row of `renewals`. */
export interface RenewalsRow {
  /** The first day of the period. */
  readonly period_start: string;
  /** The day after its last. */
  readonly period_end: string;
  /** Renewals that fall due in the period, but for what is free. */
  readonly due_count: number;
  /** Those of which nobody knows yet what becomes of them: what follows may still come. */
  readonly pending_count: number;
  /** Those that go on at the same MRR. */
  readonly renewed_count: number;
  /** Those that go on at more. */
  readonly upgraded_count: number;
  /** Those that go on at less. */
  readonly downgraded_count: number;
  /** Those that nothing follows. */
  readonly lost_count: number;
  /** Of the lost those that ended before their term was over. */
  readonly early_termination_count: number;
  /** What costs nothing and falls due: outside of all the others. */
  readonly free_count: number;
  /** Of those that go on those whose successor begins before the day on which they fall due. */
  readonly early_count: number;
  /** The same on that day. */
  readonly on_time_count: number;
  /** The same after it. */
  readonly late_count: number;
  /** The MRR that falls due: `pending_mrr + kept_mrr + downgrade_mrr + lost_mrr`. */
  readonly due_mrr: string;
  /** The MRR of what is pending. */
  readonly pending_mrr: string;
  /** What goes on of the MRR that fell due. */
  readonly kept_mrr: string;
  /** By how much more the upgraded go on. */
  readonly upgrade_mrr: string;
  /** By how much less the downgraded go on. */
  readonly downgrade_mrr: string;
  /** The MRR of the lost: withdrawals. */
  readonly lost_mrr: string;
  /** Those that go on over all that are not pending; absent where there are none. */
  readonly renewal_rate: number | null;
  /** The lower end of its Wilson interval, at 95%; absent likewise. */
  readonly renewal_rate_low: number | null;
  /** The upper end of it, absent likewise. */
  readonly renewal_rate_high: number | null;
  /** `kept_mrr / (due_mrr - pending_mrr)`; absent where that is zero. */
  readonly gross_renewal_rate: number | null;
  /** `(kept_mrr + upgrade_mrr) / (due_mrr - pending_mrr)`; absent likewise. */
  readonly net_renewal_rate: number | null;
  /** First renewals: each of their contracts comes to the end of its first term, and what it follows, if anything, was amended before it came to one; without what is pending. */
  readonly first_count: number;
  /** Those of them that go on. */
  readonly first_kept_count: number;
  /** The share of these; absent where there are no first renewals. */
  readonly first_renewal_rate: number | null;
  /** The share of the list price that those first renewals that go on did not pay before; only those of which a list price is given on both sides are in it, and it is absent without any. */
  readonly first_discount: number | null;
  /** The share that they do not pay since; absent likewise. */
  readonly first_renewed_discount: number | null;
  /** The second less the first: by how much the discount grew at the first renewal; absent likewise. Each renewal weighs what its list price is; in `drilldown` all count alike. */
  readonly first_discount_change: number | null;
  /** The MRR of contracts without a term and without an end, which never fall due, at the close of the period. */
  readonly open_ended_mrr: string;
}

/** The options of `renewalLines`. */
export interface RenewalLinesOptions {
  /** What every number means; the portfolio's definitions if left out. Default: `null`. */
  readonly definitions?: Definitions | Partial<DefinitionsData> | null | undefined;
  /** Only what was known at the close of this day; what falls due later is pending unless as much is signed already. Default: `null`. */
  readonly knownOn?: string | null | undefined;
}

/** A row of `renewalLines`. */
export interface RenewalLinesRow {
  /** The customer. */
  readonly customer_id: string;
  /** The product; absent where contracts have none, or where all of a customer are renewed together. */
  readonly product: string | null;
  /** The day on which they fell due. */
  readonly due_on: string;
  /** What became of them. */
  readonly outcome: 'renewed' | 'upgraded' | 'downgraded' | 'lost' | 'early_termination' | 'pending' | 'free';
  /** When what follows begins: `early`, `on_time` or `late`; absent where nothing follows. */
  readonly timing: 'early' | 'on_time' | 'late' | null;
  /** Whether it is the first time: each of them comes to the end of its first term, and what it follows, if anything, was amended before it came to one. */
  readonly is_first: boolean;
  /** Their MRR. */
  readonly due_mrr: string;
  /** The MRR of what follows. */
  readonly renewed_mrr: string;
  /** The share of their list price that they do not pay; absent where a list price is not given, has more digits than the definitions ask for, or all are zero. */
  readonly discount: number | null;
  /** The same of what follows; absent where nothing does, too. */
  readonly renewed_discount: number | null;
  /** The contracts that fell due. */
  readonly contract_ids: string[];
  /** Those that follow: one that runs on follows itself. */
  readonly renewed_by: string[];
}

/** The options of `committed`. */
export interface CommittedOptions {
  /** The share of MRR that is expected to be lost within that time beyond what is known, at most 6 decimals; that of as many days up to now if left out. Default: `null`. */
  readonly lossProbability?: number | null | undefined;
  /** What to group by: columns of customers, cohort (the first day of the period in which a customer first paid, or with product its line for one), product (then each customer's line for one product is what moves and is counted). Default: `null`. */
  readonly by?: string | readonly string[] | null | undefined;
  /** What every number means; the portfolio's definitions if left out. Default: `null`. */
  readonly definitions?: Definitions | Partial<DefinitionsData> | null | undefined;
}

/** A row of `committed`. */
export interface CommittedRow {
  /** The day to come, `horizon_days` after the day that is looked from. */
  readonly until: string;
  /** Customers who pay now. */
  readonly customers: number;
  /** Their MRR now. */
  readonly mrr: string;
  /** The MRR then of those who pay nothing now: signed, and begun by that day. */
  readonly signed_mrr: string;
  /** By how much more those pay then who pay more. */
  readonly upgrade_mrr: string;
  /** By how much less those pay then who still pay. */
  readonly downgrade_mrr: string;
  /** The MRR now of those of whom it is known that they pay nothing then, or who pay nothing in a gap that may close. */
  readonly withdrawal_mrr: string;
  /** The MRR then: `mrr + signed_mrr + upgrade_mrr - downgrade_mrr - withdrawal_mrr`. */
  readonly committed_mrr: string;
  /** Of that what contracts under a notice that stands pay then: they end later, or nobody knows when. */
  readonly noticed_mrr: string;
  /** The share that is expected to be lost of the MRR, at `until`, of those who pay now and at `until`; absent where nobody paid so many days ago, or where all of them were known to leave. */
  readonly loss_probability: number | null;
  /** Where that comes from. */
  readonly loss_source: 'given' | 'history';
  /** That share of it, rounded half to even; absent likewise. */
  readonly expected_loss_mrr: string | null;
  /** `committed_mrr - expected_loss_mrr`; absent likewise. */
  readonly expected_mrr: string | null;
}

/** The options of `lifetimeValue`. */
export interface LifetimeValueOptions {
  /** The share of revenue that is left after the cost of serving it, at most 6 decimals. Default: `1`. */
  readonly grossMargin?: number | undefined;
  /** Over how many months up to the day churn is measured, from 1 to 120. Default: `12`. */
  readonly months?: number | undefined;
  /** How many months of a lifetime are counted by survival and by the model, from 1 to 1200; by churn alone there is no end. Default: `60`. */
  readonly horizonMonths?: number | undefined;
  /** By what share of itself money is worth less in a year, at most 6 decimals. Default: `0`. */
  readonly discountRate?: number | undefined;
  /** How many months there are between two days on which a customer may leave, from 1 to 60: 12 for yearly contracts. Default: `1`. */
  readonly periodMonths?: number | undefined;
  /** What to group by: columns of customers, cohort (the first day of the period in which one first paid). Default: `null`. */
  readonly by?: string | readonly string[] | null | undefined;
  /** What every number means; the portfolio's definitions if left out. Default: `null`. */
  readonly definitions?: Definitions | Partial<DefinitionsData> | null | undefined;
}

/** A row of `lifetimeValue`. */
export interface LifetimeValueRow {
  /** Customers who pay at the close of the day. */
  readonly customers: number;
  /** Their MRR. */
  readonly mrr: string;
  /** `mrr / customers`; absent where nobody pays. */
  readonly arpa: string | null;
  /** Customers who paid at the close before the last `months` months. */
  readonly opening_customers: number;
  /** Those of them who do not pay at the close of the day. */
  readonly lost_customers: number;
  /** Customers who first paid within these months. */
  readonly new_customers: number;
  /** `lost_customers / opening_customers`, over these months; absent where nobody paid before. */
  readonly customer_churn: number | null;
  /** What the customers who have ever paid bought once, by contracts of the kind `one_time` that are no recurring revenue, over their number; absent where nobody ever paid. */
  readonly one_time_revenue: string | null;
  /** The months that a customer pays for on average at this churn: 1 over the share that is lost a month, which is `1 - (1 - customer_churn)^(1 / months)`; 6 decimals, absent where nobody was lost. */
  readonly simple_months: number | null;
  /** `mrr / customers x simple_months + one_time_revenue`, with no end and no discount; absent likewise. */
  readonly simple_revenue: string | null;
  /** `simple_revenue x gross_margin`, absent likewise. */
  readonly simple_margin: string | null;
  /** Of how many of the months up to the horizon the curve of survival says something: up to the longest stay, or all where nobody is left. */
  readonly observed_months: number;
  /** The share of customers who stay 24 months, by which acquisition is usually earned back; absent where nobody was there so long ago. */
  readonly survival_24_months: number | null;
  /** The share of customers who stay for twice the average first term, to the nearest whole month, which are two renewals; absent where no term is known, or nobody was there so long ago. */
  readonly survival_two_terms: number | null;
  /** The months that a customer is expected to pay for among those observed: the sum of the shares that are still there after 0, 1, 2 ... whole months, each discounted; 6 decimals, absent where nobody ever paid. */
  readonly lifetime_months: number | null;
  /** `mrr / customers x lifetime_months + one_time_revenue`; absent where either is. */
  readonly survival_revenue: string | null;
  /** `survival_revenue x gross_margin`, absent likewise. */
  readonly survival_margin: string | null;
  /** The first parameter of the shifted-beta-geometric model of their stays in whole periods; absent where no model is the most likely one. */
  readonly alpha: number | null;
  /** The second, absent likewise. */
  readonly beta: number | null;
  /** The months up to the horizon that a new customer is expected to pay for by the model, discounted likewise; 6 decimals, absent without a model. */
  readonly model_months: number | null;
  /** `mrr / customers x model_months + one_time_revenue`, absent likewise. */
  readonly model_revenue: string | null;
  /** `model_revenue x gross_margin`, absent likewise. */
  readonly model_margin: string | null;
  /** What it cost on average to win a customer who has ever paid, of those of whom it is known; absent where it is of none. */
  readonly acquisition_cost: string | null;
  /** What it cost on average to get one started, likewise. */
  readonly onboarding_cost: string | null;
  /** The months after which a customer has paid back both: `(acquisition_cost + onboarding_cost) / (mrr / customers x gross_margin)`; absent where one of them is, or where there is no margin. */
  readonly payback_months: number | null;
  /** The average first term of customers who have ever paid, in months of `days_per_month` days: from the first day to that on which a contract falls due; absent where no term is known. */
  readonly term_months: number | null;
  /** `payback_months / term_months`: above 1, a customer has to renew before it has paid back what it cost; above 2, twice. */
  readonly payback_terms: number | null;
  /** `survival_margin / (acquisition_cost + onboarding_cost)`; absent where one of them is, or where there is no cost. */
  readonly margin_to_cost: number | null;
  /** How many customers the base can hold at this inflow and this churn, which is the inflow of a month over the churn of one: `new_customers / months x simple_months`; absent where nobody was lost. */
  readonly largest_base: number | null;
}

/** The options of `secondOrderRevenue`. */
export interface SecondOrderRevenueOptions {
  /** What to group by: columns of customers, cohort (the first day of the period in which one first paid). Default: `null`. */
  readonly by?: string | readonly string[] | null | undefined;
  /** What every number means; the portfolio's definitions if left out. Default: `null`. */
  readonly definitions?: Definitions | Partial<DefinitionsData> | null | undefined;
  /** Only what was known at the close of this day; periods that close after it have no rows. Default: `null`. */
  readonly knownOn?: string | null | undefined;
}

/** A row of `secondOrderRevenue`. */
export interface SecondOrderRevenueRow {
  /** The first day of the period. */
  readonly period_start: string;
  /** The day after its last. */
  readonly period_end: string;
  /** Through whom they came: `referral`, by a customer who told them, or `champion_move`, by a champion who went there. */
  readonly source: 'sales' | 'referral' | 'champion_move';
  /** Contracts of that source which start in the period and follow none, as `renewals` sees it: recurring revenue, or bought once. */
  readonly contracts: number;
  /** The customers who have them. */
  readonly customers: number;
  /** Those of these customers who first pay in the period. */
  readonly new_customers: number;
  /** MRR of these contracts. */
  readonly mrr: string;
  /** `mrr` over that of all contracts that start in the period and follow none; absent where these have none. */
  readonly share_of_mrr: number | null;
  /** What those of these contracts come to that are bought once. */
  readonly one_time_revenue: string;
  /** Customers who are named as having brought them. */
  readonly referring_customers: number;
  /** Those of these contracts that name neither a customer nor a person who brought them. */
  readonly unattributed_contracts: number;
  /** Customers who pay at the close of the period and were won by this source: their first contract has it. */
  readonly closing_customers: number;
  /** Their MRR then. */
  readonly closing_mrr: string;
  /** `closing_mrr` over that of all customers; absent where nobody pays. */
  readonly share_of_closing_mrr: number | null;
}

/** The options of `survival`. */
export interface SurvivalOptions {
  /** What to group by: columns of customers, cohort (the first day of the period in which a customer first paid, or with product its line for one), product (then each customer's line for one product is what moves and is counted). Default: `null`. */
  readonly by?: string | readonly string[] | null | undefined;
  /** What every number means; the portfolio's definitions if left out. Default: `null`. */
  readonly definitions?: Definitions | Partial<DefinitionsData> | null | undefined;
}

/** A row of `survival`. */
export interface SurvivalRow {
  /** Days since the first on which a customer paid. */
  readonly time: number;
  /** Customers who have paid at least so long, up to the day before, without a break. */
  readonly at_risk: number;
  /** Those of them who stopped paying on that day, for the first time. */
  readonly events: number;
  /** Those of them who paid on that day, which is the last that is looked at; a gap that may still be filled counts as paid. */
  readonly censored: number;
  /** The share of customers who pay longer than that: of all times up to this, the product of `1 - events / at_risk`. */
  readonly survival: number;
  /** The lower end of its interval at 95%, by Greenwood's variance and the logarithm of the logarithm; the share itself where that is 0 or 1. */
  readonly survival_low: number;
  /** The upper end of it. */
  readonly survival_high: number;
}

/** The options of `survivalComparison`. */
export interface SurvivalComparisonOptions {
  /** How many days from the first on which each customer paid are looked at, from 1 to 3660. Contracts of a year end after 365 days or 366: beyond both, customers are compared, and not calendars. Default: `365`. */
  readonly horizonDays?: number | undefined;
  /** A group is tested if it and the rest have at least so many customers, from 1. Default: `20`. */
  readonly minCustomers?: number | undefined;
  /** What to group by: columns of customers, cohort (the first day of the period in which one first paid). Default: `null`. */
  readonly by?: string | readonly string[] | null | undefined;
  /** What every number means; the portfolio's definitions if left out. Default: `null`. */
  readonly definitions?: Definitions | Partial<DefinitionsData> | null | undefined;
}

/** A row of `survivalComparison`. */
export interface SurvivalComparisonRow {
  /** Customers of the group who have ever paid. */
  readonly customers: number;
  /** Those of them who stopped paying within the horizon, for the first time. */
  readonly events: number;
  /** The share that pays longer than the horizon, by the estimator of Kaplan and Meier; absent where there is nobody, or nobody was seen so long. */
  readonly survival: number | null;
  /** The lower end of its interval at 95%, absent likewise. */
  readonly survival_low: number | null;
  /** The upper end of it, absent likewise. */
  readonly survival_high: number | null;
  /** The mean days until a customer stops paying, or until the horizon; absent likewise. */
  readonly restricted_mean_days: number | null;
  /** All other customers who have ever paid. */
  readonly rest_customers: number;
  /** Those of them who stopped paying within the horizon. */
  readonly rest_events: number;
  /** The share of these that pays longer than the horizon; absent where there is nobody, or nobody was seen so long. */
  readonly rest_survival: number | null;
  /** Their mean days until they stop paying, or until the horizon; absent likewise. */
  readonly rest_restricted_mean_days: number | null;
  /** `survival - rest_survival`: below 0, the group leaves earlier; absent where either is. */
  readonly difference: number | null;
  /** The lower end of its interval at 95%, made of those of both, where nobody left, or all did, by that of E. B. Wilson; absent likewise. */
  readonly difference_low: number | null;
  /** The upper end of it, absent likewise. */
  readonly difference_high: number | null;
  /** How often a group and a rest that do not differ are as far apart up to the horizon, or further, by the log-rank test; absent where either has fewer than `min_customers`. */
  readonly p_value: number | null;
  /** The same corrected for how many groups were tested, after Y. Benjamini and Y. Hochberg: who names all groups of a `q_value` up to 0.05 is to expect that at most 5% of these do not differ; absent likewise. */
  readonly q_value: number | null;
}

/** The options of `retentionModel`. */
export interface RetentionModelOptions {
  /** How many months there are between two days on which a customer may leave, from 1 to 60: 12 for yearly contracts. Default: `1`. */
  readonly periodMonths?: number | undefined;
  /** What to group by: columns of customers, cohort (the first day of the period in which a customer first paid, or with product its line for one), product (then each customer's line for one product is what moves and is counted). Default: `null`. */
  readonly by?: string | readonly string[] | null | undefined;
  /** What every number means; the portfolio's definitions if left out. Default: `null`. */
  readonly definitions?: Definitions | Partial<DefinitionsData> | null | undefined;
}

/** A row of `retentionModel`. */
export interface RetentionModelRow {
  /** Customers of the group who have ever paid. */
  readonly customers: number;
  /** Those of them who stopped paying, for the first time, in a period that is over. */
  readonly churned: number;
  /** Whole periods of the longest stay. */
  readonly periods: number;
  /** The first parameter: the greater, the easier they leave; absent where no model is the most likely one. */
  readonly alpha: number | null;
  /** Its standard error, from the observed information; absent where rounding hides it, too. */
  readonly alpha_error: number | null;
  /** The second parameter: the greater, the easier they stay; absent without a model. */
  readonly beta: number | null;
  /** Its standard error, absent as the first. */
  readonly beta_error: number | null;
  /** The logarithm of the likelihood of what became of them; absent without a model. */
  readonly log_likelihood: number | null;
  /** The share that leaves at the end of the first period: `alpha / (alpha + beta)`; absent without a model. */
  readonly first_churn: number | null;
  /** How much customers differ: `1 / (alpha + beta + 1)`, from 0, where all are alike, to 1, where some leave at once and the others never; absent without a model. */
  readonly polarisation: number | null;
}

/** The options of `retentionProjection`. */
export interface RetentionProjectionOptions {
  /** How many months there are between two days on which a customer may leave, from 1 to 60: 12 for yearly contracts. Default: `1`. */
  readonly periodMonths?: number | undefined;
  /** How many periods are looked at, from 1 to 1200. Default: `24`. */
  readonly periods?: number | undefined;
  /** By what share of itself money is worth less in a year, at most 6 decimals. Default: `0.1`. */
  readonly discountRate?: number | undefined;
  /** What to group by: columns of customers, cohort (the first day of the period in which a customer first paid, or with product its line for one), product (then each customer's line for one product is what moves and is counted). Default: `null`. */
  readonly by?: string | readonly string[] | null | undefined;
  /** What every number means; the portfolio's definitions if left out. Default: `null`. */
  readonly definitions?: Definitions | Partial<DefinitionsData> | null | undefined;
}

/** A row of `retentionProjection`. */
export interface RetentionProjectionRow {
  /** How many whole periods are over since a customer first paid. */
  readonly age: number;
  /** The share that is still there, as it was seen: the estimator of Kaplan and Meier over whole periods; absent where nobody was watched so long. */
  readonly observed_survival: number | null;
  /** The share that the model expects; absent where no model is the most likely one. */
  readonly model_survival: number | null;
  /** Of those there before the end of this period the share that the model expects to stay; absent likewise. */
  readonly model_retention: number | null;
  /** The periods that a customer is expected to pay for who is about to end this one, discounted: the `discounted_lifetime` of that renewal; absent likewise, and where the sum has no end. */
  readonly residual_lifetime: number | null;
}

/** The options of `timeToValue`. */
export interface TimeToValueOptions {
  /** The milestone that is value to the customer. Default: `"first_value"`. */
  readonly milestone?: 'kickoff' | 'setup_done' | 'first_value' | 'onboarded' | undefined;
  /** What every number means; the portfolio's definitions if left out. Default: `null`. */
  readonly definitions?: Definitions | Partial<DefinitionsData> | null | undefined;
}

/** A row of `timeToValue`. */
export interface TimeToValueRow {
  /** The customer. */
  readonly customer_id: string;
  /** How far it has come: `reached`, `waiting`, or `churned` before it was there. */
  readonly state: 'reached' | 'waiting' | 'churned';
  /** The first day on which it paid. */
  readonly started_on: string;
  /** The day on which it reached the milestone; absent where it has not, or not while it paid. */
  readonly reached_on: string | null;
  /** Days from the first one until the milestone, until it stopped paying, or so far; 0 where it was there before. */
  readonly days: number;
  /** The day on which the milestone is due, as planned: a plan has no day from which it is known; absent where there is none. */
  readonly due_on: string | null;
  /** The end of the term that it began with: of the contracts in force on its first day, by their own dates whatever a notice says, the first day on which one falls due; absent where none is known. */
  readonly term_end: string | null;
  /** Days over those from the first one to `term_end`: the share of the term that was spent without value, more than 1 where the term is over; absent where there is none. */
  readonly share_of_term: number | null;
  /** MRR at the close of the day. */
  readonly mrr: string;
}

/** The options of `valueIncidence`. */
export interface ValueIncidenceOptions {
  /** The milestone that is value to the customer. Default: `"first_value"`. */
  readonly milestone?: 'kickoff' | 'setup_done' | 'first_value' | 'onboarded' | undefined;
  /** What to group by: columns of customers, cohort (the first day of the period in which one first paid). Default: `null`. */
  readonly by?: string | readonly string[] | null | undefined;
  /** What every number means; the portfolio's definitions if left out. Default: `null`. */
  readonly definitions?: Definitions | Partial<DefinitionsData> | null | undefined;
}

/** A row of `valueIncidence`. */
export interface ValueIncidenceRow {
  /** What ends the wait: `churn` or `value`. */
  readonly event: 'churn' | 'value';
  /** Days since the first on which a customer paid. */
  readonly time: number;
  /** Customers who had waited so long, up to the day before. */
  readonly at_risk: number;
  /** Those of them whose wait this ended on that day. */
  readonly events: number;
  /** The share of customers whose wait this has ended by then: of all times up to this, the sum of `events / at_risk` of those who still waited. */
  readonly incidence: number;
  /** The lower end of its interval at 95%, by the logarithm of the logarithm; the share itself where that is 0 or 1. */
  readonly incidence_low: number;
  /** The upper end of it. */
  readonly incidence_high: number;
}

/** The options of `valueLandmark`. */
export interface ValueLandmarkOptions {
  /** The milestone that is value to the customer. Default: `"first_value"`. */
  readonly milestone?: 'kickoff' | 'setup_done' | 'first_value' | 'onboarded' | undefined;
  /** The landmark day is so many days after the first on which a customer paid, from 1 to 3660. Default: `90`. */
  readonly landmarkDays?: number | undefined;
  /** How many days from the landmark day on are looked at, from 1 to 3660. Default: `365`. */
  readonly horizonDays?: number | undefined;
  /** What every number means; the portfolio's definitions if left out. Default: `null`. */
  readonly definitions?: Definitions | Partial<DefinitionsData> | null | undefined;
}

/** A row of `valueLandmark`. */
export interface ValueLandmarkRow {
  /** Whether value had come by then. */
  readonly timing: 'early' | 'late';
  /** Customers who had paid without a break up to the close of their landmark day. */
  readonly customers: number;
  /** Those of them who stopped paying within the horizon from there. */
  readonly events: number;
  /** The share that pays longer than the horizon, from the landmark day on, by the estimator of Kaplan and Meier; absent where there is nobody, or nobody was seen so long. */
  readonly survival: number | null;
  /** The lower end of its interval at 95%, absent likewise. */
  readonly survival_low: number | null;
  /** The upper end of it, absent likewise. */
  readonly survival_high: number | null;
  /** The mean days from the landmark day until a customer stops paying, or until the horizon; absent likewise. */
  readonly restricted_mean_days: number | null;
  /** How often two groups that do not differ are as far apart, or further, by the log-rank test; absent where one of them has nobody. */
  readonly p_value: number | null;
}

/** The options of `onboarding`. */
export interface OnboardingOptions {
  /** The milestone that the company calls the end of onboarding. Default: `"onboarded"`. */
  readonly milestone?: 'kickoff' | 'setup_done' | 'first_value' | 'onboarded' | undefined;
  /** How many days after the first on which a customer paid it is to be reached, from 1 to 3660. Default: `90`. */
  readonly windowDays?: number | undefined;
  /** What to group by: columns of customers, cohort (the first day of the period in which one first paid). Default: `null`. */
  readonly by?: string | readonly string[] | null | undefined;
  /** What every number means; the portfolio's definitions if left out. Default: `null`. */
  readonly definitions?: Definitions | Partial<DefinitionsData> | null | undefined;
  /** Only what was known at the close of this day; periods that close after it have no rows. Default: `null`. */
  readonly knownOn?: string | null | undefined;
}

/** A row of `onboarding`. */
export interface OnboardingRow {
  /** The first day of the period. */
  readonly period_start: string;
  /** The day after its last. */
  readonly period_end: string;
  /** Customers who first paid in the period. */
  readonly customers: number;
  /** Those whose window is not over yet, whatever they have done: to count only who has completed would judge a new month by its fastest. */
  readonly pending: number;
  /** Of the others those who reached the milestone within the window, or before they first paid. */
  readonly completed: number;
  /** Those who reached it later. */
  readonly completed_late: number;
  /** Completed over customers less pending; absent where that is zero. */
  readonly completion_rate: number | null;
  /** The lower end of its Wilson interval, at 95%; absent likewise. */
  readonly completion_rate_low: number | null;
  /** The upper end of it, absent likewise. */
  readonly completion_rate_high: number | null;
}

/** The options of `lifecycle`. */
export interface LifecycleOptions {
  /** The milestone that ends onboarding. Default: `"onboarded"`. */
  readonly milestone?: 'kickoff' | 'setup_done' | 'first_value' | 'onboarded' | undefined;
  /** What every number means; the portfolio's definitions if left out. Default: `null`. */
  readonly definitions?: Definitions | Partial<DefinitionsData> | null | undefined;
}

/** A row of `lifecycle`. */
export interface LifecycleRow {
  /** The customer. */
  readonly customer_id: string;
  /** Its phase; absent where that milestone is known of no customer, and this one has not spoken for the company. */
  readonly phase: 'onboarding' | 'adoption' | 'advocacy' | null;
  /** The day from which it is in that phase; absent likewise. */
  readonly since: string | null;
  /** Days from then on; absent likewise. */
  readonly days: number | null;
  /** What says so; absent likewise. */
  readonly evidence: 'first_payment' | 'milestone' | 'advocacy' | 'promoter' | null;
  /** The day on which it reached the milestone that ends onboarding; absent where it has not. */
  readonly onboarded_on: string | null;
  /** The day on which that is due, as planned; absent where there is no plan. */
  readonly onboarding_due_on: string | null;
  /** The first day on which it spoke for the company after the last on which it answered as a detractor, or promised to after the last on which it answered less than 9; absent where there is none. */
  readonly advocate_on: string | null;
  /** MRR at the close of the day. */
  readonly mrr: string;
}

/** The options of `loyalty`. */
export interface LoyaltyOptions {
  /** How many days up to the day are looked at, from 1 to 3660. Default: `365`. */
  readonly windowDays?: number | undefined;
  /** After how many days feedback without an answer speaks against the company, from 1 to 3660. Default: `30`. */
  readonly answerDays?: number | undefined;
  /** What every number means; the portfolio's definitions if left out. Default: `null`. */
  readonly definitions?: Definitions | Partial<DefinitionsData> | null | undefined;
}

/** A row of `loyalty`. */
export interface LoyaltyRow {
  /** The customer. */
  readonly customer_id: string;
  /** Its loyalty: `attitudinal` where the customer said so, as a promoter, by speaking for the company or by praise, and is no detractor; else `behavioural` by some sign that it stays; else `neither`. Absent where it neither answered whether it would recommend the company, nor praised it, nor spoke for it: that it stays, pays more, or waits does not say why. */
  readonly loyalty: 'attitudinal' | 'behavioural' | 'neither' | null;
  /** What shows that it likes the company: `promoter`, `advocated`, `praised`, `request_released`, `bought_more`, those that there are, in this order. */
  readonly attitudinal: string[];
  /** What speaks against it: `detractor`, `unanswered`. */
  readonly against: string[];
  /** What shows that it stays: `stayed`, `renewed`, `bound`. */
  readonly behavioural: string[];
  /** Tables that would say more: `surveys`, `advocacy`, `feedback`. */
  readonly missing: string[];
  /** Its last answer within the window to whether it would recommend the company, from 0 to 10, of several on a day the lowest; absent where there is none. */
  readonly nps: number | null;
  /** Days since the first on which it paid. */
  readonly tenure_days: number;
  /** MRR at the close of the day. */
  readonly mrr: string;
}

/** The options of `touchPlan`. */
export interface TouchPlanOptions {
  /** Ordered `rules`, each with a `tier` and any of `min_value` (an amount), `min_value_ratio` (of the average value), `min_potential_ratio` (of what the customer pays) and `max_experience`, the last with none; and for each of `tiers` `hours_per_month` and `contact_days`. The standard model if left out. Default: `null`. */
  readonly model?: TouchModelData | null | undefined;
  /** What a customer is worth: its MRR, or the margin of the months that it is expected to pay for, by how long all customers stay and how long it has paid; where no model fits, all have one chance to leave. Default: `"mrr"`. */
  readonly value?: 'mrr' | 'lifetime' | undefined;
  /** The share of revenue that is left after the cost of serving it but for people's time, at most 6 decimals. Default: `1`. */
  readonly grossMargin?: number | undefined;
  /** What an hour of people's time costs. Default: `null`. */
  readonly costPerHour?: string | null | undefined;
  /** How many months of a lifetime are counted, from 1 to 1200. Default: `60`. */
  readonly horizonMonths?: number | undefined;
  /** Over how many days up to the day the time spent is looked at, from 1 to 3660. Default: `90`. */
  readonly windowDays?: number | undefined;
  /** What every number means; the portfolio's definitions if left out. Default: `null`. */
  readonly definitions?: Definitions | Partial<DefinitionsData> | null | undefined;
}

/** A row of `touchPlan`. */
export interface TouchPlanRow {
  /** The customer. */
  readonly customer_id: string;
  /** Its tier. */
  readonly tier: 'high_touch' | 'low_touch' | 'tech_touch';
  /** The number of the rule that says so, from 1. */
  readonly rule: number;
  /** Who is responsible for the customer; absent where nobody is known to be. */
  readonly owner: string | null;
  /** What it is worth: its MRR, or the margin of the months that it is expected to pay for. */
  readonly value: string;
  /** MRR at the close of the day. */
  readonly mrr: string;
  /** What it could pay a month; absent where nobody knows. */
  readonly potential_mrr: string | null;
  /** How the way to its outcomes felt when that was last seen, from 0 to 10; absent where it was not. */
  readonly experience: number | null;
  /** Hours of people's time that its tier is owed a month. */
  readonly planned_hours: number;
  /** Hours of people's time that it got a month, within the window: of engagements by the channel `human`; absent where no engagement is known, of any customer. */
  readonly spent_hours: number | null;
  /** `mrr x gross_margin`, rounded half to even. */
  readonly margin: string;
  /** `planned_hours x cost_per_hour`, rounded half to even; absent where no cost is given. */
  readonly cost_to_serve: string | null;
  /** `spent_hours x cost_per_hour`, likewise; absent where either is. */
  readonly spent_cost: string | null;
  /** `margin - cost_to_serve`: below zero, the customer does not pay for its tier; absent likewise. */
  readonly margin_after_service: string | null;
  /** The last day on which it was met by people; of `tech_touch`, at all. Absent where it was not. */
  readonly last_contact_on: string | null;
  /** The day on which the next contact is due: so many days after the last one, or after the first on which it paid without a break since. Absent behind the last of all days, and where no engagement is known, of any customer. */
  readonly next_contact_on: string | null;
  /** Whether that day is over; it is not where nobody knows it. */
  readonly is_overdue: boolean;
}

/** The options of `touchLoad`. */
export interface TouchLoadOptions {
  /** Ordered `rules`, each with a `tier` and any of `min_value` (an amount), `min_value_ratio` (of the average value), `min_potential_ratio` (of what the customer pays) and `max_experience`, the last with none; and for each of `tiers` `hours_per_month` and `contact_days`. The standard model if left out. Default: `null`. */
  readonly model?: TouchModelData | null | undefined;
  /** What a customer is worth: its MRR, or the margin of the months that it is expected to pay for, by how long all customers stay and how long it has paid; where no model fits, all have one chance to leave. Default: `"mrr"`. */
  readonly value?: 'mrr' | 'lifetime' | undefined;
  /** The share of revenue that is left after the cost of serving it but for people's time, at most 6 decimals. Default: `1`. */
  readonly grossMargin?: number | undefined;
  /** What an hour of people's time costs. Default: `null`. */
  readonly costPerHour?: string | null | undefined;
  /** How many months of a lifetime are counted, from 1 to 1200. Default: `60`. */
  readonly horizonMonths?: number | undefined;
  /** Over how many days up to the day the time spent is looked at, from 1 to 3660. Default: `90`. */
  readonly windowDays?: number | undefined;
  /** What every number means; the portfolio's definitions if left out. Default: `null`. */
  readonly definitions?: Definitions | Partial<DefinitionsData> | null | undefined;
}

/** A row of `touchLoad`. */
export interface TouchLoadRow {
  /** The tier. */
  readonly tier: 'high_touch' | 'low_touch' | 'tech_touch';
  /** Customers who pay and are in it. */
  readonly customers: number;
  /** Those of them whose next contact is overdue. */
  readonly overdue_customers: number;
  /** Their MRR. */
  readonly mrr: string;
  /** `mrr` over that of all; absent where nobody pays. */
  readonly share_of_mrr: number | null;
  /** Hours of people's time that they are owed a month. */
  readonly planned_hours: number;
  /** `planned_hours` over those of all; absent where nobody is owed any. */
  readonly share_of_planned_hours: number | null;
  /** Hours of people's time that they got a month, within the window; absent where no engagement is known, of any customer. */
  readonly spent_hours: number | null;
  /** `spent_hours` over those of all: well above `share_of_mrr`, the tier eats the time of the others. Absent where nobody got any. */
  readonly share_of_spent_hours: number | null;
  /** The margins of its customers. */
  readonly margin: string;
  /** What it costs to serve them as planned; absent where no cost is given. */
  readonly cost_to_serve: string | null;
  /** What the time cost a month that they got, absent likewise. */
  readonly spent_cost: string | null;
  /** `margin - cost_to_serve`, absent likewise. */
  readonly margin_after_service: string | null;
}

/** The options of `touchCapacity`. */
export interface TouchCapacityOptions {
  /** How many hours a month a person has for customers, from 1 to 1000. Default: `120`. */
  readonly hoursPerPerson?: number | undefined;
  /** Ordered `rules`, each with a `tier` and any of `min_value` (an amount), `min_value_ratio` (of the average value), `min_potential_ratio` (of what the customer pays) and `max_experience`, the last with none; and for each of `tiers` `hours_per_month` and `contact_days`. The standard model if left out. Default: `null`. */
  readonly model?: TouchModelData | null | undefined;
  /** What a customer is worth: its MRR, or the margin of the months that it is expected to pay for, by how long all customers stay and how long it has paid; where no model fits, all have one chance to leave. Default: `"mrr"`. */
  readonly value?: 'mrr' | 'lifetime' | undefined;
  /** The share of revenue that is left after the cost of serving it but for people's time, at most 6 decimals. Default: `1`. */
  readonly grossMargin?: number | undefined;
  /** What an hour of people's time costs. Default: `null`. */
  readonly costPerHour?: string | null | undefined;
  /** How many months of a lifetime are counted, from 1 to 1200. Default: `60`. */
  readonly horizonMonths?: number | undefined;
  /** Over how many days up to the day the time spent is looked at, from 1 to 3660. Default: `90`. */
  readonly windowDays?: number | undefined;
  /** What every number means; the portfolio's definitions if left out. Default: `null`. */
  readonly definitions?: Definitions | Partial<DefinitionsData> | null | undefined;
}

/** A row of `touchCapacity`. */
export interface TouchCapacityRow {
  /** Who is responsible; absent for customers of whom nobody is known to be. */
  readonly owner: string | null;
  /** Customers who pay. */
  readonly customers: number;
  /** Those of them in the tier `high_touch`. */
  readonly high_touch: number;
  /** Those in `low_touch`. */
  readonly low_touch: number;
  /** Those in `tech_touch`. */
  readonly tech_touch: number;
  /** Their MRR. */
  readonly mrr: string;
  /** Hours that they are owed a month. */
  readonly planned_hours: number;
  /** Hours that they got a month, within the window, of whoever it was; absent where no engagement is known, of any customer. */
  readonly spent_hours: number | null;
  /** Hours that the person has a month; absent where nobody is responsible. */
  readonly capacity_hours: number | null;
  /** `planned_hours / capacity_hours`: above 1, more is owed than can be given. Absent likewise. */
  readonly utilisation: number | null;
}

/** The options of `drilldown`. */
export interface DrilldownOptions {
  /** How many months up to the day are looked at, from 1 to 120. Default: `12`. */
  readonly months?: number | undefined;
  /** The column of customers that tells industries apart; `industry` if left out, where there is one. Default: `null`. */
  readonly industry?: string | null | undefined;
  /** After how many years a customer is of long standing, from 1 to 20. Default: `3`. */
  readonly years?: number | undefined;
  /** The language of the answers. Default: `"en"`. */
  readonly locale?: 'en' | 'ja' | undefined;
  /** What every number means; the portfolio's definitions if left out. Default: `null`. */
  readonly definitions?: Definitions | Partial<DefinitionsData> | null | undefined;
}

/** A row of `drilldown.answers`. */
export interface DrilldownAnswersRow {
  /** The question. */
  readonly question: 'expansion' | 'industry' | 'product' | 'discount' | 'contract_size';
  /** Its answer, in the language that was asked for: what the table of the question says, the lost beside those who stay. */
  readonly answer: string;
}

/** A row of `drilldown.expansion`. */
export interface DrilldownExpansionRow {
  /** What became of their MRR. */
  readonly change: 'expanded' | 'unchanged' | 'contracted' | 'lost';
  /** Customers who paid at the first close of the window, with this change to its last. */
  readonly customers: number;
  /** `customers` over all who paid at the first close; absent where nobody did. */
  readonly share_of_customers: number | null;
  /** Their MRR at the first close. */
  readonly opening_mrr: string;
  /** Their MRR at the last. */
  readonly closing_mrr: string;
  /** `opening_mrr` over that of all; absent where nothing was paid. */
  readonly share_of_opening_mrr: number | null;
}

/** A row of `drilldown.churnByIndustry`. */
export interface DrilldownChurnByIndustryRow {
  /** The industry, or what else customers are told apart by; absent for those without one. */
  readonly industry: string | null;
  /** Customers who paid at the first close of the window. */
  readonly opening_customers: number;
  /** Those of them who do not pay at its last. */
  readonly lost_customers: number;
  /** `lost_customers / opening_customers`; absent where nobody paid. */
  readonly customer_churn: number | null;
  /** The lower end of its Wilson interval, at 95%; absent likewise. */
  readonly customer_churn_low: number | null;
  /** The upper end of it, absent likewise. */
  readonly customer_churn_high: number | null;
  /** Whether fewer than 30 customers paid: too few to tell industries apart. */
  readonly small_sample: boolean;
  /** MRR at the first close. */
  readonly opening_mrr: string;
  /** That of the lost customers. */
  readonly lost_mrr: string;
  /** `lost_mrr / opening_mrr`; absent where nothing was paid. */
  readonly mrr_churn: number | null;
}

/** A row of `drilldown.products`. */
export interface DrilldownProductsRow {
  /** The product; absent for contracts without one. */
  readonly product: string | null;
  /** Customers who paid for it at the first close of the window. */
  readonly opening_customers: number;
  /** Those of them who do not at its last. */
  readonly lost_customers: number;
  /** Customers who pay for it at the last close, and did not at the first. */
  readonly new_customers: number;
  /** Its MRR at the first close. */
  readonly opening_mrr: string;
  /** What those who paid at the first close still pay of it. */
  readonly retained_mrr: string;
  /** What they pay more. */
  readonly expansion_mrr: string;
  /** Its MRR at the last close. */
  readonly closing_mrr: string;
  /** `retained_mrr / opening_mrr`; absent where nothing was paid. */
  readonly grr: number | null;
  /** `(retained_mrr + expansion_mrr) / opening_mrr`; absent likewise. */
  readonly nrr: number | null;
  /** `(closing_mrr - opening_mrr) / opening_mrr`; absent likewise. */
  readonly growth: number | null;
}

/** A row of `drilldown.firstRenewals`. */
export interface DrilldownFirstRenewalsRow {
  /** What became of them. */
  readonly outcome: 'renewed' | 'lost' | 'pending';
  /** First renewals that fell due within the window. */
  readonly lines: number;
  /** Their MRR. */
  readonly due_mrr: string;
  /** The MRR of what follows. */
  readonly renewed_mrr: string;
  /** Those of them whose discount is known, of the renewed on both sides. */
  readonly with_discount: number;
  /** The mean discount before, of these; absent where there are none. */
  readonly discount: number | null;
  /** The mean discount since; absent where there are none, or nothing follows. */
  readonly renewed_discount: number | null;
  /** The mean of the second less the first: above zero, the discount grew; absent likewise. Each renewal counts alike, whatever it pays; `first_discount_change` of `renewals` weighs them by their list prices. */
  readonly discount_change: number | null;
}

/** A row of `drilldown.longStanding`. */
export interface DrilldownLongStandingRow {
  /** Whether they still pay. */
  readonly standing: 'staying' | 'lost';
  /** How many they are. */
  readonly customers: number;
  /** Their MRR, each one's at the close of the first day on which it paid. */
  readonly starting_mrr: string;
  /** Their MRR at the close of the day; of the lost, at the last close at which each paid. */
  readonly latest_mrr: string;
  /** `starting_mrr / customers`, rounded half to even; absent where there are none. */
  readonly starting_average: string | null;
  /** `latest_mrr / customers`, likewise. */
  readonly latest_average: string | null;
  /** `(latest_mrr - starting_mrr) / starting_mrr`; absent where that is zero. */
  readonly growth: number | null;
}

/** The five questions that drill down from a churn rate, each answered in a sentence. */
export interface Drilldown {
  /** The answer to each question in a sentence, a row for each. */
  readonly answers: Table<DrilldownAnswersRow>;
  /** What became of the MRR of customers, a row for each change: expanded, unchanged, contracted, lost. */
  readonly expansion: Table<DrilldownExpansionRow>;
  /** Which industry churns most, a row for each, in their order (by bytes). */
  readonly churnByIndustry: Table<DrilldownChurnByIndustryRow>;
  /** How each product is kept, and how it grows, a row for each, in their order (by bytes). */
  readonly products: Table<DrilldownProductsRow>;
  /** By how much the discount changes at the first renewal, a row for each outcome: renewed, lost, pending. */
  readonly firstRenewals: Table<DrilldownFirstRenewalsRow>;
  /** What customers of long standing pay now, against what they started with, a row for those who stay and one for the lost. */
  readonly longStanding: Table<DrilldownLongStandingRow>;
  /** The canonical JSON of all of it: the bytes that are the same in every language. */
  readonly toJson: () => string;
}

/** The options of `kpis`. */
export interface KpisOptions {
  /** What indicators are to reach, by their names: an amount such as "1200.00" of those of money, else a number; or an object of these by the first day of each period. Default: `null`. */
  readonly targets?: Record<string, string | number | Record<string, string | number>> | null | undefined;
  /** What others reach, in place of the standard ones: each with `kpi`, `period` (how long the periods are that it is of), `number`, and `source`, which says so; one of each `kpi` and `period`. Default: `null`. */
  readonly benchmarks?: readonly { kpi: string; period: string; number: number; source: string }[] | null | undefined;
  /** From which share of its scale on an answer about satisfaction counts as content, at most 6 decimals. Default: `0.8`. */
  readonly csatThreshold?: number | undefined;
  /** The milestone that the company calls the end of onboarding. Default: `"onboarded"`. */
  readonly onboardingMilestone?: 'kickoff' | 'setup_done' | 'first_value' | 'onboarded' | undefined;
  /** Within how many days after the first on which a customer paid that counts as completed, from 1 to 3660. Default: `90`. */
  readonly onboardingDays?: number | undefined;
  /** What makes a score; the standard scorecard if left out. Default: `null`. */
  readonly scorecard?: Scorecard | ScorecardData | null | undefined;
  /** What every number means; the portfolio's definitions if left out. Default: `null`. */
  readonly definitions?: Definitions | Partial<DefinitionsData> | null | undefined;
  /** Only what was known at the close of this day; periods that close after it have no rows. Default: `null`. */
  readonly knownOn?: string | null | undefined;
}

/** A row of `kpis`. */
export interface KpisRow {
  /** The first day of the period. */
  readonly period_start: string;
  /** The day after its last. */
  readonly period_end: string;
  /** Whether it had closed when the data ends: a period that had not is told as far as it is known. */
  readonly is_complete: boolean;
  /** The indicator. */
  readonly kpi: 'closing_mrr' | 'new_mrr' | 'expansion_mrr' | 'contraction_mrr' | 'churned_mrr' | 'net_new_mrr' | 'closing_customers' | 'new_customers' | 'churned_customers' | 'customer_churn_rate' | 'revenue_churn_rate' | 'free_downgrade_rate' | 'customer_retention_rate' | 'revenue_retention_rate' | 'gross_revenue_retention' | 'net_revenue_retention' | 'gross_renewal_rate' | 'upsell_rate' | 'cross_sell_rate' | 'downsell_rate' | 'customer_growth_rate' | 'revenue_growth_rate' | 'adoption_rate' | 'health_score' | 'onboarding_completion_rate' | 'nps' | 'csat' | 'survey_response_rate' | 'support_efficiency';
  /** What it is counted in. */
  readonly unit: 'money' | 'count' | 'share' | 'points' | 'score' | 'per_day';
  /** What it is, of money; absent for all others. */
  readonly amount: string | null;
  /** What it is, of all others; absent for those of money, and where nobody can tell. */
  readonly number: number | null;
  /** Which direction is good. */
  readonly good: 'high' | 'low';
  /** What it is to reach, of money; absent where nothing is asked of it. */
  readonly target_amount: string | null;
  /** What it is to reach, of all others; absent likewise. */
  readonly target_number: number | null;
  /** Whether it does: at or above the target where more is good, at or below where less is; absent without a target, where nobody can tell, and of a period that begins after the data ends. */
  readonly state: 'met' | 'missed' | null;
  /** What it is over its target; absent likewise, and where the target is zero. */
  readonly progress: number | null;
  /** By how much it is more than in the period before, of money; the first period has one before it, too. */
  readonly change_amount: string | null;
  /** By how much it is more than in the period before, of all others; absent where either is. */
  readonly change_number: number | null;
  /** Whether that is better; absent likewise. */
  readonly trend: 'better' | 'worse' | 'same' | null;
  /** What others reach; absent where no source says it of periods of this length. */
  readonly benchmark: number | null;
  /** Who says so; absent likewise. */
  readonly benchmark_source: string | null;
}

/** The options of `review`. */
export interface ReviewOptions {
  /** Which list of principles: the ten of 2016, those of 2021 that are known, or both. Default: `"2016"`. */
  readonly edition?: '2016' | '2021' | 'both' | undefined;
  /** What the rules go by: `bounds` of all of them, thresholds by the name of each principle, `exclusions` (each a `customer_id` with a `reason`, and perhaps a `principle` and a day `until`), `plays`, a `scorecard`, a `touch_model`, and the `validation` of the scorecard; the library's own if left out. Default: `null`. */
  readonly settings?: ReviewSettingsData | null | undefined;
  /** An earlier review, which tells what is new, what persists and what is resolved. Default: `null`. */
  readonly previous?: Review | string | null | undefined;
  /** What every number means; the portfolio's definitions if left out. Default: `null`. */
  readonly definitions?: Definitions | Partial<DefinitionsData> | null | undefined;
}

/** A row of `review.summary`. */
export interface ReviewSummaryRow {
  /** The list of principles. */
  readonly edition: '2016' | '2021' | 'both';
  /** Customers that pay at the close of the day. */
  readonly customers: number;
  /** Their MRR. */
  readonly mrr: string;
  /** Customers that fail a principle, or whom what was found of segments and of the company concerns, each counted once. */
  readonly customers_at_stake: number;
  /** Their MRR. */
  readonly mrr_at_stake: string;
  /** Principles that pass. */
  readonly passed: number;
  /** Principles that need attention. */
  readonly attention: number;
  /** Principles that fail. */
  readonly failed: number;
  /** Principles that could not be assessed. */
  readonly not_assessable: number;
  /** Customers that the settings leave out of some principle. */
  readonly excluded_customers: number;
  /** Their MRR. */
  readonly excluded_mrr: string;
  /** The canonical JSON of the settings, defaults included. */
  readonly settings: string;
  /** Their fingerprint: its SHA-256. */
  readonly settings_fingerprint: string;
}

/** A row of `review.verdicts`. */
export interface ReviewVerdictsRow {
  /** The principle. */
  readonly principle: 'right_customer' | 'natural_drift' | 'wildly_successful' | 'monitor_health' | 'time_to_value';
  /** Its number in the edition; absent where the sources name none. */
  readonly number: number | null;
  /** How the company stands: what fails is weighed by MRR, and the worst of what was found of segments and of the company counts too. */
  readonly verdict: 'pass' | 'attention' | 'fail' | 'not_assessable';
  /** What decided that: the share that fails, what was found of a segment or of the company, or that too little has evidence. */
  readonly decided_by: 'failing_share' | 'group_finding' | 'coverage';
  /** Customers that the rule asks of. */
  readonly customers: number;
  /** Their MRR at the close of the day. */
  readonly mrr: string;
  /** Of this, that of customers with evidence for some question. */
  readonly assessed_mrr: string;
  /** Of the MRR of every question by which the principle can fail, summed over the questions, the share with evidence: one of two questions answered for all customers is a half; absent where nobody is asked. */
  readonly coverage: number | null;
  /** The share of the MRR that needs evidence. */
  readonly min_coverage: number;
  /** Customers that fail. */
  readonly failing_customers: number;
  /** Their MRR. */
  readonly failing_mrr: string;
  /** `failing_mrr / assessed_mrr`; absent where nothing was assessed. */
  readonly failing_share: number | null;
  /** Up to this share the principle passes. */
  readonly attention_above: number;
  /** Up to this share it does not fail. */
  readonly fail_above: number;
  /** Customers that fail, or whom what was found of segments and of the company concerns. */
  readonly customers_at_stake: number;
  /** Their MRR, each customer counted once. */
  readonly mrr_at_stake: string;
  /** How much was found. */
  readonly findings: number;
}

/** A row of `review.checks`. */
export interface ReviewChecksRow {
  /** The principle. */
  readonly principle: 'right_customer' | 'natural_drift' | 'wildly_successful' | 'monitor_health' | 'time_to_value';
  /** What was asked. */
  readonly check: 'principle_fails' | 'poor_fit' | 'unfit_sales' | 'early_churn' | 'payback' | 'silence' | 'falling_use' | 'person_gone' | 'single_threaded' | 'unread_mail' | 'unseen_drift' | 'undefined_success' | 'off_path' | 'poor_experience' | 'pleasant_but_unmet' | 'achieved' | 'unmonitored' | 'stale_evidence' | 'red_without_action' | 'red_ignored' | 'unvalidated_score' | 'stuck' | 'late_value' | 'promise_missed' | 'slower_cohorts';
  /** Customers that it asks of, or, of groups and of the company, that it looks at. */
  readonly customers: number;
  /** Their MRR at the close of the day. */
  readonly mrr: string;
  /** Of this, that of customers with evidence. */
  readonly assessed_mrr: string;
  /** `assessed_mrr / mrr`; absent where it asks of nobody. */
  readonly coverage: number | null;
  /** Customers of whom, or whose segment or company, something was found. */
  readonly found_customers: number;
  /** Their MRR. */
  readonly found_mrr: string;
  /** Why something could not be assessed; absent where all was. */
  readonly missing_reason: 'not_known' | 'too_few_customers' | 'watched_too_briefly' | null;
  /** The table that would bring what is missing; absent where nothing is. */
  readonly missing_table: string | null;
  /** The column of that table, or the signal, milestone or other name in it; absent where the table itself would do. */
  readonly missing_column: string | null;
}

/** A row of `review.findings`. */
export interface ReviewFindingsRow {
  /** The name of the finding, the same on any day: principle, check, scope and subject. */
  readonly finding_id: string;
  /** The principle. */
  readonly principle: 'right_customer' | 'natural_drift' | 'wildly_successful' | 'monitor_health' | 'time_to_value';
  /** What was asked. */
  readonly check: 'principle_fails' | 'poor_fit' | 'unfit_sales' | 'early_churn' | 'payback' | 'silence' | 'falling_use' | 'person_gone' | 'single_threaded' | 'unread_mail' | 'unseen_drift' | 'undefined_success' | 'off_path' | 'poor_experience' | 'pleasant_but_unmet' | 'achieved' | 'unmonitored' | 'stale_evidence' | 'red_without_action' | 'red_ignored' | 'unvalidated_score' | 'stuck' | 'late_value' | 'promise_missed' | 'slower_cohorts';
  /** What it is of: the company, a segment, a customer. */
  readonly scope: 'company' | 'segment' | 'customer';
  /** The customer, or of a segment the column and its value, as in `channel=partner`; absent of the company. */
  readonly subject: string | null;
  /** What the table of customers calls the customer; absent where it does not, and of the company and of segments. */
  readonly name: string | null;
  /** How much it matters. */
  readonly severity: 'high' | 'medium' | 'low' | 'opportunity';
  /** MRR at the close of the day of the customers that it concerns; zero of what could be won. */
  readonly mrr_at_stake: string;
  /** The first day of what was found, by what is known now; absent where that is not known. */
  readonly since: string | null;
  /** What to do about it, by the names of plays, the most fitting first: those that it triggers and that fit the customer's tier and phase. */
  readonly plays: string[];
  /** Whether it was there before; absent where nothing earlier was given, and it does not rest. */
  readonly state: 'new' | 'persisting' | 'snoozed' | null;
  /** The day until which it rests; absent where it does not. */
  readonly snoozed_until: string | null;
  /** Actions that are open for it, or for its customer without naming a finding. */
  readonly open_actions: number;
}

/** A row of `review.evidence`. */
export interface ReviewEvidenceRow {
  /** The finding that it speaks for. */
  readonly finding_id: string;
  /** What was measured. */
  readonly measure: 'failing_share' | 'failing_customers' | 'accused_groups' | 'fit' | 'unfit_share' | 'earlier_unfit_share' | 'customers' | 'early_churn' | 'early_churn_of_rest' | 'early_churn_excess' | 'least_excess' | 'q_value' | 'cases_per_year' | 'cases_per_year_of_rest' | 'off_target_requests' | 'off_target_requests_of_rest' | 'undefined_share' | 'undefined_share_of_rest' | 'payback_months' | 'lifetime_months' | 'days_silent' | 'last_contact' | 'use_kept' | 'days_vacant' | 'role' | 'people' | 'opened_share' | 'score' | 'score_change' | 'unseen_share' | 'days_as_customer' | 'outcome' | 'progress' | 'time_spent' | 'days_overdue' | 'experience' | 'evidence_coverage' | 'days_since_evidence' | 'days_ignored' | 'red_on' | 'earlier_score' | 'open_actions' | 'validation' | 'days_to_value' | 'share_of_term' | 'days_behind_plan' | 'value_share' | 'earlier_value_share' | 'median_days' | 'earlier_median_days' | 'p_value';
  /** In what. */
  readonly unit: 'share' | 'days' | 'months' | 'points' | 'count' | 'probability' | 'number' | 'date' | 'text';
  /** The number; absent of what is a day or a name. */
  readonly value: number | null;
  /** The day; absent of what is none. */
  readonly day: string | null;
  /** The name; absent of what is none. */
  readonly text: string | null;
  /** On which side of the threshold a value is acceptable; absent of what has none. */
  readonly bound: 'at_least' | 'at_most' | null;
  /** The last value that is acceptable; absent of what only stands beside others. */
  readonly threshold: number | null;
}

/** A row of `review.comparisons`. */
export interface ReviewComparisonsRow {
  /** The column of customers. */
  readonly column: string;
  /** Its value; absent of those that have none. */
  readonly value: string | null;
  /** Customers that have ever paid. */
  readonly customers: number;
  /** All others that have. */
  readonly rest_customers: number;
  /** The share that leaves within the horizon, by the estimator of E. L. Kaplan and P. Meier; absent where nobody was seen so long. */
  readonly early_churn: number | null;
  /** The same of all others. */
  readonly early_churn_of_rest: number | null;
  /** The first less the second. */
  readonly excess: number | null;
  /** The lower end of its interval, at 95%. */
  readonly excess_low: number | null;
  /** The upper end. */
  readonly excess_high: number | null;
  /** By the log-rank test, corrected for all groups that were tested, after Y. Benjamini and Y. Hochberg; absent where one side has too few customers. */
  readonly q_value: number | null;
  /** Whether it stands out: chance is unlikely, and the excess is enough to act on. */
  readonly is_accused: boolean;
}

/** A row of `review.valueIncidence`. */
export interface ReviewValueIncidenceRow {
  /** What ends the wait: `churn` or `value`. */
  readonly event: 'churn' | 'value';
  /** Days since the first on which a customer paid. */
  readonly time: number;
  /** Customers who had waited so long, up to the day before. */
  readonly at_risk: number;
  /** Those of them whose wait this ended on that day. */
  readonly events: number;
  /** The share of customers whose wait this has ended by then: of all times up to this, the sum of `events / at_risk` of those who still waited. */
  readonly incidence: number;
  /** The lower end of its interval at 95%, by the logarithm of the logarithm; the share itself where that is 0 or 1. */
  readonly incidence_low: number;
  /** The upper end of it. */
  readonly incidence_high: number;
}

/** A row of `review.plays`. */
export interface ReviewPlaysRow {
  /** Its name. */
  readonly play: string;
  /** What it is called in English. */
  readonly label_en: string;
  /** What it is called in Japanese. */
  readonly label_ja: string;
  /** What it is expected to bring, in English. */
  readonly effect_en: string;
  /** The same in Japanese. */
  readonly effect_ja: string;
  /** How one sees that it worked, in English. */
  readonly success_en: string;
  /** The same in Japanese. */
  readonly success_ja: string;
  /** What triggers it. */
  readonly checks: string[];
  /** Findings for which it is proposed first. */
  readonly findings: number;
  /** Customers that these concern. */
  readonly customers: number;
  /** Their MRR at the close of the day, each counted once. */
  readonly mrr: string;
}

/** A row of `review.resolved`. */
export interface ReviewResolvedRow {
  /** The name of the finding. */
  readonly finding_id: string;
  /** The principle. */
  readonly principle: 'right_customer' | 'natural_drift' | 'wildly_successful' | 'monitor_health' | 'time_to_value';
  /** What was asked. */
  readonly check: 'principle_fails' | 'poor_fit' | 'unfit_sales' | 'early_churn' | 'payback' | 'silence' | 'falling_use' | 'person_gone' | 'single_threaded' | 'unread_mail' | 'unseen_drift' | 'undefined_success' | 'off_path' | 'poor_experience' | 'pleasant_but_unmet' | 'achieved' | 'unmonitored' | 'stale_evidence' | 'red_without_action' | 'red_ignored' | 'unvalidated_score' | 'stuck' | 'late_value' | 'promise_missed' | 'slower_cohorts';
  /** What it was of. */
  readonly scope: 'company' | 'segment' | 'customer';
  /** The customer, or of a segment the column and its value; absent of the company. */
  readonly subject: string | null;
  /** Why it is there no more: a customer who left has not been won back. */
  readonly resolved_by: 'no_longer_found' | 'churned' | 'left_out' | 'not_asked' | 'not_assessed';
  /** What was at stake then. */
  readonly mrr_at_stake: string;
  /** The first day on which it would have been found; absent where that was not known. */
  readonly since: string | null;
}

/** A row of `review.exclusions`. */
export interface ReviewExclusionsRow {
  /** The customer. */
  readonly customer_id: string;
  /** The principle that it is not asked about; absent where it is asked about none. */
  readonly principle: 'right_customer' | 'natural_drift' | 'wildly_successful' | 'monitor_health' | 'time_to_value' | null;
  /** The first day on which it is not left out any more; absent where it has no end. */
  readonly until: string | null;
  /** Why. */
  readonly reason: string;
  /** MRR at the close of the day. */
  readonly mrr: string;
}

/** How a company stands by the principles of customer success, what was found, and what to do. */
export interface Review {
  /** What the review comes to, in one row. */
  readonly summary: Table<ReviewSummaryRow>;
  /** How the company stands by each principle, a row for each, in the order of the edition. */
  readonly verdicts: Table<ReviewVerdictsRow>;
  /** What was asked, how much of it could be assessed, and what evidence is missing, a row for each question. */
  readonly checks: Table<ReviewChecksRow>;
  /** What was found, a row for each: of the company, then of segments, then of customers; the largest MRR at stake first, then by name. */
  readonly findings: Table<ReviewFindingsRow>;
  /** What was measured for findings, beside thresholds, a row for each value, in the order of the findings. */
  readonly evidence: Table<ReviewEvidenceRow>;
  /** Segments, channels and sellers against the rest, a row for each value of each column that customers have. */
  readonly comparisons: Table<ReviewComparisonsRow>;
  /** Which share of the customers has got value after how many days, and which had left by then, as `value_incidence` tells it. */
  readonly valueIncidence: Table<ReviewValueIncidenceRow>;
  /** The plays that were proposed first for some finding, a row for each, in the order of the catalogue. */
  readonly plays: Table<ReviewPlaysRow>;
  /** What an earlier review found and this one does not, a row for each; none where no earlier one was given. */
  readonly resolved: Table<ReviewResolvedRow>;
  /** Who is left out by the settings, a row for each exclusion that holds of a customer who pays, in the order of their names (by bytes). */
  readonly exclusions: Table<ReviewExclusionsRow>;
  /** The review for people, as Markdown, without pictures. */
  readonly toMarkdown: (options?: { locale?: 'en' | 'ja' }) => string;
  /** The review for people, as a page of its own that loads nothing, with pictures where the build has them. */
  readonly toHtml: (options?: { locale?: 'en' | 'ja' }) => string;
  /** The canonical JSON of all of it: the bytes that are the same in every language. */
  readonly toJson: () => string;
}

/** The options of `health`. */
export interface HealthOptions {
  /** What makes a score; the standard scorecard if left out. Default: `null`. */
  readonly scorecard?: Scorecard | ScorecardData | null | undefined;
  /** What every number means; the portfolio's definitions if left out. Default: `null`. */
  readonly definitions?: Definitions | Partial<DefinitionsData> | null | undefined;
}

/** A row of `health`. */
export interface HealthRow {
  /** The customer. */
  readonly customer_id: string;
  /** From 0 to 100, rounded to millionths of a point; absent where there is too little evidence. */
  readonly score: number | null;
  /** The band of the exact score, or the one that a person has set; absent where there is neither. */
  readonly band: string | null;
  /** Whether there is a score, and whether a person has set the band. */
  readonly state: 'scored' | 'insufficient_data' | 'overridden';
  /** The weight with evidence over all weight, from 0 to 1. */
  readonly coverage: number | null;
  /** The score less that of 30 days before, by what was known then, in points; absent where either is. */
  readonly change_30d: number | null;
  /** MRR at the close of the day. */
  readonly mrr: string;
}

/** The options of `explainHealth`. */
export interface ExplainHealthOptions {
  /** The customer; all who pay if left out. Default: `null`. */
  readonly customerId?: string | null | undefined;
  /** What makes a score; the standard scorecard if left out. Default: `null`. */
  readonly scorecard?: Scorecard | ScorecardData | null | undefined;
  /** What every number means; the portfolio's definitions if left out. Default: `null`. */
  readonly definitions?: Definitions | Partial<DefinitionsData> | null | undefined;
}

/** A row of `explainHealth`. */
export interface ExplainHealthRow {
  /** The customer. */
  readonly customer_id: string;
  /** The measure. */
  readonly measure: string;
  /** Its group; absent where there are none. */
  readonly group: string | null;
  /** What was measured, in the measure's own unit; absent where nothing was. */
  readonly value: number | null;
  /** What that is worth, from 0 to 100, or what fills it in; absent where the measure is left out. */
  readonly measure_score: number | null;
  /** Its weight in its group. */
  readonly weight: number;
  /** What it has in the score, in points: all of a customer's sum to its score, exactly in millionths. Absent where the measure is left out, or the customer has no score. */
  readonly contribution: number | null;
  /** The day that the value rests on; absent where it rests on none. */
  readonly observed_on: string | null;
  /** What became of the measure. */
  readonly state: 'measured' | 'stale' | 'missing';
}

/** The options of `explainHealthChange`. */
export interface ExplainHealthChangeOptions {
  /** The customer; all who pay if left out. Default: `null`. */
  readonly customerId?: string | null | undefined;
  /** What makes a score; the standard scorecard if left out. Default: `null`. */
  readonly scorecard?: Scorecard | ScorecardData | null | undefined;
  /** What every number means; the portfolio's definitions if left out. Default: `null`. */
  readonly definitions?: Definitions | Partial<DefinitionsData> | null | undefined;
}

/** A row of `explainHealthChange`. */
export interface ExplainHealthChangeRow {
  /** The customer. */
  readonly customer_id: string;
  /** The measure. */
  readonly measure: string;
  /** What was measured on the earlier day; absent where nothing was. */
  readonly value_before: number | null;
  /** What was measured on the day; absent where nothing was. */
  readonly value: number | null;
  /** What the earlier value was worth, or what filled it in, from 0 to 100; absent where the measure was left out. */
  readonly measure_score_before: number | null;
  /** What the value is worth, or what fills it in; absent where the measure is left out. */
  readonly measure_score: number | null;
  /** What the measure had in the earlier score, in points; 0 where it was left out. Absent without an earlier score. */
  readonly contribution_before: number | null;
  /** What it has in the score, likewise. */
  readonly contribution: number | null;
  /** The latter less the former: a customer's sum to the change of its score, exactly in millionths. Absent where either is. */
  readonly change: number | null;
}

/** The options of `healthMigration`. */
export interface HealthMigrationOptions {
  /** What makes a score; the standard scorecard if left out. Default: `null`. */
  readonly scorecard?: Scorecard | ScorecardData | null | undefined;
  /** What every number means; the portfolio's definitions if left out. Default: `null`. */
  readonly definitions?: Definitions | Partial<DefinitionsData> | null | undefined;
}

/** A row of `healthMigration`. */
export interface HealthMigrationRow {
  /** The band on the earlier day; absent where there was none. */
  readonly from_band: string | null;
  /** The band on the day; absent where there is none. */
  readonly to_band: string | null;
  /** What the customers were on the earlier day. */
  readonly from_standing: 'banded' | 'insufficient_data' | 'not_paying';
  /** What they are on the day. */
  readonly to_standing: 'banded' | 'insufficient_data' | 'not_paying';
  /** How many they are. */
  readonly customers: number;
  /** Their MRR at the close of the earlier day. */
  readonly mrr_before: string;
  /** Their MRR at the close of the day. */
  readonly mrr: string;
}

/** The options of `healthCoverage`. */
export interface HealthCoverageOptions {
  /** What makes a score; the standard scorecard if left out. Default: `null`. */
  readonly scorecard?: Scorecard | ScorecardData | null | undefined;
  /** What every number means; the portfolio's definitions if left out. Default: `null`. */
  readonly definitions?: Definitions | Partial<DefinitionsData> | null | undefined;
}

/** A row of `healthCoverage`. */
export interface HealthCoverageRow {
  /** The measure. */
  readonly measure: string;
  /** Its group; absent where there are none. */
  readonly group: string | null;
  /** What it is evidence of. */
  readonly evidence: 'product_adoption' | 'support' | 'surveys' | 'marketing' | 'community' | 'contract_growth' | 'self_sufficiency' | 'payment_history' | 'executive_relationship' | 'custom';
  /** The customers for whom it weighs something. */
  readonly customers: number;
  /** Those of them of whom it was measured. */
  readonly measured: number;
  /** Those of whom it was measured too long ago. */
  readonly stale: number;
  /** Those of whom it was not measured. */
  readonly missing: number;
  /** Measured over all, from 0 to 1; absent where there is nobody. */
  readonly measured_share: number | null;
  /** MRR of the customers for whom it weighs something. */
  readonly mrr: string;
  /** MRR of those of whom it was measured. */
  readonly measured_mrr: string;
  /** The median of how many days ago it was measured, stale or not: of an even number the mean of both in the middle. Absent where no value rests on a day. */
  readonly median_age_days: number | null;
}

/** The options of `outlook`. */
export interface OutlookOptions {
  /** What makes a score; the standard scorecard if left out. Default: `null`. */
  readonly scorecard?: Scorecard | ScorecardData | null | undefined;
  /** A fall by this many points or more is steep, from 1 to 100. Default: `15`. */
  readonly fallPoints?: number | undefined;
  /** How many days lie between the two scores that are compared, from 1 to 3660. Default: `30`. */
  readonly fallDays?: number | undefined;
  /** A suspicion is imminent if a contract falls due within this many days, from 0 to 3660. Default: `90`. */
  readonly termDays?: number | undefined;
  /** What every number means; the portfolio's definitions if left out. Default: `null`. */
  readonly definitions?: Definitions | Partial<DefinitionsData> | null | undefined;
}

/** A row of `outlook`. */
export interface OutlookRow {
  /** The customer. */
  readonly customer_id: string;
  /** How it stands. */
  readonly state: 'steady' | 'insufficient_data' | 'suspected' | 'imminent' | 'confirmed' | 'churned';
  /** Why: `worst_band`, `steep_fall`, `term_ends_soon`, `term_over`, `partial_notice`, `notice_given` and `stopped_paying`, those that there are, in this order. */
  readonly reasons: string[];
  /** The score; absent where there is none. */
  readonly score: number | null;
  /** The band, also one that a person has set; absent where there is neither. */
  readonly band: string | null;
  /** The score less that of `fall_days` before, by what was known then; absent where either is. */
  readonly change: number | null;
  /** The first day on which a contract in force falls due: the end of its term, of a further one where it renews itself, or its own end where that is earlier or the only one; absent where none is known. */
  readonly term_end: string | null;
  /** The day on which the customer stops paying, or did; absent where nobody knows. */
  readonly ends_on: string | null;
  /** MRR at the close of the day; of one who has left, at its last close. */
  readonly mrr: string;
}

/** The options of `backtest`. */
export interface BacktestOptions {
  /** What makes a score; the standard scorecard if left out. Default: `null`. */
  readonly scorecard?: Scorecard | ScorecardData | null | undefined;
  /** A customer counts as lost, too, who comes to pay less than it did on the day by more than this share, at most 6 decimals; only churn counts if left out. Default: `null`. */
  readonly contractionShare?: number | null | undefined;
  /** How often the customers are drawn for intervals, from 100 to 100000. Default: `1000`. */
  readonly resamples?: number | undefined;
  /** What every number means; the portfolio's definitions if left out. Default: `null`. */
  readonly definitions?: Definitions | Partial<DefinitionsData> | null | undefined;
  /** Only what was known at the close of this day; days whose horizon ends after it are dropped. Default: `null`. */
  readonly knownOn?: string | null | undefined;
}

/** A row of `backtest.summary`. */
export interface BacktestSummaryRow {
  /** Whether the score is better than every baseline. */
  readonly verdict: 'better' | 'not_shown';
  /** Why. */
  readonly reason: 'beats_each_baseline' | 'no_day' | 'too_few_lost' | 'too_few_kept' | 'baseline_not_beaten';
  /** How many days after each day were looked at. */
  readonly horizon_days: number;
  /** The share of MRR that a customer may lose without being lost; absent where only churn counts. */
  readonly contraction_share: number | null;
  /** The last day of which all is known; absent of a book without rows. */
  readonly observed_until: string | null;
  /** Days that are used: their horizon is observed to its end. */
  readonly days: number;
  /** Days that were asked for and dropped whole, since it is not. */
  readonly dropped_days: number;
  /** Customers that are tested on some day. */
  readonly customers: number;
  /** Of these, those who were lost within the horizon of some day. */
  readonly lost_customers: number;
  /** Of these, those who were kept through the horizon of some day. */
  readonly kept_customers: number;
  /** Customers on days that are tested. */
  readonly observations: number;
  /** Of these, those with an event: the customer was lost within the horizon. */
  readonly events: number;
  /** Events over observations. */
  readonly event_rate: number | null;
  /** Customers on days whose notices made the event already: it is no prediction. */
  readonly announced: number;
  /** Of these, those who were lost within the horizon. */
  readonly announced_events: number;
  /** Customers on days who, as was learnt later, did not pay any more. */
  readonly already_churned: number;
  /** Customers on days of whom there was too little evidence for a score. */
  readonly unscored: number;
  /** Of these, those who were lost within the horizon. */
  readonly unscored_events: number;
  /** The chance that of one lost and one kept the lost one had the lower score, ties one half; absent where there are not both. */
  readonly auc: number | null;
  /** The lower end of its interval, at 95%. */
  readonly auc_low: number | null;
  /** The upper end of it. */
  readonly auc_high: number | null;
  /** The event rate of the tenth with the lowest scores, over that of all. */
  readonly lift: number | null;
  /** Losses: customers with the day on which they were lost. */
  readonly losses: number;
  /** Of these, those of customers who had been in their worst band on a day whose horizon holds that day. */
  readonly warned_losses: number;
  /** The median of the days from the first such day to the loss; the lower one of two. */
  readonly median_warning_days: number | null;
  /** How often customers were drawn. */
  readonly resamples: number;
}

/** A row of `backtest.baselines`. */
export interface BacktestBaselinesRow {
  /** The baseline. */
  readonly baseline: 'chance' | 'tenure' | 'mrr' | 'days_since_engagement' | 'quarterly_growth';
  /** Observations of which it says something; both are compared over these. */
  readonly observations: number;
  /** Of these, those with an event. */
  readonly events: number;
  /** The chance that of one lost and one kept the baseline saw the greater risk in the lost one, ties one half; absent where there are not both. */
  readonly auc: number | null;
  /** That of the score over the same observations. */
  readonly score_auc: number | null;
  /** The latter less the former. */
  readonly difference: number | null;
  /** The lower end of its interval, at 95%. */
  readonly difference_low: number | null;
  /** The upper end of it. */
  readonly difference_high: number | null;
  /** Whether the lower end is above zero. A baseline that says nothing of anybody is not, and the verdict does not ask that it be. */
  readonly is_beaten: boolean;
}

/** A row of `backtest.byBand`. */
export interface BacktestByBandRow {
  /** The band of the score: those that persons have set are left aside. */
  readonly band: string;
  /** Observations in it. */
  readonly observations: number;
  /** Of these, those with an event. */
  readonly events: number;
  /** The share of the band's observations that has an event; absent where there are none. */
  readonly precision: number | null;
  /** The share of all events that is in the band; absent where there are none. */
  readonly recall: number | null;
  /** The median of the days to the events, the lower one of two; absent where there are none. */
  readonly median_lead_days: number | null;
}

/** A row of `backtest.calibration`. */
export interface BacktestCalibrationRow {
  /** The least score of the bin. */
  readonly score_from: number;
  /** The score before which it ends; the last bin holds 100 too. */
  readonly score_to: number;
  /** Observations in it. */
  readonly observations: number;
  /** The mean of their scores; absent where there are none, as are all that follow. */
  readonly mean_score: number | null;
  /** Those with an event. */
  readonly events: number;
  /** Events over observations. */
  readonly event_rate: number | null;
  /** The lower end of its Wilson interval, at 95%, as if all observations were of customers of their own. */
  readonly event_rate_low: number | null;
  /** The upper end of it. */
  readonly event_rate_high: number | null;
}

/** A row of `backtest.lift`. */
export interface BacktestLiftRow {
  /** From 1, the lowest scores, to 10. */
  readonly decile: number;
  /** Observations in it: tenths begin and end at whole ones. */
  readonly observations: number;
  /** Those with an event; of equal scores each tenth has its share of events, so that it can be a fraction. */
  readonly events: number | null;
  /** Events over observations; absent where there are none. */
  readonly event_rate: number | null;
  /** The event rate over that of all; absent where there are no events at all. */
  readonly lift: number | null;
  /** The share of all events that this tenth and those before it have. */
  readonly cumulative_recall: number | null;
  /** The lowest score in it; absent where there are no observations. */
  readonly lowest_score: number | null;
  /** The highest one. */
  readonly highest_score: number | null;
}

/** A row of `backtest.days`. */
export interface BacktestDaysRow {
  /** The day. */
  readonly as_of: string;
  /** Whether its horizon is observed to its end; all that follows is absent where it is not. */
  readonly is_used: boolean;
  /** Customers who paid, as was known then. */
  readonly customers: number | null;
  /** Of these, those who had given notice. */
  readonly announced: number | null;
  /** Of the others, those who did not pay any more, as was learnt later. */
  readonly already_churned: number | null;
  /** Of the others, those of whom there was too little evidence for a score. */
  readonly unscored: number | null;
  /** All others: those who are tested. */
  readonly observations: number | null;
  /** Of these, those with an event. */
  readonly events: number | null;
  /** Events over observations. */
  readonly event_rate: number | null;
  /** The mean of the scores. */
  readonly mean_score: number | null;
  /** The chance that of one lost and one kept the lost one had the lower score, of this day alone. */
  readonly auc: number | null;
  /** How far the scores have moved since the first day that has any: the population stability index over bins of ten points, with half an observation added to each. */
  readonly population_stability_index: number | null;
}

/** Whether health scores foretold whom the company lost, by what was known on days that have passed. */
export interface Backtest {
  /** The chance that of one lost and one kept the lost one had the lower score, ties counting one half; absent where there are not both. */
  readonly auc: number | null;
  /** Whether the score is better than every baseline. */
  readonly verdict: 'better' | 'not_shown';
  /** What it comes to, in one row. */
  readonly summary: Table<BacktestSummaryRow>;
  /** The score beside every baseline, a row for each: chance, tenure, mrr, days_since_engagement, quarterly_growth. */
  readonly baselines: Table<BacktestBaselinesRow>;
  /** What became of the customers of each band, a row for each, in the order of the scorecard. */
  readonly byBand: Table<BacktestByBandRow>;
  /** How often customers of each score were lost, a row for each ten points. */
  readonly calibration: Table<BacktestCalibrationRow>;
  /** How many of the lost are among the lowest scores, a row for each tenth of the observations. */
  readonly lift: Table<BacktestLiftRow>;
  /** How the test went on each day that was asked for, a row for each, in their order. */
  readonly days: Table<BacktestDaysRow>;
  /** The canonical JSON of all of it: the bytes that are the same in every language. */
  readonly toJson: () => string;
}

/** The options of `fitScorecard`. */
export interface FitScorecardOptions {
  /** What makes a score; the standard scorecard if left out. Default: `null`. */
  readonly scorecard?: Scorecard | ScorecardData | null | undefined;
  /** The last day that is fitted to; if left out the last one that leaves a third of the days to the test. Default: `null`. */
  readonly trainUntil?: string | null | undefined;
  /** What half the sum of the squares of coefficients is multiplied by: the greater, the more alike the weights; from 0.001 to 1000000. Default: `1`. */
  readonly penalty?: number | undefined;
  /** A customer counts as lost, too, who comes to pay less than it did on the day by more than this share, at most 6 decimals; only churn counts if left out. Default: `null`. */
  readonly contractionShare?: number | null | undefined;
  /** How often the customers are drawn for intervals, from 100 to 100000. Default: `1000`. */
  readonly resamples?: number | undefined;
  /** What every number means; the portfolio's definitions if left out. Default: `null`. */
  readonly definitions?: Definitions | Partial<DefinitionsData> | null | undefined;
  /** Only what was known at the close of this day; days whose horizon ends after it are dropped. Default: `null`. */
  readonly knownOn?: string | null | undefined;
}

/** A scorecard whose weights are fitted to whom the company lost. */
export interface FitScorecard {
  /** The canonical JSON of all of it: the bytes that are the same in every language. */
  readonly toJson: () => string;
}

/** What is asked of a portfolio. */
export interface Operations {
  /**
   * Movements of recurring revenue by period, and the balances that they join, exactly.
   *
   * For every period `opening_mrr + new_mrr + reactivation_mrr + expansion_mrr - contraction_mrr - churned_mrr + fx_mrr = closing_mrr`, and its closing is the next one's opening.
   *
   * @param start The first day; widened to whole periods.
   * @param end The day after the last; widened to whole periods.
   */
  movements(start: string, end: string, options?: Ungrouped<MovementsOptions>): Table<MovementsRow>;
  movements(start: string, end: string, options: MovementsOptions): Table<Grouped<MovementsRow>>;
  /**
   * Every movement of recurring revenue by itself, with the contracts that caused it.
   *
   * Every flow of `movements` is rows of the journal summed.
   *
   * @param start The first day; widened to whole periods.
   * @param end The day after the last; widened to whole periods.
   */
  journal(start: string, end: string, options?: JournalOptions): Table<JournalRow>;
  /**
   * Retention from close to close, by period.
   *
   * Of the customers paying at the first close of a window, what they pay at its last: `grr = retained_mrr / opening_mrr`, of each customer the smaller of what it pays at both closes, and `nrr = grr + expansion_mrr / opening_mrr`. Who came later is in no part of it. Ratios are absent where nobody paid.
   *
   * @param start The first day; widened to whole periods.
   * @param end The day after the last; widened to whole periods.
   */
  retention(start: string, end: string, options?: Ungrouped<RetentionOptions>): Table<RetentionRow>;
  retention(start: string, end: string, options: RetentionOptions): Table<Grouped<RetentionRow>>;
  /**
   * Bootstrap intervals of gross and net retention, by period.
   *
   * As many customers as paid at a window's first close are drawn from them, with replacement, `resamples` times: `grr_low` and `grr_high` leave 2.5% of the draws below and above, by the nearest rank. The draws begin with a fixed seed in every row. Few customers, or one that is most of the revenue, make the intervals unreliable.
   *
   * @param start The first day; widened to whole periods.
   * @param end The day after the last; widened to whole periods.
   */
  retentionIntervals(start: string, end: string, options?: Ungrouped<RetentionIntervalsOptions>): Table<RetentionIntervalsRow>;
  retentionIntervals(start: string, end: string, options: RetentionIntervalsOptions): Table<Grouped<RetentionIntervalsRow>>;
  /**
   * Retention as flows of a period, over what it opened with.
   *
   * `flow_grr = 1 - (contraction_mrr + churned_mrr) / opening_mrr` and `flow_nrr = flow_grr + (expansion_mrr + reactivation_mrr) / opening_mrr` of the customers paying at the opening, `net_mrr_churn_all = net_churned_mrr / opening_mrr` of everybody. They can leave the range from 0 to 1: who leaves and returns within a period is lost in the first and won in the second, and who came after the opening can be lost from the third without ever having been in what it is divided by.
   *
   * @param start The first day; widened to whole periods.
   * @param end The day after the last; widened to whole periods.
   */
  flowRetention(start: string, end: string, options?: Ungrouped<FlowRetentionOptions>): Table<FlowRetentionRow>;
  flowRetention(start: string, end: string, options: FlowRetentionOptions): Table<Grouped<FlowRetentionRow>>;
  /**
   * Customers by the period in which they first paid, and what becomes of them.
   *
   * `customer_retention = customers / size` and `mrr_retention = mrr / base_mrr`; age 0 is the close of the cohort's own period. At every close the sum of `mrr` over cohorts is total MRR.
   *
   * @param end The day after the last; widened to whole periods.
   */
  cohorts(end: string, options?: Ungrouped<CohortsOptions>): Table<CohortsRow>;
  cohorts(end: string, options: CohortsOptions): Table<Grouped<CohortsRow>>;
  /**
   * Which share of what falls due in a period is renewed, by count and by MRR.
   *
   * `renewal_rate = (renewed + upgraded + downgraded) / (due - pending)`, `gross_renewal_rate` the MRR that goes on of what fell due, `net_renewal_rate` with what upgrades add. Contracts of one customer for one product that fall due on one day count once. Periods to come are there, and what falls due in them is pending.
   *
   * @param start The first day; widened to whole periods.
   * @param end The day after the last; widened to whole periods.
   */
  renewals(start: string, end: string, options?: Ungrouped<RenewalsOptions>): Table<RenewalsRow>;
  renewals(start: string, end: string, options: RenewalsOptions): Table<Grouped<RenewalsRow>>;
  /**
   * What fell due on days of a range, and what became of it.
   *
   * A contract falls due at the end of its term, or at its own end if it has no term; one that renews itself, at the end of every further term. All contracts that name it and end after the day follow it; if none does, the first unused one for the same product that names none, starts from `early_days` before to `renewal_grace_days` after, and ends after the day.
   *
   * @param start The first day; widened to whole periods.
   * @param end The day after the last; widened to whole periods.
   */
  renewalLines(start: string, end: string, options?: RenewalLinesOptions): Table<RenewalLinesRow>;
  /**
   * How much recurring revenue is committed (CMRR) at a day to come, and how much of it is expected.
   *
   * `committed_mrr = mrr + signed_mrr + upgrade_mrr - downgrade_mrr - withdrawal_mrr`, by what was known at the close of the day. `expected_mrr` is that less `loss_probability` of the MRR of those who pay now and at that day: given, or the share of MRR that was lost in as many days up to the day, or to `observed_until` before it, of those not known to leave.
   *
   * @param asOf The day that is looked from: its close, and what was known then.
   * @param horizonDays How many days ahead is looked, from 1 to 3660.
   */
  committed(asOf: string, horizonDays: number, options?: Ungrouped<CommittedOptions>): Table<CommittedRow>;
  committed(asOf: string, horizonDays: number, options: CommittedOptions): Table<Grouped<CommittedRow>>;
  /**
   * What a customer is worth over its lifetime, beside what it cost to win and to get started.
   *
   * It is told by what was known at the close of a day, in three readings, each of revenue and of margin: the months that a customer pays for at the churn of the last ones; those that customers were seen to stay for, by the curve of survival; and those that the shifted-beta-geometric model of stays in whole periods expects. What is bought once counts in each. Payback counts the costs of winning a customer and of getting it started: 24 months, or two renewals, are usual.
   *
   * @param asOf The day that is looked from: its close, and what was known then. What became of customers behind `observed_until` is not known: a later day is looked from as that one is.
   */
  lifetimeValue(asOf: string, options?: Ungrouped<LifetimeValueOptions>): Table<LifetimeValueRow>;
  lifetimeValue(asOf: string, options: LifetimeValueOptions): Table<Grouped<LifetimeValueRow>>;
  /**
   * What customers bring who come through others, by period.
   *
   * Champions who changed employer and buy again there (`champion_move`), and customers whom others told (`referral`): what a contract says of its `source` counts where it follows none, neither by its own words nor as `renewals` sees it. `closing_mrr` is what all customers pay whose first contract that brings revenue came so; one that does not say came as the first before it that does, such as a trial.
   *
   * @param start The first day; widened to whole periods.
   * @param end The day after the last; widened to whole periods.
   */
  secondOrderRevenue(start: string, end: string, options?: Ungrouped<SecondOrderRevenueOptions>): Table<SecondOrderRevenueRow>;
  secondOrderRevenue(start: string, end: string, options: SecondOrderRevenueOptions): Table<Grouped<SecondOrderRevenueRow>>;
  /**
   * How long customers stay, by what was known at the close of a day.
   *
   * The product-limit estimator over days from the first on which each customer paid to the first on which it did not any more: `survival = product of 1 - events / at_risk` over all times up to this. Who still pays at the close is censored. Gaps that the definitions fill are none; who came back had left.
   *
   * @param asOf The day that is looked from: its close, and what was known then. What became of customers behind `observed_until` is not known: a later day is looked from as that one is.
   */
  survival(asOf: string, options?: Ungrouped<SurvivalOptions>): Table<SurvivalRow>;
  survival(asOf: string, options: SurvivalOptions): Table<Grouped<SurvivalRow>>;
  /**
   * Whether the customers of each group stay as long as all others.
   *
   * It is told by what was known at the close of a day: of each group and of the rest the share that pays longer than a horizon, and the mean days up to it; how often two that do not differ are as far apart, and the same corrected for how many groups are tested. It is not an experiment: groups may differ in other ways.
   *
   * @param asOf The day that is looked from: its close, and what was known then. What became of customers behind `observed_until` is not known: a later day is looked from as that one is.
   */
  survivalComparison(asOf: string, options?: Ungrouped<SurvivalComparisonOptions>): Table<SurvivalComparisonRow>;
  survivalComparison(asOf: string, options: SurvivalComparisonOptions): Table<Grouped<SurvivalComparisonRow>>;
  /**
   * How easily the customers of each group leave, by the shifted-beta-geometric model.
   *
   * It is the most likely one of their stays in whole periods, by what was known at the close of a day. Who leaves within a period is taken to leave at its end; who still pays is known to have stayed for the periods that are over.
   *
   * @param asOf The day that is looked from: its close, and what was known then. What became of customers behind `observed_until` is not known: a later day is looked from as that one is.
   */
  retentionModel(asOf: string, options?: Ungrouped<RetentionModelOptions>): Table<RetentionModelRow>;
  retentionModel(asOf: string, options: RetentionModelOptions): Table<Grouped<RetentionModelRow>>;
  /**
   * How many customers are expected to be there after so many periods, beside those seen.
   *
   * It is told of each group by what was known at the close of a day. The model is the most likely shifted-beta-geometric one of stays in whole periods: retention rises with age, though nobody's own does, since those who leave easily leave first.
   *
   * @param asOf The day that is looked from: its close, and what was known then. What became of customers behind `observed_until` is not known: a later day is looked from as that one is.
   */
  retentionProjection(asOf: string, options?: Ungrouped<RetentionProjectionOptions>): Table<RetentionProjectionRow>;
  retentionProjection(asOf: string, options: RetentionProjectionOptions): Table<Grouped<RetentionProjectionRow>>;
  /**
   * How long each customer took to get value, or has waited for it.
   *
   * It is told by what was known at the close of a day. `days` are those from the first on which it paid to the milestone, to the first on which it did not pay any more, or to the day that is looked from: who has not got there counts too. `share_of_term` is that over the days of the term that it began with.
   *
   * @param asOf The day that is looked from: its close, and what was known then. What became of customers behind `observed_until` is not known: a later day is looked from as that one is.
   */
  timeToValue(asOf: string, options?: TimeToValueOptions): Table<TimeToValueRow>;
  /**
   * Which share of customers has got value after how many days, and which had left by then.
   *
   * It is told by what was known at the close of a day. A customer who leaves before it gets value never will: that competes with value. One who still waits is censored. `incidence = sum of S(before) events / at_risk`, where `S(before)` is the share that still waited.
   *
   * @param asOf The day that is looked from: its close, and what was known then. What became of customers behind `observed_until` is not known: a later day is looked from as that one is.
   */
  valueIncidence(asOf: string, options?: Ungrouped<ValueIncidenceOptions>): Table<ValueIncidenceRow>;
  valueIncidence(asOf: string, options: ValueIncidenceOptions): Table<Grouped<ValueIncidenceRow>>;
  /**
   * Whether customers who got value early stay longer than those who had not.
   *
   * It is told by what was known at the close of a day. Each customer is looked at from a landmark day on, so many days after the first on which it paid, if it has paid without a break up to its close: what came by then says which group it is in, and only what came after it, up to the horizon, is compared. It is not an experiment: who gets value early may differ in other ways.
   *
   * @param asOf The day that is looked from: its close, and what was known then. What became of customers behind `observed_until` is not known: a later day is looked from as that one is.
   */
  valueLandmark(asOf: string, options?: ValueLandmarkOptions): Table<ValueLandmarkRow>;
  /**
   * Which share of new customers completes onboarding within a window of days, by period.
   *
   * `completion_rate = completed / (customers - pending)`, absent where that is zero, and where nothing is known of the milestone, of any customer. Who is still within the window is pending, whether it has got there or not; who stopped paying before it did has not completed.
   *
   * @param start The first day; widened to whole periods.
   * @param end The day after the last; widened to whole periods.
   */
  onboarding(start: string, end: string, options?: Ungrouped<OnboardingOptions>): Table<OnboardingRow>;
  onboarding(start: string, end: string, options: OnboardingOptions): Table<Grouped<OnboardingRow>>;
  /**
   * In which phase each customer is, since when, and what says so.
   *
   * It is told of customers who pay, by what was known at the close of a day, and phases change on dated evidence alone: `adoption` from the day of a milestone, `advocacy` from the first day, that one or a later one, on which the customer spoke for the company or answered 9 or 10 to whether it would recommend it. An answer of 6 or less ends that, and a lesser one what was only promised, until there is new evidence.
   *
   * @param asOf The day that is looked from: its close, and what was known then.
   */
  lifecycle(asOf: string, options?: LifecycleOptions): Table<LifecycleRow>;
  /**
   * Whether customers like the company or merely stay, and what is missing to say so.
   *
   * It is told of customers who pay, from what could be observed by the close of a day: signs of attitudinal loyalty (they like the company), signs against it, and signs of behavioural loyalty (they stay because they must or should). Only what the customer said decides: one of whom nobody knows what it thinks has no kind of loyalty, however long it has stayed and however much it pays.
   *
   * @param asOf The day that is looked from: its close, and what was known then.
   */
  loyalty(asOf: string, options?: LoyaltyOptions): Table<LoyaltyRow>;
  /**
   * In which tier each customer is, what it is owed, what it gets, and whether it pays for that.
   *
   * It is told of customers who pay, by what was known at the close of a day. The first of the ordered rules that holds gives the tier: rules look at what a customer is worth, at what it could pay, and at its experience. It ranks no customer above another: each gets the support that fits. Hours are those of people, a month.
   *
   * @param asOf The day that is looked from: its close, and what was known then.
   */
  touchPlan(asOf: string, options?: TouchPlanOptions): Table<TouchPlanRow>;
  /**
   * Whose time each tier takes, beside what it brings.
   *
   * It is told by what was known at the close of a day; tiers are those of `touch_plan`. Not even the large accounts may eat all the time: the share of time stands beside the share of MRR.
   *
   * @param asOf The day that is looked from: its close, and what was known then.
   */
  touchLoad(asOf: string, options?: TouchLoadOptions): Table<TouchLoadRow>;
  /**
   * Whether the people who are responsible for customers have the hours that these are owed.
   *
   * It is told by what was known at the close of a day. Tiers and hours are those of `touch_plan`; who is responsible stands in the column `owner` of the customers.
   *
   * @param asOf The day that is looked from: its close, and what was known then.
   */
  touchCapacity(asOf: string, options?: TouchCapacityOptions): Table<TouchCapacityRow>;
  /**
   * The five questions that drill down from a churn rate, each answered in a sentence.
   *
   * What share of the customers expanded? Which industry churns most? How is each product kept, and how does it grow? By how much does the discount change at the first renewal? What do customers of long standing pay now, against what they started with? In every table the lost stand beside those who stay.
   *
   * @param asOf The day that is looked from: its close, and what was known then. What became of customers behind `observed_until` is not known: a later day is looked from as that one is.
   */
  drilldown(asOf: string, options?: DrilldownOptions): Drilldown;
  /**
   * The board of every month: each indicator against its target, its trend, and what others reach.
   *
   * Every indicator is what the operation of its name gives: revenue of `movements`, retention over 12 months of `retention`, renewals of `renewals` as soon as none is pending, scores of `health` on the last day; use, answers to surveys, closed cases and onboardings whose time is over are those of the period. Rates of customers are of those who paid at the opening: none is counted both as lost and as free. Targets and benchmarks are data, benchmarks with their source.
   *
   * @param start The first day; widened to whole periods.
   * @param end The day after the last; widened to whole periods.
   */
  kpis(start: string, end: string, options?: KpisOptions): Table<KpisRow>;
  /**
   * How a company stands by the principles of customer success, what was found, and what to do.
   *
   * It is told by what was known at the close of a day. Each principle is a rule: what it measures stands beside thresholds, what fails is weighed by MRR, and missing evidence is never a pass: it is named with the table that would bring it. A segment, channel or seller is told of only where its customers leave early more often than the rest, by more than chance and by enough to act on.
   *
   * @param asOf The day that is looked from: its close, and what was known then. What became of customers behind `observed_until` is not known: a later day is looked from as that one is.
   */
  review(asOf: string, options?: ReviewOptions): Review;
  /**
   * The health of every customer who pays at the close of a day, from what was known then.
   *
   * `score` is the mean of groups by weight, each the mean of its measures by weight, from 0 to 100. What was not measured is left out; where less than the scorecard's `min_coverage` of the weight was, there is no score.
   *
   * @param asOf The day that is looked from: its close, and what was known then.
   */
  health(asOf: string, options?: HealthOptions): Table<HealthRow>;
  /**
   * What the scores of `health` are made of, measure by measure.
   *
   * `contribution` is in points; a customer's contributions sum to its score, exactly in millionths.
   *
   * @param asOf The day that is looked from: its close, and what was known then.
   */
  explainHealth(asOf: string, options?: ExplainHealthOptions): Table<ExplainHealthRow>;
  /**
   * What the scores of `health` changed by since an earlier day, measure by measure.
   *
   * `change` is in points; a customer's changes sum to that of its score, exactly in millionths. The earlier score is the one that was seen then.
   *
   * @param asOf The day that is looked from: its close, and what was known then.
   * @param since The earlier day that is compared with: its close, and what was known then.
   */
  explainHealthChange(asOf: string, since: string, options?: ExplainHealthChangeOptions): Table<ExplainHealthChangeRow>;
  /**
   * Where customers moved between the bands of a scorecard since an earlier day.
   *
   * The earlier bands are those that were seen then. Customers who pay on one of the days alone stand in it too, so that the customers of every band add up. An override's band is a band.
   *
   * @param asOf The day that is looked from: its close, and what was known then.
   * @param since The earlier day that is compared with: its close, and what was known then.
   */
  healthMigration(asOf: string, since: string, options?: HealthMigrationOptions): Table<HealthMigrationRow>;
  /**
   * How much evidence a scorecard has of the customers who pay, and how old it is.
   *
   * Of the customers for whom a measure weighs something, `measured`, `stale` and `missing` are all.
   *
   * @param asOf The day that is looked from: its close, and what was known then.
   */
  healthCoverage(asOf: string, options?: HealthCoverageOptions): Table<HealthCoverageRow>;
  /**
   * Whom the company may lose, is losing and has lost, by what was known at the close of a day.
   *
   * suspected: the score is in the worst band, or has fallen steeply. imminent: that, and a contract falls due soon, or its term is over. confirmed: the customer still pays, and notices leave it no contract that does, of today or signed for later. churned: it has paid, and does not any more. All others are steady, or insufficient_data where there is neither a score nor a band that a person has set.
   *
   * @param asOf The day that is looked from: its close, and what was known then.
   */
  outlook(asOf: string, options?: OutlookOptions): Table<OutlookRow>;
  /**
   * Whether health scores foretold whom the company lost, by what was known on days that have passed.
   *
   * Of the customers who paid on a day, had given no notice and have a score, those are events who were lost within the horizon. The verdict is better only if the score beats every baseline - chance, tenure, MRR, days since an engagement, growth in 90 days - by more than chance in the customers explains, with at least 20 customers lost and 20 kept.
   *
   * @param asOfDays The days that scores are looked at from, each once; those whose horizon is not observed to its end are dropped whole.
   * @param horizonDays How many days after each of them are looked at for what customers did, from 1 to 3660.
   */
  backtest(asOfDays: readonly string[], horizonDays: number, options?: BacktestOptions): Backtest;
  /**
   * A scorecard whose weights are fitted to whom the company lost.
   *
   * Measures and curves are those of the scorecard; the weights come of a logistic regression on the measures' scores with coefficients from 0 up. It is fitted to the first of the days and tested on the last, with the horizon between them. What was found stands in the scorecard, under fitted.
   *
   * @param asOfDays The days that scores are looked at from, each once; those whose horizon is not observed to its end are dropped whole.
   * @param horizonDays How many days after each of them are looked at for what customers did, from 1 to 3660.
   */
  fitScorecard(asOfDays: readonly string[], horizonDays: number, options?: FitScorecardOptions): Scorecard;
  /**
   * The result of an operation on a part of the customers, as bytes for `merge`.
   *
   * `operation` is its name in data, and the arguments are its own: `partial('movements', start, end, { by })`.
   */
  partial(operation: 'movements', start: string, end: string, options?: MovementsOptions): Uint8Array;
  partial(operation: 'journal', start: string, end: string, options?: JournalOptions): Uint8Array;
  partial(operation: 'retention', start: string, end: string, options?: RetentionOptions): Uint8Array;
  partial(operation: 'flow_retention', start: string, end: string, options?: FlowRetentionOptions): Uint8Array;
  partial(operation: 'cohorts', end: string, options?: CohortsOptions): Uint8Array;
}

/** The options of `kaplanMeier`. */
export interface KaplanMeierOptions {
  /** The time from which each was watched, before the end of its duration; 0, the start, if left out. Default: `null`. */
  readonly entry?: readonly number[] | NumberArray | null | undefined;
  /** How many each stands for, from 0.000001 to 1000000; 1 if left out. Default: `null`. */
  readonly weights?: readonly number[] | NumberArray | null | undefined;
}

/** A row of `kaplanMeier`. */
export interface KaplanMeierRow {
  /** The time, in the unit of the durations. */
  readonly time: number;
  /** Those who are watched just before it: they have entered before, and have not left. */
  readonly at_risk: number;
  /** Those of them whom the event meets. */
  readonly events: number;
  /** Those of them who are lost from sight, behind the events of the same time. */
  readonly censored: number;
  /** The share that is still there: of all times up to this, the product of `1 - events / at_risk`. */
  readonly survival: number;
  /** The lower end of its interval at 95%, by Greenwood's variance and the logarithm of the logarithm; the share itself where that is 0 or 1. */
  readonly survival_low: number;
  /** The upper end of it. */
  readonly survival_high: number;
}

/** The options of `restrictedMean`. */
export interface RestrictedMeanOptions {
  /** The time from which each was watched, before the end of its duration; 0, the start, if left out. Default: `null`. */
  readonly entry?: readonly number[] | NumberArray | null | undefined;
  /** How many each stands for, from 0.000001 to 1000000; 1 if left out. Default: `null`. */
  readonly weights?: readonly number[] | NumberArray | null | undefined;
}

/** A row of `restrictedMean`. */
export interface RestrictedMeanRow {
  /** The time up to which stays are counted, in the unit of the durations. */
  readonly horizon: number;
  /** The mean time until the event, or until the horizon where that comes first: the area under the estimate. */
  readonly restricted_mean: number;
  /** The lower end of its interval at 95%, by the normal distribution. */
  readonly restricted_mean_low: number;
  /** The upper end of it. */
  readonly restricted_mean_high: number;
  /** The share that is still there at the horizon. */
  readonly survival: number;
  /** The lower end of its interval at 95%. */
  readonly survival_low: number;
  /** The upper end of it. */
  readonly survival_high: number;
  /** The first time at which half or fewer are still there, also behind the horizon; absent where more are at the end. */
  readonly median: number | null;
}

/** The options of `logRank`. */
export interface LogRankOptions {
  /** The time from which each was watched, before the end of its duration; 0, the start, if left out. Default: `null`. */
  readonly entry?: readonly number[] | NumberArray | null | undefined;
  /** How many each stands for, from 0.000001 to 1000000; 1 if left out. Default: `null`. */
  readonly weights?: readonly number[] | NumberArray | null | undefined;
}

/** A row of `logRank`. */
export interface LogRankRow {
  /** How many groups are compared. */
  readonly groups: number;
  /** How far the events of the groups are from those that they would have if they were alike: chi-squared. */
  readonly statistic: number;
  /** One less than the groups, those included of which nobody was there when the event met anyone. */
  readonly degrees_of_freedom: number;
  /** How often groups that do not differ are as far apart, or further. */
  readonly p_value: number;
}

/** The options of `cumulativeIncidence`. */
export interface CumulativeIncidenceOptions {
  /** The time from which each was watched, before the end of its duration; 0, the start, if left out. Default: `null`. */
  readonly entry?: readonly number[] | NumberArray | null | undefined;
  /** How many each stands for, from 0.000001 to 1000000; 1 if left out. Default: `null`. */
  readonly weights?: readonly number[] | NumberArray | null | undefined;
}

/** A row of `cumulativeIncidence`. */
export interface CumulativeIncidenceRow {
  /** The event. */
  readonly event: string;
  /** The time, in the unit of the durations. */
  readonly time: number;
  /** Those who are watched just before it. */
  readonly at_risk: number;
  /** Those of them whom this event meets. */
  readonly events: number;
  /** The share that this event has met: of all times up to this, the sum of `events / at_risk` of those whom none had met before. */
  readonly incidence: number;
  /** The lower end of its interval at 95%, by the logarithm of the logarithm; the share itself where that is 0 or 1. */
  readonly incidence_low: number;
  /** The upper end of it. */
  readonly incidence_high: number;
}

/** The options of `plays`. */
export interface PlaysOptions {
}

/** A row of `plays`. */
export interface PlaysRow {
  /** Its name. */
  readonly play: string;
  /** What it is called in English. */
  readonly label_en: string;
  /** What it is called in Japanese. */
  readonly label_ja: string;
  /** What it is expected to bring, in English. */
  readonly effect_en: string;
  /** The same in Japanese. */
  readonly effect_ja: string;
  /** How one sees that it worked, in English. */
  readonly success_en: string;
  /** The same in Japanese. */
  readonly success_ja: string;
  /** What triggers it: questions of rules that found something. */
  readonly checks: string[];
  /** The tiers that it fits; all where none is named. */
  readonly tiers: string[];
  /** The phases that it fits, likewise. */
  readonly phases: string[];
  /** Whether only customers in the best band of the score welcome it, of whom nothing was found by which a principle fails. */
  readonly needs_health: boolean;
}

/** The options of `catalogue`. */
export interface CatalogueOptions {
}

/** A row of `catalogue`. */
export interface CatalogueRow {
  /** What tells it from all others, such as `movements.opening_mrr`, `metrics.nps` or `definitions.period`. */
  readonly id: string;
  /** What it is. */
  readonly entry: 'metric' | 'indicator' | 'column' | 'figure' | 'switch';
  /** What has it: an operation, a table of a report, a function, `metrics`, `kpis` or `definitions`. */
  readonly operation: string;
  /** Its name there. */
  readonly name: string;
  /** Its label in English. */
  readonly label_en: string;
  /** Its label in Japanese. */
  readonly label_ja: string;
  /** What it is counted in. */
  readonly unit: 'money' | 'count' | 'share' | 'ratio' | 'days' | 'months' | 'hours' | 'points' | 'per_day' | 'date' | 'text' | 'flag' | 'list' | 'switch';
  /** How a number of it is shown, as spreadsheets write it, amounts with the two decimals that most currencies have; absent for what is none. */
  readonly format: string | null;
  /** Which direction is good; absent where neither is. */
  readonly good: 'high' | 'low' | null;
  /** Its formula, or what it says. */
  readonly formula: string;
  /** Where its definition comes from; absent for switches. */
  readonly source: string | null;
}

/** Functions on plain numbers. */
export interface Calculations {
  /**
   * The share that is still there at each time, by the product-limit estimator of Kaplan and Meier.
   *
   * `survival = product of 1 - events / at_risk` over all times up to this. Whom the event meets at a time at which others are lost from sight, it meets before that; who enters at a time is watched from then on, exclusive, and who enters at 0 from the start. Sums are of weights where there are any.
   */
  kaplanMeier(durations: readonly number[] | NumberArray, observed: readonly (boolean | 0 | 1)[] | NumberArray, options?: KaplanMeierOptions): Table<KaplanMeierRow>;
  /**
   * How long subjects stay within a horizon.
   *
   * That is the area under the estimate of Kaplan and Meier up to there. Behind the last time that is known of, the estimate goes on as it is.
   */
  restrictedMean(durations: readonly number[] | NumberArray, observed: readonly (boolean | 0 | 1)[] | NumberArray, horizon: number, options?: RestrictedMeanOptions): Table<RestrictedMeanRow>;
  /**
   * Whether groups differ in how long they stay, by the log-rank test.
   *
   * At every time at which the event meets anyone, each group is expected to have its share, by those who are watched, of the events; `statistic` is how far the groups are from that in all, by the spread of such events, and `p_value` how often chi-squared of `groups - 1` degrees of freedom is as great.
   */
  logRank(durations: readonly number[] | NumberArray, observed: readonly (boolean | 0 | 1)[] | NumberArray, groups: readonly string[], options?: LogRankOptions): Table<LogRankRow>;
  /**
   * The share that each of several events has met, of which the first keeps the others away.
   *
   * `incidence = sum of S(before) events / at_risk` over all times up to this, where `S(before)` is the share that no event has met before. Over all events it adds up to the share that any has met.
   */
  cumulativeIncidence(durations: readonly number[] | NumberArray, events: readonly (string | null)[], options?: CumulativeIncidenceOptions): Table<CumulativeIncidenceRow>;
  /**
   * The library's plays: what to do about findings, for whom, to what effect.
   *
   * A finding proposes the plays that it triggers and that fit the customer's tier and phase, in this order. Plays of your own, given to `review` in its settings, come before these, and take the place of those of their names.
   */
  plays(options?: PlaysOptions): Table<PlaysRow>;
  /**
   * All that there is, with what interfaces are built from.
   *
   * Each metric, indicator, column, figure and switch has a label in English and Japanese, a unit, a format as spreadsheets write it, the direction that is good, its formula and its source.
   */
  catalogue(options?: CatalogueOptions): Table<CatalogueRow>;
}

/** The formulas on plain numbers. */
export interface Metrics {
  /**
   * The share of customers who were there at the start and cancelled.
   *
   * `cancelled / customers`; 10 of 200 are 5%.
   *
   * @param cancelled Customers of the start who cancelled in the period.
   * @param customers Customers at the start of the period.
   */
  customerChurnRate(cancelled: number, customers: number): number | null;
  /**
   * The Wilson interval, at 95%, of `customer_churn_rate`.
   *
   * @param cancelled Customers of the start who cancelled in the period.
   * @param customers Customers at the start of the period.
   */
  customerChurnRateInterval(cancelled: number, customers: number): readonly [number, number] | null;
  /**
   * The share of customers who went from paid to free.
   *
   * `downgraded / customers`: a rate of its own, never added to churn.
   *
   * @param downgraded Customers who went from paid to free.
   * @param customers Customers at the start of the period.
   */
  freeDowngradeRate(downgraded: number, customers: number): number | null;
  /**
   * The Wilson interval, at 95%, of `free_downgrade_rate`.
   *
   * @param downgraded Customers who went from paid to free.
   * @param customers Customers at the start of the period.
   */
  freeDowngradeRateInterval(downgraded: number, customers: number): readonly [number, number] | null;
  /**
   * The share of revenue that cancellations took.
   *
   * `unit_price * cancellations / revenue`; 30,000 x 6 of 3,000,000 are 6%.
   *
   * @param unitPrice What a cancelled customer paid.
   * @param cancellations How many cancelled.
   * @param revenue All revenue of the period.
   */
  revenueChurnRate(unitPrice: string | bigint, cancellations: number, revenue: string | bigint): number | null;
  /**
   * The share of the customers of the start who are still there.
   *
   * `(customers_at_end - customers_gained) / customers_at_start`; (1,300 - 350) of 1,000 are 95%.
   *
   * @param customersAtEnd Customers at the end of the period.
   * @param customersGained Those of them who came within the period.
   * @param customersAtStart Customers at its start.
   */
  customerRetentionRate(customersAtEnd: number, customersGained: number, customersAtStart: number): number | null;
  /**
   * The Wilson interval, at 95%, of `customer_retention_rate`.
   *
   * @param customersAtEnd Customers at the end of the period.
   * @param customersGained Those of them who came within the period.
   * @param customersAtStart Customers at its start.
   */
  customerRetentionRateInterval(customersAtEnd: number, customersGained: number, customersAtStart: number): readonly [number, number] | null;
  /**
   * The share of revenue that was kept.
   *
   * `(revenue_at_end - revenue_gained) / revenue_at_start`; above 1 where customers of the start pay more.
   *
   * @param revenueAtEnd Revenue at the end of the period.
   * @param revenueGained That of customers who came within the period.
   * @param revenueAtStart Revenue at the start of the period.
   */
  revenueRetentionRate(revenueAtEnd: string | bigint, revenueGained: string | bigint, revenueAtStart: string | bigint): number | null;
  /**
   * The share of the opening's revenue that stays, without what grows (GRR).
   *
   * `(opening - contraction - churned) / opening`.
   *
   * @param opening Recurring revenue at the opening.
   * @param contraction By how much less those of the opening pay who still pay.
   * @param churned What those of the opening paid who left.
   */
  grossRevenueRetention(opening: string | bigint, contraction: string | bigint, churned: string | bigint): number | null;
  /**
   * The share of the opening's revenue that stays, with what grows (NRR).
   *
   * `(opening + expansion - contraction - churned) / opening`.
   *
   * @param opening Recurring revenue at the opening.
   * @param expansion By how much more those of the opening pay who still pay.
   * @param contraction By how much less those of the opening pay who still pay.
   * @param churned What those of the opening paid who left.
   */
  netRevenueRetention(opening: string | bigint, expansion: string | bigint, contraction: string | bigint, churned: string | bigint): number | null;
  /**
   * The share of renewals that fell due and were renewed.
   *
   * `renewed / due`.
   *
   * @param renewed Renewals that fell due and were renewed.
   * @param due Renewals that fell due.
   */
  renewalRate(renewed: number, due: number): number | null;
  /**
   * The Wilson interval, at 95%, of `renewal_rate`.
   *
   * @param renewed Renewals that fell due and were renewed.
   * @param due Renewals that fell due.
   */
  renewalRateInterval(renewed: number, due: number): readonly [number, number] | null;
  /**
   * The share of those in the onboarding window who completed it.
   *
   * `completed / in_window`; what completed means each company fixes for itself.
   *
   * @param completed Those who completed onboarding, by the company's own definition.
   * @param inWindow All who are in the onboarding window.
   */
  onboardingCompletionRate(completed: number, inWindow: number): number | null;
  /**
   * The Wilson interval, at 95%, of `onboarding_completion_rate`.
   *
   * @param completed Those who completed onboarding, by the company's own definition.
   * @param inWindow All who are in the onboarding window.
   */
  onboardingCompletionRateInterval(completed: number, inWindow: number): readonly [number, number] | null;
  /**
   * The share of customers who moved to a higher grade.
   *
   * `upgraded / customers`.
   *
   * @param upgraded Customers who moved to a higher grade.
   * @param customers Customers at the start of the period.
   */
  upsellRate(upgraded: number, customers: number): number | null;
  /**
   * The Wilson interval, at 95%, of `upsell_rate`.
   *
   * @param upgraded Customers who moved to a higher grade.
   * @param customers Customers at the start of the period.
   */
  upsellRateInterval(upgraded: number, customers: number): readonly [number, number] | null;
  /**
   * The share of customers who added another product.
   *
   * `added / customers`.
   *
   * @param added Customers who added another product.
   * @param customers Customers at the start of the period.
   */
  crossSellRate(added: number, customers: number): number | null;
  /**
   * The Wilson interval, at 95%, of `cross_sell_rate`.
   *
   * @param added Customers who added another product.
   * @param customers Customers at the start of the period.
   */
  crossSellRateInterval(added: number, customers: number): readonly [number, number] | null;
  /**
   * The share of customers who moved to a lower grade.
   *
   * `downgraded / customers`.
   *
   * @param downgraded Customers who moved to a lower grade, or to fewer seats.
   * @param customers Customers at the start of the period.
   */
  downsellRate(downgraded: number, customers: number): number | null;
  /**
   * The Wilson interval, at 95%, of `downsell_rate`.
   *
   * @param downgraded Customers who moved to a lower grade, or to fewer seats.
   * @param customers Customers at the start of the period.
   */
  downsellRateInterval(downgraded: number, customers: number): readonly [number, number] | null;
  /**
   * The share of licensed users who are active.
   *
   * `active_users / licensed_users`.
   *
   * @param activeUsers Users who are active.
   * @param licensedUsers Users who are paid for.
   */
  adoptionRate(activeUsers: number, licensedUsers: number): number | null;
  /**
   * The Wilson interval, at 95%, of `adoption_rate`.
   *
   * @param activeUsers Users who are active.
   * @param licensedUsers Users who are paid for.
   */
  adoptionRateInterval(activeUsers: number, licensedUsers: number): readonly [number, number] | null;
  /**
   * By how much the number of customers grew.
   *
   * `(customers_at_end - customers_at_start) / customers_at_start`.
   *
   * @param customersAtEnd Customers at the end of the period.
   * @param customersAtStart Customers at its start.
   */
  customerGrowthRate(customersAtEnd: number, customersAtStart: number): number | null;
  /**
   * By how much revenue grew.
   *
   * `(revenue_at_end - revenue_at_start) / revenue_at_start`.
   *
   * @param revenueAtEnd Revenue at the end of the period.
   * @param revenueAtStart Revenue at the start of the period.
   */
  revenueGrowthRate(revenueAtEnd: string | bigint, revenueAtStart: string | bigint): number | null;
  /**
   * Cases closed per day and person: the measure of support.
   *
   * `cases_closed / (days * people)`; it stands beside success, never instead of it.
   *
   * @param casesClosed Cases closed.
   * @param days In so many days.
   * @param people By so many people.
   */
  supportEfficiency(casesClosed: number, days: number, people: number): number | null;
  /**
   * The net promoter score, in points from -100 to 100.
   *
   * The share of promoters (9 and 10) less the share of detractors (0 to 6), times 100. The question is how likely one is to recommend the service to a friend or colleague; compare within an industry.
   *
   * @param scores The answers, from 0 to 10.
   */
  nps(scores: readonly number[] | NumberArray): number | null;
  /**
   * The interval, at 95%, of `nps`.
   *
   * `100 * (p - d +- 1.96 * sqrt((p + d - (p - d)^2) / n))`, cut at -100 and 100, with the shares p of promoters and d of detractors; with few answers it is too narrow.
   *
   * @param scores The answers, from 0 to 10.
   */
  npsInterval(scores: readonly number[] | NumberArray): readonly [number, number] | null;
  /**
   * The net promoter score of counted answers.
   *
   * The share of promoters less the share of detractors, times 100.
   *
   * @param promoters Answers of 9 and 10.
   * @param passives Answers of 7 and 8.
   * @param detractors Answers from 0 to 6.
   */
  npsFromCounts(promoters: number, passives: number, detractors: number): number | null;
  /**
   * The share of answers at or above a threshold.
   *
   * `answers from threshold to scale_max / answers`.
   *
   * @param scores The answers.
   * @param threshold The lowest answer of a satisfied customer.
   * @param scaleMax The best answer of the scale.
   */
  csat(scores: readonly number[] | NumberArray, threshold: number, scaleMax: number): number | null;
  /**
   * The Wilson interval, at 95%, of `csat`.
   *
   * @param scores The answers.
   * @param threshold The lowest answer of a satisfied customer.
   * @param scaleMax The best answer of the scale.
   */
  csatInterval(scores: readonly number[] | NumberArray, threshold: number, scaleMax: number): readonly [number, number] | null;
  /**
   * What a customer brings over its whole life.
   *
   * `arpa * gross_margin / customer_churn`, absent at zero churn: all the money that it spends, or with a gross margin the profit that it brings.
   *
   * @param arpa Revenue per customer and period.
   * @param customerChurn The churn rate of customers in the same period, from 0 to 1.
   */
  lifetimeValue(arpa: string | bigint, customerChurn: number, options?: { /** The share of revenue that is left after what it costs to serve, from 0 to 1; 1 for all the money that is spent. */ readonly grossMargin?: number | null | undefined }): number | null;
  /**
   * Months until a customer has earned what it cost.
   *
   * `(acquisition_cost + onboarding_cost) / (arpa * gross_margin)`, with the revenue per customer and month. In a business of recurring revenue it is often 24 or more: at least two renewals of annual contracts.
   *
   * @param acquisitionCost What it cost to win the customer.
   * @param arpa Revenue per customer and month.
   */
  paybackMonths(acquisitionCost: string | bigint, arpa: string | bigint, options?: { /** What it cost to bring the customer to value. */ readonly onboardingCost?: string | bigint | null | undefined; /** The share of revenue that is left after what it costs to serve, from 0 to 1; 1 for all the money that is spent. */ readonly grossMargin?: number | null | undefined }): number | null;
  /**
   * How many customers a base can hold.
   *
   * `new_per_period / churn_rate`, absent at zero churn: beyond it a leaking base does not grow.
   *
   * @param newPerPeriod How many customers come in a period.
   * @param churnRate The churn rate of customers in a period, from 0 to 1.
   */
  largestBase(newPerPeriod: number, churnRate: number): number | null;
  /**
   * What a rate of one period comes to over several.
   *
   * `1 - (1 - rate)^periods`; 8% a month are 63.2% a year.
   *
   * @param rate The rate of one period, from 0 to 1.
   * @param periods How many periods are looked at together, such as 12 months of a year.
   */
  annualisedRate(rate: number, periods: number): number | null;
  /**
   * What a rate of several periods is in one.
   *
   * `1 - (1 - rate)^(1 / periods)`, the inverse of `annualised_rate`; absent for no periods.
   *
   * @param rate The rate of all periods together, from 0 to 1.
   * @param periods How many periods are looked at together, such as 12 months of a year.
   */
  periodicRate(rate: number, periods: number): number | null;
}

/** Which of a result's `pictures`, and in which language. */
export interface PictureOptions {
  /** Which of the pictures that the result has; its first if left out. Default: `null`. */
  readonly picture?: string | null | undefined;
  /** The language of the picture. Default: `"en"`. */
  readonly locale?: 'en' | 'ja' | undefined;
}

/** A table that only a synthetic portfolio has. */
export type SyntheticTable =
  | 'truth'
  | 'fx_rates';

/** The rows of every table as `table` gives them back. */
export interface LoadedTables {
  readonly contracts: LoadedContractRow;
  readonly customers: LoadedCustomerRow;
  readonly signals: LoadedSignalRow;
  readonly engagements: LoadedEngagementRow;
  readonly cases: LoadedCaseRow;
  readonly surveys: LoadedSurveyRow;
  readonly milestones: LoadedMilestoneRow;
  readonly outcomes: LoadedOutcomeRow;
  readonly stakeholders: LoadedStakeholderRow;
  readonly feedback: LoadedFeedbackRow;
  readonly advocacy: LoadedAdvocacyRow;
  readonly actions: LoadedActionRow;
  readonly pauses: LoadedPauseRow;
  readonly practices: LoadedPracticeRow;
}
