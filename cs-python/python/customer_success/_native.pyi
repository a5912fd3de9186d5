# Written by `cargo xtask surface` from the core's description of itself; not edited by hand.

from collections.abc import Collection, Iterable, Mapping, Sequence
from datetime import date
from decimal import Decimal
from os import PathLike
from typing import Any, BinaryIO, Literal, Protocol, Self, TypeAlias, TypedDict, Unpack, final, type_check_only

from customer_success._report import LoadReport

@type_check_only
class ArrowStream(Protocol):
    """Any object that exports a stream of Arrow: pandas, polars, pyarrow, duckdb, Spark."""

    def __arrow_c_stream__(self, requested_schema: object | None = None) -> object: ...

@type_check_only
class _Series(Protocol):
    """A column of pandas or polars."""

    def to_numpy(self) -> Any: ...

@type_check_only
class _Buffer(Protocol):
    """An array of numpy, or of the standard library."""

    def __buffer__(self, flags: int, /) -> memoryview: ...

_Array: TypeAlias = _Series | _Buffer
_TableLike: TypeAlias = ArrowStream | Sequence[Mapping[str, Any]] | Mapping[str, Sequence[Any]]

__version__: str

def merge(partials: Iterable[bytes | bytearray | memoryview], /) -> Table:
    """The result of all the parts that `Portfolio.partial` gave: byte for byte that of a single run."""

def merge_partials(partials: Iterable[bytes | bytearray | memoryview], /) -> bytes:
    """All the parts that `Portfolio.partial` gave as one part."""

def surface() -> str:
    """The surface manifest: what every language offers, as canonical JSON."""

def exemplar() -> Table:
    """A table of every scalar kind."""

def calculated(name: str, given: dict[str, Any]) -> Table:
    """What a function on plain numbers gives, by its name."""

def asked(name: str, given: dict[str, Any]) -> Any:
    """What a method of a model gives, or a formula, by its name."""

@type_check_only
class Switches(TypedDict, total=False):
    """The switches of `Definitions`, each optional."""

    period: Literal["month", "quarter", "year"]
    """How long a period is: a calendar month, a quarter or a year."""
    fiscal_year_start: int
    """The month, 1 to 12, that quarters and years are counted from; a fiscal year is named after the calendar year it starts in."""
    sampling: Literal["daily", "period_end"]
    """Which closes are looked at for movements: those of every day, or only those of periods."""
    gap_tolerance_days: int
    """A run of at most so many days without paying, between two of paying, is filled with what was before it."""
    churn_date: Literal["contract_end", "notice"]
    """When a customer who gave notice has churned: at the end of the contract or on the day of the notice."""
    discounts: Literal["net", "list"]
    """Which price counts: the one after discount, or the list price where one is given."""
    paused: Literal["counts", "zero"]
    """What a contract carries on the days of a pause: its MRR or nothing."""
    fx: Literal["single", "constant", "contract_start", "period_close"]
    """How contracts in other currencies are converted to the reporting one."""
    fx_date: date | str | None
    """The day whose rates `fx="constant"` takes."""
    free_counts: bool
    """Whether a contract in force at no charge makes its customer one that is counted."""
    exclude_kinds: Collection[Literal["subscription", "trial", "one_time", "usage"]]
    """Contracts of these kinds are not recurring revenue."""
    reactivation_window_days: int | None
    """A return after more than so many days counts as new; nothing means no limit."""
    reactivation_as: Literal["reactivation", "expansion", "new"]
    """In which column a return stands, with its amount and its count."""
    same_period_new_and_churn: Literal["both", "neither"]
    """What counts of a customer first seen in a period at whose close it does not pay: both movements or neither."""
    weeks_per_month: str
    """Weeks in a month, as an exact fraction: what turns an amount a week into MRR."""
    days_per_month: str
    """Days in a month, as an exact fraction: what turns an amount a day into MRR."""
    extra_digits: int
    """Decimals held beyond the currency's own, 0 to 6."""
    early_days: int
    """A renewal's successor may start so many days before the term ends."""
    renewal_grace_days: int
    """A renewal's successor may start so many days after the term has ended; until then the renewal is pending."""
    renewal_unit: Literal["customer_product", "customer"]
    """Within what a successor is looked for: a customer's contracts for the same product, or all of them."""

@final
class Definitions:
    """What every number means, as data: every switch, each with a default."""

    def __new__(
        cls,
        *,
        period: Literal["month", "quarter", "year"] = "month",
        fiscal_year_start: int = 1,
        sampling: Literal["daily", "period_end"] = "daily",
        gap_tolerance_days: int = 0,
        churn_date: Literal["contract_end", "notice"] = "contract_end",
        discounts: Literal["net", "list"] = "net",
        paused: Literal["counts", "zero"] = "counts",
        fx: Literal["single", "constant", "contract_start", "period_close"] = "single",
        fx_date: date | str | None = None,
        free_counts: bool = False,
        exclude_kinds: Collection[Literal["subscription", "trial", "one_time", "usage"]] = ("trial", "one_time", "usage"),
        reactivation_window_days: int | None = None,
        reactivation_as: Literal["reactivation", "expansion", "new"] = "reactivation",
        same_period_new_and_churn: Literal["both", "neither"] = "both",
        weeks_per_month: str = "52/12",
        days_per_month: str = "365/12",
        extra_digits: int = 0,
        early_days: int = 60,
        renewal_grace_days: int = 30,
        renewal_unit: Literal["customer_product", "customer"] = "customer_product",
    ) -> Self: ...
    @property
    def period(self) -> Literal["month", "quarter", "year"]: ...
    @property
    def fiscal_year_start(self) -> int: ...
    @property
    def sampling(self) -> Literal["daily", "period_end"]: ...
    @property
    def gap_tolerance_days(self) -> int: ...
    @property
    def churn_date(self) -> Literal["contract_end", "notice"]: ...
    @property
    def discounts(self) -> Literal["net", "list"]: ...
    @property
    def paused(self) -> Literal["counts", "zero"]: ...
    @property
    def fx(self) -> Literal["single", "constant", "contract_start", "period_close"]: ...
    @property
    def fx_date(self) -> date | None: ...
    @property
    def free_counts(self) -> bool: ...
    @property
    def exclude_kinds(self) -> list[Literal["subscription", "trial", "one_time", "usage"]]: ...
    @property
    def reactivation_window_days(self) -> int | None: ...
    @property
    def reactivation_as(self) -> Literal["reactivation", "expansion", "new"]: ...
    @property
    def same_period_new_and_churn(self) -> Literal["both", "neither"]: ...
    @property
    def weeks_per_month(self) -> str: ...
    @property
    def days_per_month(self) -> str: ...
    @property
    def extra_digits(self) -> int: ...
    @property
    def early_days(self) -> int: ...
    @property
    def renewal_grace_days(self) -> int: ...
    @property
    def renewal_unit(self) -> Literal["customer_product", "customer"]: ...

    def replace(self, **switches: Unpack[Switches]) -> Definitions:
        """The same definitions with some switches set."""
    @property
    def fingerprint(self) -> str:
        """SHA-256 of the canonical JSON of all switches, in hexadecimal."""
    def to_json(self) -> str:
        """The canonical JSON of all switches."""
    @staticmethod
    def from_json(text: str) -> Definitions:
        """Reads what `to_json` wrote; switches that are not named keep their default."""
    def diff(self, other: Definitions) -> list[dict[str, Any]]:
        """The switches on which `other` differs: a list of dicts `switch`, `before`, `after`."""
    def __eq__(self, other: object, /) -> bool: ...
    def __ne__(self, other: object, /) -> bool: ...
    def __hash__(self) -> int: ...
    def __getnewargs_ex__(self) -> tuple[tuple[()], dict[str, Any]]: ...

@final
class Portfolio:
    """A validated book of contracts and customers; never changed once made."""

    @staticmethod
    def from_tables(
        *,
        contracts: _TableLike,
        customers: _TableLike | None = None,
        signals: _TableLike | None = None,
        engagements: _TableLike | None = None,
        cases: _TableLike | None = None,
        surveys: _TableLike | None = None,
        milestones: _TableLike | None = None,
        outcomes: _TableLike | None = None,
        stakeholders: _TableLike | None = None,
        feedback: _TableLike | None = None,
        advocacy: _TableLike | None = None,
        actions: _TableLike | None = None,
        pauses: _TableLike | None = None,
        practices: _TableLike | None = None,
        currency: str | None = None,
        on_invalid: Literal["raise", "reject"] = "raise",
        extra_columns: Literal["error", "ignore"] = "error",
        duplicates: Literal["error", "drop"] = "error",
        observed_until: date | str | None = None,
        limits: Mapping[str, int] | None = None,
        redact: bool = False,
        definitions: Definitions | Switches | None = None,
    ) -> Portfolio:
        """A portfolio of tables.

        Every problem of every row is found and located, in the error or, with `on_invalid="reject"`, in the
        load report.

        Arguments:
            contracts (an object with __arrow_c_stream__, such as a data frame of pandas, polars, pyarrow,
                duckdb or Spark; a list of dicts; or a dict of lists): The contracts.
            customers (an object with __arrow_c_stream__, such as a data frame of pandas, polars, pyarrow,
                duckdb or Spark; a list of dicts; or a dict of lists; default None): The customers; made
                from the contracts if left out.
            signals (an object with __arrow_c_stream__, such as a data frame of pandas, polars, pyarrow,
                duckdb or Spark; a list of dicts; or a dict of lists; default None): What was measured of
                customers.
            engagements (an object with __arrow_c_stream__, such as a data frame of pandas, polars, pyarrow,
                duckdb or Spark; a list of dicts; or a dict of lists; default None): The engagements with
                customers.
            cases (an object with __arrow_c_stream__, such as a data frame of pandas, polars, pyarrow,
                duckdb or Spark; a list of dicts; or a dict of lists; default None): The support cases of
                customers.
            surveys (an object with __arrow_c_stream__, such as a data frame of pandas, polars, pyarrow,
                duckdb or Spark; a list of dicts; or a dict of lists; default None): The surveys that
                customers were asked to answer.
            milestones (an object with __arrow_c_stream__, such as a data frame of pandas, polars, pyarrow,
                duckdb or Spark; a list of dicts; or a dict of lists; default None): The milestones of
                customers.
            outcomes (an object with __arrow_c_stream__, such as a data frame of pandas, polars, pyarrow,
                duckdb or Spark; a list of dicts; or a dict of lists; default None): The outcomes that
                customers want to reach.
            stakeholders (an object with __arrow_c_stream__, such as a data frame of pandas, polars,
                pyarrow, duckdb or Spark; a list of dicts; or a dict of lists; default None): The people of
                customers.
            feedback (an object with __arrow_c_stream__, such as a data frame of pandas, polars, pyarrow,
                duckdb or Spark; a list of dicts; or a dict of lists; default None): The feedback of
                customers, and what they were promised.
            advocacy (an object with __arrow_c_stream__, such as a data frame of pandas, polars, pyarrow,
                duckdb or Spark; a list of dicts; or a dict of lists; default None): What customers did for
                the company's name.
            actions (an object with __arrow_c_stream__, such as a data frame of pandas, polars, pyarrow,
                duckdb or Spark; a list of dicts; or a dict of lists; default None): What was begun because
                of findings.
            pauses (an object with __arrow_c_stream__, such as a data frame of pandas, polars, pyarrow,
                duckdb or Spark; a list of dicts; or a dict of lists; default None): The pauses of
                contracts.
            practices (an object with __arrow_c_stream__, such as a data frame of pandas, polars, pyarrow,
                duckdb or Spark; a list of dicts; or a dict of lists; default None): How the company itself
                works.
            currency (str; default None): The reporting currency by its ISO 4217 code, and that of rows
                without one.
            on_invalid ("raise" or "reject"; default "raise"): Whether rows with a problem are an error, or
                are rejected and kept in the load report.
            extra_columns ("error" or "ignore"; default "error"): Whether columns that a table does not have
                are an error or are left out.
            duplicates ("error" or "drop"; default "error"): Whether rows that say the same as an earlier
                one are an error or are left out with a warning.
            observed_until (datetime.date, or str like 2026-01-31; default None): The last day that the data
                tells of; the latest on which a row became known if left out.
            limits (dict of int by the names bytes, rows, result_rows, columns, field_bytes, id_bytes,
                problems, currencies; default None): What the input may hold at most, by the names of the
                limits.
            redact (bool; default False): Whether problems leave out what users wrote, for the sake of logs.
            definitions (Definitions, or a dict of switches; default None): The definitions that operations
                follow unless given others; their extra_digits say how many decimals amounts may have.

        Columns of contracts:
            contract_id (id; required): The contract's name, byte-exact.
            customer_id (id; required): Whose contract it is.
            start_date (date; required): The first day in force.
            end_date (date): The first day that the contract is not in force any more; none means
                open-ended.
            mrr (money): Monthly recurring revenue, taken exactly; this or `amount`.
            amount (money): What is billed for a `billing_period` or for `term_months`; this or `mrr`.
            billing_period ("day", "week", "month", "quarter", "half_year" or "year"): What `amount` is
                billed for.
            term_months (count): The months that `amount` is billed for.
            product (text): The product; contracts without one share a product of their own.
            plan (text): The price plan.
            plan_rank (count): The plan's place among the plans of its product, higher for a better one.
            quantity (count): Seats or units; it describes and never multiplies.
            currency (text): The ISO 4217 code of the contract's currency; the portfolio's where absent.
            list_mrr (money): Monthly recurring revenue before discount.
            signed_date (date): The day the contract was signed.
            term_end (date): The first day after the agreed term.
            auto_renew (flag): Whether the contract runs on after its term; absent reads as true.
            notice_date (date): The day the customer gave notice.
            notice_withdrawn_on (date): The day the customer took the notice back.
            renews_contract_id (id): The contract that this one renews.
            kind ("subscription", "trial", "one_time" or "usage"): What the contract is for; absent reads as
                `subscription`.
            source ("sales", "referral" or "champion_move"): How the contract came about.
            referred_by_customer_id (id): The customer who recommended it.
            referred_by_person_id (id): The person who recommended it.
            churn_kind ("voluntary", "payment_failure", "business_closed" or "migration"): Who or what ended
                the contract.
            churn_reason (text): Why it ended, in the company's own words.
            recorded_on (date): The day this revision was recorded; the latest one counts.
            withdrawn (flag): Whether this revision withdraws the contract.

        Columns of customers:
            customer_id (id; required): The customer's name, byte-exact.
            name (text): What people call the customer.
            segment (text): The part of the market.
            industry (text): The industry.
            region (text): The region.
            owner (text): Who is responsible for the customer.
            channel (text): How the customer was won.
            seller (text): Who sold to the customer.
            parent_id (id): The customer that this one belongs to.
            employees (count): How many people the customer employs.
            acquisition_cost (money): What it cost to win the customer, in the reporting currency.
            onboarding_cost (money): What it cost to get the customer started, in the reporting currency.
            potential_mrr (money): What the customer could pay a month, in the reporting currency.
            fit (score): How well the product fits the customer, 0 to 100.
            recorded_on (date): The day this revision was recorded; the latest one counts.
            Any other column is an attribute, kept as text.

        Columns of signals:
            customer_id (id; required): The customer.
            signal (id; required): What was measured: a reserved name, such as `active_users`, or one of the
                company's own.
            observed_on (date; required): The day of which it tells.
            value (number; required): The number. Of a reserved name it is from 0 up, of
                `used_in_executive_meetings` 0 or 1.
            recorded_on (date): The day on which it became known, where that is another.

        Columns of engagements:
            customer_id (id; required): The customer that was met.
            date (date; required): The day.
            kind ("qbr", "outreach", "training", "health_check", "onboarding", "event", "marketing" or
                "community"; required): What it was for.
            channel ("human" or "digital"; required): By what the customer was met.
            two_way (flag): Whether the customer took part, and was not only spoken to.
            minutes (count): How long it took, in minutes.
            person_id (id): Who of the customer was met, as in the table of stakeholders.
            owner (text): Who met the customer.

        Columns of cases:
            customer_id (id; required): The customer that opened it.
            case_id (id; required): What tells the case from the customer's others.
            opened_on (date; required): The day on which it was opened.
            closed_on (date): The day on which it was closed; none while it is open.
            priority (text): How pressing it is, in the company's own words.
            agent (text): Who worked on it.
            resolved_by_self (flag): Whether the customer solved it without an agent.
            satisfaction (number): What the customer said of it afterwards, on the company's own scale, on
                which more is better.

        Columns of surveys:
            customer_id (id; required): The customer.
            date (date; required): The day.
            kind ("nps", "csat" or "ces"; required): What was asked.
            score (number): The answer; absent where none was given. Of `nps` it is whole, from 0 to 10.
            scale_max (count): The most that can be answered, where that is not a matter of the kind: every
                answer to `csat` has it.
            role (text): The role of who was asked.

        Columns of milestones:
            customer_id (id; required): Whose milestone it is.
            milestone ("kickoff", "setup_done", "first_value" or "onboarded"; required): Which one.
            due_on (date): The day on which it is to be reached: a plan.
            reached_on (date): The day on which it was reached; none if it was not.

        Columns of outcomes:
            customer_id (id; required): The customer that wants to reach it.
            outcome_id (id; required): What tells the outcome from the customer's others.
            measure (text): What is measured, in words.
            baseline (number): Its value at the beginning.
            target (number): The value that is to be reached; it may be less than the one at the beginning.
            current (number): Its value on the day `observed_on`.
            observed_on (date): The day on which its current value, and the experience, were seen.
            agreed_on (date): The day on which the outcome was agreed on.
            agreed_by_customer (flag): Whether the customer itself agreed.
            due_on (date): The day by which it is to be reached: a plan.
            achieved_on (date): The day on which it was reached; none if it was not.
            experience (score): How the way there feels to the customer, from 0 to 10.

        Columns of stakeholders:
            customer_id (id; required): The customer whose person it is.
            person_id (id; required): The person.
            role ("executive_sponsor", "champion", "admin" or "user"; required): The person's role.
            since (date): The first day in the role; without it the person has always been there.
            left_on (date): The first day on which the person is not there any more.
            moved_to_customer_id (id): The customer to which the person went.

        Columns of feedback:
            customer_id (id; required): The customer.
            date (date; required): The day on which it was said.
            kind ("request", "bug", "praise" or "promise"; required): What it is.
            topic (text): What it is about, in the company's own words.
            answered_on (date): The day on which the customer had an answer.
            released_on (date): The day on which the product had what was asked for or promised.

        Columns of advocacy:
            customer_id (id; required): The customer.
            date (date; required): The day.
            kind ("reference", "review", "referral", "case_study" or "word_of_mouth"; required): What it
                did.

        Columns of actions:
            play (id; required): The play that is run.
            opened_on (date; required): The day on which it was begun.
            customer_id (id): The customer for whom it is run; none where it is for all.
            finding_id (id): The finding that it answers.
            owner (text): Who runs it.
            due_on (date): The day by which it is to be closed: a plan.
            closed_on (date): The day on which it was closed; none while it is open.
            result (text): What came of it, in the company's own words.
            snoozed_until (date): The day until which its finding is not told again: a plan.

        Columns of pauses:
            contract_id (id; required): The contract that is paused, whichever of its revisions counts.
            from_date (date; required): The first day of the pause.
            to_date (date): The first day that is not in the pause any more; none if its end is open.

        Columns of practices:
            topic ("retention_goal", "shared_goals", "incentive", "authority", "visibility", "handover",
                "signed_definitions", "definition_in_use", "metric_owner", "score_validated",
                "success_definition", "listening", "priority", "target_customers", "promises" or
                "customer_officer"; required): What it is about.
            value (text): What is done, such as the name of the metric or of the incentive.
            owner (text): Who answers for it.
            since (date): The first day; without it, it has always been so.

        Returns:
            Portfolio

        Raises:
            InvalidInput: the data is at fault; codes missing_column, unknown_column, duplicate_column,
                missing_value, wrong_type, invalid_date, date_out_of_range, invalid_amount, too_many_digits,
                negative_amount, invalid_count, invalid_flag, invalid_score, invalid_number, invalid_signal,
                unknown_choice, unknown_currency, missing_currency, end_not_after_start,
                term_end_not_after_start, end_before_start, missing_amount, two_amounts,
                missing_billing_period, two_billing_periods, invalid_term, duplicate_row, conflicting_rows,
                rejected_revision, unknown_customer, rejected_customer, unknown_contract, rejected_contract,
                limit_exceeded, overflow, invalid_argument.
            InvalidArgument: the call is at fault; codes invalid_date, date_out_of_range, unknown_currency,
                missing_currency, limit_exceeded, unknown_argument, missing_argument, invalid_argument,
                unknown_switch, invalid_switch, not_available.

        Source:
            The columns and what a row must be are this library's own; currencies are those of ISO 4217.
        """

    @staticmethod
    def from_csv(
        contracts: str | PathLike[str] | bytes | bytearray | memoryview | BinaryIO,
        *,
        customers: str | PathLike[str] | bytes | bytearray | memoryview | BinaryIO | None = None,
        signals: str | PathLike[str] | bytes | bytearray | memoryview | BinaryIO | None = None,
        engagements: str | PathLike[str] | bytes | bytearray | memoryview | BinaryIO | None = None,
        cases: str | PathLike[str] | bytes | bytearray | memoryview | BinaryIO | None = None,
        surveys: str | PathLike[str] | bytes | bytearray | memoryview | BinaryIO | None = None,
        milestones: str | PathLike[str] | bytes | bytearray | memoryview | BinaryIO | None = None,
        outcomes: str | PathLike[str] | bytes | bytearray | memoryview | BinaryIO | None = None,
        stakeholders: str | PathLike[str] | bytes | bytearray | memoryview | BinaryIO | None = None,
        feedback: str | PathLike[str] | bytes | bytearray | memoryview | BinaryIO | None = None,
        advocacy: str | PathLike[str] | bytes | bytearray | memoryview | BinaryIO | None = None,
        actions: str | PathLike[str] | bytes | bytearray | memoryview | BinaryIO | None = None,
        pauses: str | PathLike[str] | bytes | bytearray | memoryview | BinaryIO | None = None,
        practices: str | PathLike[str] | bytes | bytearray | memoryview | BinaryIO | None = None,
        currency: str | None = None,
        on_invalid: Literal["raise", "reject"] = "raise",
        extra_columns: Literal["error", "ignore"] = "error",
        duplicates: Literal["error", "drop"] = "error",
        observed_until: date | str | None = None,
        limits: Mapping[str, int] | None = None,
        redact: bool = False,
        definitions: Definitions | Switches | None = None,
        format: Literal["contracts", "baremetrics", "stripe_subscriptions", "chartmogul"] = "contracts",
        encoding: Literal["utf-8", "cp932"] = "utf-8",
        columns: Mapping[str, Mapping[str, str]] | None = None,
        number_format: str | None = None,
        date_format: str | None = None,
    ) -> Portfolio:
        """A portfolio of CSV files: UTF-8, comma, a header.

        Every problem of every row is found and located, in the error or, with `on_invalid="reject"`, in the
        load report.

        Arguments:
            contracts (a path, bytes, or a file that is open for reading bytes): The contracts.
            customers (a path, bytes, or a file that is open for reading bytes; default None): The
                customers; made from the contracts if left out.
            signals (a path, bytes, or a file that is open for reading bytes; default None): What was
                measured of customers.
            engagements (a path, bytes, or a file that is open for reading bytes; default None): The
                engagements with customers.
            cases (a path, bytes, or a file that is open for reading bytes; default None): The support cases
                of customers.
            surveys (a path, bytes, or a file that is open for reading bytes; default None): The surveys
                that customers were asked to answer.
            milestones (a path, bytes, or a file that is open for reading bytes; default None): The
                milestones of customers.
            outcomes (a path, bytes, or a file that is open for reading bytes; default None): The outcomes
                that customers want to reach.
            stakeholders (a path, bytes, or a file that is open for reading bytes; default None): The people
                of customers.
            feedback (a path, bytes, or a file that is open for reading bytes; default None): The feedback
                of customers, and what they were promised.
            advocacy (a path, bytes, or a file that is open for reading bytes; default None): What customers
                did for the company's name.
            actions (a path, bytes, or a file that is open for reading bytes; default None): What was begun
                because of findings.
            pauses (a path, bytes, or a file that is open for reading bytes; default None): The pauses of
                contracts.
            practices (a path, bytes, or a file that is open for reading bytes; default None): How the
                company itself works.
            currency (str; default None): The reporting currency by its ISO 4217 code, and that of rows
                without one.
            on_invalid ("raise" or "reject"; default "raise"): Whether rows with a problem are an error, or
                are rejected and kept in the load report.
            extra_columns ("error" or "ignore"; default "error"): Whether columns that a table does not have
                are an error or are left out.
            duplicates ("error" or "drop"; default "error"): Whether rows that say the same as an earlier
                one are an error or are left out with a warning.
            observed_until (datetime.date, or str like 2026-01-31; default None): The last day that the data
                tells of; the latest on which a row became known if left out.
            limits (dict of int by the names bytes, rows, result_rows, columns, field_bytes, id_bytes,
                problems, currencies; default None): What the input may hold at most, by the names of the
                limits.
            redact (bool; default False): Whether problems leave out what users wrote, for the sake of logs.
            definitions (Definitions, or a dict of switches; default None): The definitions that operations
                follow unless given others; their extra_digits say how many decimals amounts may have.
            format ("contracts", "baremetrics", "stripe_subscriptions" or "chartmogul"; default
                "contracts"): Whose export it is. Not built in this version: only the default is taken.
            encoding ("utf-8" or "cp932"; default "utf-8"): The encoding of the files. Not built in this
                version: only the default is taken.
            columns (dict of dicts such as {"contracts": {"their_name": "contract_id"}}; default None): By
                table, from their names of columns to ours.
            number_format (str; default None): How the files write numbers; the plain form 1200.00 if left
                out. Not built in this version: only the default is taken.
            date_format (str; default None): How the files write dates; the form 2026-01-31 if left out. Not
                built in this version: only the default is taken.

        Columns of contracts:
            contract_id (id; required): The contract's name, byte-exact.
            customer_id (id; required): Whose contract it is.
            start_date (date; required): The first day in force.
            end_date (date): The first day that the contract is not in force any more; none means
                open-ended.
            mrr (money): Monthly recurring revenue, taken exactly; this or `amount`.
            amount (money): What is billed for a `billing_period` or for `term_months`; this or `mrr`.
            billing_period ("day", "week", "month", "quarter", "half_year" or "year"): What `amount` is
                billed for.
            term_months (count): The months that `amount` is billed for.
            product (text): The product; contracts without one share a product of their own.
            plan (text): The price plan.
            plan_rank (count): The plan's place among the plans of its product, higher for a better one.
            quantity (count): Seats or units; it describes and never multiplies.
            currency (text): The ISO 4217 code of the contract's currency; the portfolio's where absent.
            list_mrr (money): Monthly recurring revenue before discount.
            signed_date (date): The day the contract was signed.
            term_end (date): The first day after the agreed term.
            auto_renew (flag): Whether the contract runs on after its term; absent reads as true.
            notice_date (date): The day the customer gave notice.
            notice_withdrawn_on (date): The day the customer took the notice back.
            renews_contract_id (id): The contract that this one renews.
            kind ("subscription", "trial", "one_time" or "usage"): What the contract is for; absent reads as
                `subscription`.
            source ("sales", "referral" or "champion_move"): How the contract came about.
            referred_by_customer_id (id): The customer who recommended it.
            referred_by_person_id (id): The person who recommended it.
            churn_kind ("voluntary", "payment_failure", "business_closed" or "migration"): Who or what ended
                the contract.
            churn_reason (text): Why it ended, in the company's own words.
            recorded_on (date): The day this revision was recorded; the latest one counts.
            withdrawn (flag): Whether this revision withdraws the contract.

        Columns of customers:
            customer_id (id; required): The customer's name, byte-exact.
            name (text): What people call the customer.
            segment (text): The part of the market.
            industry (text): The industry.
            region (text): The region.
            owner (text): Who is responsible for the customer.
            channel (text): How the customer was won.
            seller (text): Who sold to the customer.
            parent_id (id): The customer that this one belongs to.
            employees (count): How many people the customer employs.
            acquisition_cost (money): What it cost to win the customer, in the reporting currency.
            onboarding_cost (money): What it cost to get the customer started, in the reporting currency.
            potential_mrr (money): What the customer could pay a month, in the reporting currency.
            fit (score): How well the product fits the customer, 0 to 100.
            recorded_on (date): The day this revision was recorded; the latest one counts.
            Any other column is an attribute, kept as text.

        Columns of signals:
            customer_id (id; required): The customer.
            signal (id; required): What was measured: a reserved name, such as `active_users`, or one of the
                company's own.
            observed_on (date; required): The day of which it tells.
            value (number; required): The number. Of a reserved name it is from 0 up, of
                `used_in_executive_meetings` 0 or 1.
            recorded_on (date): The day on which it became known, where that is another.

        Columns of engagements:
            customer_id (id; required): The customer that was met.
            date (date; required): The day.
            kind ("qbr", "outreach", "training", "health_check", "onboarding", "event", "marketing" or
                "community"; required): What it was for.
            channel ("human" or "digital"; required): By what the customer was met.
            two_way (flag): Whether the customer took part, and was not only spoken to.
            minutes (count): How long it took, in minutes.
            person_id (id): Who of the customer was met, as in the table of stakeholders.
            owner (text): Who met the customer.

        Columns of cases:
            customer_id (id; required): The customer that opened it.
            case_id (id; required): What tells the case from the customer's others.
            opened_on (date; required): The day on which it was opened.
            closed_on (date): The day on which it was closed; none while it is open.
            priority (text): How pressing it is, in the company's own words.
            agent (text): Who worked on it.
            resolved_by_self (flag): Whether the customer solved it without an agent.
            satisfaction (number): What the customer said of it afterwards, on the company's own scale, on
                which more is better.

        Columns of surveys:
            customer_id (id; required): The customer.
            date (date; required): The day.
            kind ("nps", "csat" or "ces"; required): What was asked.
            score (number): The answer; absent where none was given. Of `nps` it is whole, from 0 to 10.
            scale_max (count): The most that can be answered, where that is not a matter of the kind: every
                answer to `csat` has it.
            role (text): The role of who was asked.

        Columns of milestones:
            customer_id (id; required): Whose milestone it is.
            milestone ("kickoff", "setup_done", "first_value" or "onboarded"; required): Which one.
            due_on (date): The day on which it is to be reached: a plan.
            reached_on (date): The day on which it was reached; none if it was not.

        Columns of outcomes:
            customer_id (id; required): The customer that wants to reach it.
            outcome_id (id; required): What tells the outcome from the customer's others.
            measure (text): What is measured, in words.
            baseline (number): Its value at the beginning.
            target (number): The value that is to be reached; it may be less than the one at the beginning.
            current (number): Its value on the day `observed_on`.
            observed_on (date): The day on which its current value, and the experience, were seen.
            agreed_on (date): The day on which the outcome was agreed on.
            agreed_by_customer (flag): Whether the customer itself agreed.
            due_on (date): The day by which it is to be reached: a plan.
            achieved_on (date): The day on which it was reached; none if it was not.
            experience (score): How the way there feels to the customer, from 0 to 10.

        Columns of stakeholders:
            customer_id (id; required): The customer whose person it is.
            person_id (id; required): The person.
            role ("executive_sponsor", "champion", "admin" or "user"; required): The person's role.
            since (date): The first day in the role; without it the person has always been there.
            left_on (date): The first day on which the person is not there any more.
            moved_to_customer_id (id): The customer to which the person went.

        Columns of feedback:
            customer_id (id; required): The customer.
            date (date; required): The day on which it was said.
            kind ("request", "bug", "praise" or "promise"; required): What it is.
            topic (text): What it is about, in the company's own words.
            answered_on (date): The day on which the customer had an answer.
            released_on (date): The day on which the product had what was asked for or promised.

        Columns of advocacy:
            customer_id (id; required): The customer.
            date (date; required): The day.
            kind ("reference", "review", "referral", "case_study" or "word_of_mouth"; required): What it
                did.

        Columns of actions:
            play (id; required): The play that is run.
            opened_on (date; required): The day on which it was begun.
            customer_id (id): The customer for whom it is run; none where it is for all.
            finding_id (id): The finding that it answers.
            owner (text): Who runs it.
            due_on (date): The day by which it is to be closed: a plan.
            closed_on (date): The day on which it was closed; none while it is open.
            result (text): What came of it, in the company's own words.
            snoozed_until (date): The day until which its finding is not told again: a plan.

        Columns of pauses:
            contract_id (id; required): The contract that is paused, whichever of its revisions counts.
            from_date (date; required): The first day of the pause.
            to_date (date): The first day that is not in the pause any more; none if its end is open.

        Columns of practices:
            topic ("retention_goal", "shared_goals", "incentive", "authority", "visibility", "handover",
                "signed_definitions", "definition_in_use", "metric_owner", "score_validated",
                "success_definition", "listening", "priority", "target_customers", "promises" or
                "customer_officer"; required): What it is about.
            value (text): What is done, such as the name of the metric or of the incentive.
            owner (text): Who answers for it.
            since (date): The first day; without it, it has always been so.

        Returns:
            Portfolio

        Raises:
            InvalidInput: the data is at fault; codes missing_column, unknown_column, duplicate_column,
                missing_value, invalid_date, date_out_of_range, invalid_amount, too_many_digits,
                negative_amount, invalid_count, invalid_flag, invalid_score, invalid_number, invalid_signal,
                unknown_choice, unknown_currency, missing_currency, end_not_after_start,
                term_end_not_after_start, end_before_start, missing_amount, two_amounts,
                missing_billing_period, two_billing_periods, invalid_term, duplicate_row, conflicting_rows,
                rejected_revision, unknown_customer, rejected_customer, unknown_contract, rejected_contract,
                unterminated_quote, stray_quote, ragged_row, invalid_encoding, limit_exceeded, overflow.
            InvalidArgument: the call is at fault; codes unknown_column, missing_table, unknown_table,
                invalid_date, date_out_of_range, unknown_currency, missing_currency, limit_exceeded,
                unknown_argument, missing_argument, invalid_argument, unknown_switch, invalid_switch,
                not_available.
            OSError: a file cannot be opened or read.

        Source:
            The form of files is that of RFC 4180; the columns and what a row must be are this library's
            own; currencies are those of ISO 4217.
        """

    @staticmethod
    def synthetic(
        *,
        customers: int = 1000,
        months: int = 36,
        seed: int = 1,
        currency: str = "USD",
        fault: Literal["right_customer", "natural_drift", "wildly_successful", "monitor_health", "loyalty_without_personal_ties", "product_differentiator", "time_to_value", "know_your_metrics", "hard_metrics", "top_down", "customer_commitment", "cs_operations", "product_led"] | None = None,
        limits: Mapping[str, int] | None = None,
        definitions: Definitions | Switches | None = None,
    ) -> Portfolio:
        """A portfolio that is drawn: a company with its plans, seasons, renewals and mistakes.

        It is the same for the same arguments in every language, and begins on 2023-01-01.

        `table` shows all its tables, also those of which nothing is computed yet, and `truth`: what
        strained the relation to each customer (`cause`, `began_on`, `ended_on`), whether that ended it
        (`left_on`), the MRR that was lost or else is paid at the end (`mrr`), and whether the fault brought
        it (`planted`). Who came back has a row for each stay, and each departure stands in one row.

        Arguments:
            customers (int; default 1000): How many customers, from 1 to 5000000.
            months (int; default 36): How many months the book tells of, from 1 to 120.
            seed (int; default 1): Which of many such books, from 0 to 9007199254740991.
            currency (str; default "USD"): The currency by its ISO 4217 code; prices in one without decimals
                are a hundred times those in others.
            fault ("right_customer", "natural_drift", "wildly_successful", "monitor_health",
                "loyalty_without_personal_ties", "product_differentiator", "time_to_value",
                "know_your_metrics", "hard_metrics", "top_down", "customer_commitment", "cs_operations" or
                "product_led"; default None): The principle that the company breaks; monitor_health,
                loyalty_without_personal_ties, hard_metrics and cs_operations touch every customer, also
                those who are not planted in truth.
            limits (dict of int by the names bytes, rows, result_rows, columns, field_bytes, id_bytes,
                problems, currencies; default None): What the book, and each table that is shown of it, may
                hold at most, by the names of the limits.
            definitions (Definitions, or a dict of switches; default None): The definitions that operations
                follow unless given others; their extra_digits say how many decimals amounts may have.

        Returns:
            Portfolio

        Raises:
            InvalidInput: the data is at fault; codes limit_exceeded.
            InvalidArgument: the call is at fault; codes unknown_currency, limit_exceeded, unknown_argument,
                invalid_argument, unknown_switch, invalid_switch, not_available.

        Source:
            The company is made up; what strains its customers follows "Customer Success" by Mehta, Steinman
            and Murphy, and the draws are those of SplitMix64 by Steele, Lea and Flood, 2014.
        """

    def movements(
        self,
        start: date | str,
        end: date | str,
        *,
        by: str | Sequence[str] | None = None,
        level: Literal["customer", "parent"] = "customer",
        definitions: Definitions | Switches | None = None,
        known_on: date | str | None = None,
    ) -> Table:
        """Movements of recurring revenue by period, and the balances that they join, exactly.

        For every period `opening_mrr + new_mrr + reactivation_mrr + expansion_mrr - contraction_mrr -
        churned_mrr + fx_mrr = closing_mrr`, and its closing is the next one's opening.

        Arguments:
            start (datetime.date, or str like 2026-01-31): The first day; widened to whole periods.
            end (datetime.date, or str like 2026-01-31): The day after the last; widened to whole periods.
            by (str or list of str; default None): What to group by: columns of customers, cohort (the first
                day of the period in which a customer first paid, or with product its line for one), product
                (then each customer's line for one product is what moves and is counted).
            level ("customer" or "parent"; default "customer"): Whose line is looked at: each customer's
                own, or that of its top parent with all below it.
            definitions (Definitions, or a dict of switches; default None): What every number means; the
                portfolio's definitions if left out.
            known_on (datetime.date, or str like 2026-01-31; default None): Only what was known at the close
                of this day; periods that close after it have no rows.

        Returns:
            Table. A row for each group and period, in their order. Its columns:
                period_start (datetime.date): The first day of the period.
                period_end (datetime.date): The day after its last.
                opening_mrr (Decimal, in the portfolio's currency): MRR at the close of the day before the
                    period.
                new_mrr (Decimal, in the portfolio's currency): First MRR of customers never seen before.
                reactivation_mrr (Decimal, in the portfolio's currency): MRR of customers who had left and
                    came back.
                expansion_mrr (Decimal, in the portfolio's currency): Additional MRR of paying customers.
                contraction_mrr (Decimal, in the portfolio's currency): MRR given up by customers who still
                    pay.
                churned_mrr (Decimal, in the portfolio's currency): MRR of customers who left.
                fx_mrr (Decimal, in the portfolio's currency): Change of MRR by rates of exchange, signed;
                    zero with `fx="single"`.
                closing_mrr (Decimal, in the portfolio's currency): MRR at the close of the period's last
                    day.
                provisional_mrr (Decimal, in the portfolio's currency): The part of closing MRR that rests
                    on a tolerated gap; zero with `gap_tolerance_days=0`.
                closing_arr (Decimal, in the portfolio's currency): Annual recurring revenue at the close:
                    each contract's exact yearly amount, rounded once.
                upsell_mrr (Decimal, in the portfolio's currency): More of products that were held, of
                    customers who paid before and after.
                cross_sell_mrr (Decimal, in the portfolio's currency): Products that were not held before.
                downsell_mrr (Decimal, in the portfolio's currency): Less of products that are still held.
                product_churn_mrr (Decimal, in the portfolio's currency): Products that were given up.
                opening_customers (int): Customers paying at the close of the day before the period.
                new_customers (int): Distinct customers who were new in the period.
                reactivated_customers (int): Distinct customers who came back.
                expanded_customers (int): Distinct customers with an expansion.
                contracted_customers (int): Distinct customers with a contraction.
                churned_customers (int): Distinct customers who left.
                closing_customers (int): Customers paying at the close of the period's last day.

        Raises:
            InvalidInput: the data is at fault; codes too_many_digits, second_currency, unknown_parent,
                parent_cycle, overflow.
            InvalidArgument: the call is at fault; codes invalid_date, date_out_of_range, limit_exceeded,
                unknown_argument, missing_argument, invalid_argument, unknown_attribute, invalid_range,
                unknown_switch, invalid_switch, not_available.

        Source:
            The eighth principle, know your metrics, of "Customer Success" by Mehta, Steinman and Murphy
            asks for one definition; the one that is followed here is what the argument definitions states.
        """

    def journal(
        self,
        start: date | str,
        end: date | str,
        *,
        level: Literal["customer", "parent"] = "customer",
        definitions: Definitions | Switches | None = None,
        known_on: date | str | None = None,
    ) -> Table:
        """Every movement of recurring revenue by itself, with the contracts that caused it.

        Every flow of `movements` is rows of the journal summed.

        Arguments:
            start (datetime.date, or str like 2026-01-31): The first day; widened to whole periods.
            end (datetime.date, or str like 2026-01-31): The day after the last; widened to whole periods.
            level ("customer" or "parent"; default "customer"): Whose line is looked at: each customer's
                own, or that of its top parent with all below it.
            definitions (Definitions, or a dict of switches; default None): What every number means; the
                portfolio's definitions if left out.
            known_on (datetime.date, or str like 2026-01-31; default None): Only what was known at the close
                of this day; periods that close after it have no rows.

        Returns:
            Table. A row for each movement, in the order of day and customer (by bytes). Its columns:
                date (datetime.date): The day of the later close: the first with the new MRR, or a period's
                    last with `sampling="period_end"`.
                customer_id (str): Whose movement it is.
                kind (str): What moved: new, reactivation, expansion, contraction, churn, fx or product_mix.
                amount (Decimal, in the portfolio's currency): By how much, as a magnitude: of MRR after
                    less MRR before; zero for `product_mix`.
                mrr_before (Decimal, in the portfolio's currency): The customer's MRR at the earlier close.
                mrr_after (Decimal, in the portfolio's currency): The customer's MRR at the later close.
                upsell_mrr (Decimal, in the portfolio's currency): More of products that were held; zero
                    unless the customer paid before and after, as are the next three.
                cross_sell_mrr (Decimal, in the portfolio's currency): Products that were not held before.
                downsell_mrr (Decimal, in the portfolio's currency): Less of products that are still held.
                product_churn_mrr (Decimal, in the portfolio's currency): Products that were given up.
                contract_ids (list of str): The contracts that differ between the two closes - started,
                    ended or changed - in the order of bytes.

        Raises:
            InvalidInput: the data is at fault; codes too_many_digits, second_currency, unknown_parent,
                parent_cycle, overflow.
            InvalidArgument: the call is at fault; codes invalid_date, date_out_of_range, limit_exceeded,
                unknown_argument, missing_argument, invalid_argument, invalid_range, unknown_switch,
                invalid_switch, not_available.

        Source:
            The eighth principle, know your metrics, of "Customer Success" by Mehta, Steinman and Murphy
            asks for one definition; the one that is followed here is what the argument definitions states.
        """

    def retention(
        self,
        start: date | str,
        end: date | str,
        *,
        window: str = "12 months",
        by: str | Sequence[str] | None = None,
        level: Literal["customer", "parent"] = "customer",
        definitions: Definitions | Switches | None = None,
        known_on: date | str | None = None,
    ) -> Table:
        """Retention from close to close, by period.

        Of the customers paying at the first close of a window, what they pay at its last: `grr =
        retained_mrr / opening_mrr`, of each customer the smaller of what it pays at both closes, and `nrr =
        grr + expansion_mrr / opening_mrr`. Who came later is in no part of it. Ratios are absent where
        nobody paid.

        Arguments:
            start (datetime.date, or str like 2026-01-31): The first day; widened to whole periods.
            end (datetime.date, or str like 2026-01-31): The day after the last; widened to whole periods.
            window (str; default "12 months"): What each period's close is compared with: the close so many
                months earlier, or period for its own opening.
            by (str or list of str; default None): What to group by: columns of customers, cohort (the first
                day of the period in which a customer first paid, or with product its line for one), product
                (then each customer's line for one product is what moves and is counted).
            level ("customer" or "parent"; default "customer"): Whose line is looked at: each customer's
                own, or that of its top parent with all below it.
            definitions (Definitions, or a dict of switches; default None): What every number means; the
                portfolio's definitions if left out.
            known_on (datetime.date, or str like 2026-01-31; default None): Only what was known at the close
                of this day; periods that close after it have no rows.

        Returns:
            Table. A row for each group and period, in their order: the window ends with the period. Its
            columns:
                window_start (datetime.date): The first day of the window; the customers are those paying at
                    the close of the day before.
                window_end (datetime.date): The day after the window, which ends with the period.
                opening_mrr (Decimal, in the portfolio's currency): MRR at the close before the window.
                retained_mrr (Decimal, in the portfolio's currency): What is left of it at the window's last
                    close: of each customer the smaller of both.
                expansion_mrr (Decimal, in the portfolio's currency): What these customers pay beyond it.
                grr (float): Gross retention: retained over opening MRR, from 0 to 1; absent where nothing
                    was paid.
                nrr (float): Net retention: retained and expansion over opening MRR; absent where nothing
                    was paid.
                opening_customers (int): Customers paying at the close before the window.
                retained_customers (int): Those of them who pay at its last close.
                customer_retention (float): Retained over opening customers; absent where there are none.
                customer_churn (float): The others over opening customers; absent where there are none.
                customer_churn_low (float): The lower end of the Wilson interval of customer churn, at 95%;
                    absent where there are no customers.
                customer_churn_high (float): The upper end of it, absent likewise.
                small_sample (bool): Whether the rates rest on fewer than 30 customers.

        Raises:
            InvalidInput: the data is at fault; codes too_many_digits, second_currency, unknown_parent,
                parent_cycle, overflow.
            InvalidArgument: the call is at fault; codes invalid_date, date_out_of_range, limit_exceeded,
                unknown_argument, missing_argument, invalid_argument, unknown_attribute, invalid_range,
                unknown_switch, invalid_switch, not_available.

        Source:
            Gross and net revenue retention as in "Customer Success" by Mehta, Steinman and Murphy, by
            amounts and by customers; the interval is that of E. B. Wilson, 1927.
        """

    def retention_intervals(
        self,
        start: date | str,
        end: date | str,
        *,
        window: str = "12 months",
        resamples: int = 1000,
        by: str | Sequence[str] | None = None,
        level: Literal["customer", "parent"] = "customer",
        definitions: Definitions | Switches | None = None,
        known_on: date | str | None = None,
    ) -> Table:
        """Bootstrap intervals of gross and net retention, by period.

        As many customers as paid at a window's first close are drawn from them, with replacement,
        `resamples` times: `grr_low` and `grr_high` leave 2.5% of the draws below and above, by the nearest
        rank. The draws begin with a fixed seed in every row. Few customers, or one that is most of the
        revenue, make the intervals unreliable.

        Arguments:
            start (datetime.date, or str like 2026-01-31): The first day; widened to whole periods.
            end (datetime.date, or str like 2026-01-31): The day after the last; widened to whole periods.
            window (str; default "12 months"): What each period's close is compared with: the close so many
                months earlier, or period for its own opening.
            resamples (int; default 1000): How often the customers are drawn, from 100 to 100000.
            by (str or list of str; default None): What to group by: columns of customers, cohort (the first
                day of the period in which a customer first paid, or with product its line for one), product
                (then each customer's line for one product is what moves and is counted).
            level ("customer" or "parent"; default "customer"): Whose line is looked at: each customer's
                own, or that of its top parent with all below it.
            definitions (Definitions, or a dict of switches; default None): What every number means; the
                portfolio's definitions if left out.
            known_on (datetime.date, or str like 2026-01-31; default None): Only what was known at the close
                of this day; periods that close after it have no rows.

        Returns:
            Table. A row for each group and period, in their order: the window ends with the period. Its
            columns:
                window_start (datetime.date): The first day of the window; the customers are those paying at
                    the close of the day before.
                window_end (datetime.date): The day after the window, which ends with the period.
                opening_customers (int): Customers paying at the close before the window: those that are
                    drawn from.
                grr (float): Gross retention, as in `retention`; absent where nothing was paid, as are all
                    the others.
                grr_low (float): The lower end of its interval, at 95%.
                grr_high (float): The upper end of it.
                nrr (float): Net retention, as in `retention`.
                nrr_low (float): The lower end of its interval, at 95%.
                nrr_high (float): The upper end of it.
                resamples (int): How often customers were drawn.
                small_sample (bool): Whether the intervals rest on fewer than 30 customers.

        Raises:
            InvalidInput: the data is at fault; codes too_many_digits, second_currency, unknown_parent,
                parent_cycle, overflow.
            InvalidArgument: the call is at fault; codes invalid_date, date_out_of_range, limit_exceeded,
                unknown_argument, missing_argument, invalid_argument, unknown_attribute, invalid_range,
                unknown_switch, invalid_switch, not_available.

        Source:
            The percentile interval of B. Efron, 1979, with the customer as the unit that is drawn.
        """

    def flow_retention(
        self,
        start: date | str,
        end: date | str,
        *,
        by: str | Sequence[str] | None = None,
        level: Literal["customer", "parent"] = "customer",
        definitions: Definitions | Switches | None = None,
        known_on: date | str | None = None,
    ) -> Table:
        """Retention as flows of a period, over what it opened with.

        `flow_grr = 1 - (contraction_mrr + churned_mrr) / opening_mrr` and `flow_nrr = flow_grr +
        (expansion_mrr + reactivation_mrr) / opening_mrr` of the customers paying at the opening,
        `net_mrr_churn_all = net_churned_mrr / opening_mrr` of everybody. They can leave the range from 0 to
        1: who leaves and returns within a period is lost in the first and won in the second, and who came
        after the opening can be lost from the third without ever having been in what it is divided by.

        Arguments:
            start (datetime.date, or str like 2026-01-31): The first day; widened to whole periods.
            end (datetime.date, or str like 2026-01-31): The day after the last; widened to whole periods.
            by (str or list of str; default None): What to group by: columns of customers, cohort (the first
                day of the period in which a customer first paid, or with product its line for one), product
                (then each customer's line for one product is what moves and is counted).
            level ("customer" or "parent"; default "customer"): Whose line is looked at: each customer's
                own, or that of its top parent with all below it.
            definitions (Definitions, or a dict of switches; default None): What every number means; the
                portfolio's definitions if left out.
            known_on (datetime.date, or str like 2026-01-31; default None): Only what was known at the close
                of this day; periods that close after it have no rows.

        Returns:
            Table. A row for each group and period, in their order. Its columns:
                period_start (datetime.date): The first day of the period.
                period_end (datetime.date): The day after its last.
                opening_mrr (Decimal, in the portfolio's currency): MRR at the close of the day before the
                    period.
                expansion_mrr (Decimal, in the portfolio's currency): Expansion of the customers paying at
                    that close.
                reactivation_mrr (Decimal, in the portfolio's currency): Returns, within the period, of the
                    customers paying at that close.
                contraction_mrr (Decimal, in the portfolio's currency): Contraction of the customers paying
                    at that close.
                churned_mrr (Decimal, in the portfolio's currency): Churn of the customers paying at that
                    close.
                net_churned_mrr (Decimal, in the portfolio's currency): Churn and contraction, less
                    expansion and reactivation, of everybody; signed.
                flow_grr (float): 1 less contraction and churn of the opening's customers over opening MRR;
                    absent where nothing was paid.
                flow_nrr (float): The same with their expansion and reactivation; absent where nothing was
                    paid.
                net_mrr_churn_all (float): Net churn of everybody over opening MRR; absent where nothing was
                    paid.

        Raises:
            InvalidInput: the data is at fault; codes too_many_digits, second_currency, unknown_parent,
                parent_cycle, overflow.
            InvalidArgument: the call is at fault; codes invalid_date, date_out_of_range, limit_exceeded,
                unknown_argument, missing_argument, invalid_argument, unknown_attribute, invalid_range,
                unknown_switch, invalid_switch, not_available.

        Source:
            The rates that tools of subscription analytics show beside the point-to-point ones.
        """

    def cohorts(
        self,
        end: date | str,
        *,
        by: str | Sequence[str] | None = None,
        level: Literal["customer", "parent"] = "customer",
        definitions: Definitions | Switches | None = None,
        known_on: date | str | None = None,
    ) -> Table:
        """Customers by the period in which they first paid, and what becomes of them.

        `customer_retention = customers / size` and `mrr_retention = mrr / base_mrr`; age 0 is the close of
        the cohort's own period. At every close the sum of `mrr` over cohorts is total MRR.

        Arguments:
            end (datetime.date, or str like 2026-01-31): The day after the last; widened to whole periods.
            by (str or list of str; default None): What to group by: columns of customers, product (then
                each customer's line for one product is what is counted).
            level ("customer" or "parent"; default "customer"): Whose line is looked at: each customer's
                own, or that of its top parent with all below it.
            definitions (Definitions, or a dict of switches; default None): What every number means; the
                portfolio's definitions if left out.
            known_on (datetime.date, or str like 2026-01-31; default None): Only what was known at the close
                of this day; periods that close after it have no rows.

        Returns:
            Table. A row for each group, cohort and age, in their order, up to the last close. Its columns:
                cohort (datetime.date): The first day of the period in which its customers first paid.
                age (int): Periods since; at age 0 it is looked at at the close of that period itself.
                size (int): All customers of the cohort.
                base_mrr (Decimal, in the portfolio's currency): What each of them paid at the close of its
                    first paying day, summed.
                customers (int): Those who pay at the close.
                mrr (Decimal, in the portfolio's currency): What they pay.
                customer_retention (float): Customers over size; never absent, since a cohort has customers.
                mrr_retention (float): MRR over base MRR; absent where that is zero.

        Raises:
            InvalidInput: the data is at fault; codes too_many_digits, second_currency, unknown_parent,
                parent_cycle, overflow.
            InvalidArgument: the call is at fault; codes invalid_date, date_out_of_range, limit_exceeded,
                unknown_argument, missing_argument, invalid_argument, unknown_attribute, unknown_switch,
                invalid_switch, not_available.

        Source:
            The eighth principle, know your metrics, of "Customer Success" by Mehta, Steinman and Murphy
            asks for one definition; the one that is followed here is what the argument definitions states.
        """

    def renewals(
        self,
        start: date | str,
        end: date | str,
        *,
        by: str | Sequence[str] | None = None,
        definitions: Definitions | Switches | None = None,
        known_on: date | str | None = None,
    ) -> Table:
        """Which share of what falls due in a period is renewed, by count and by MRR.

        `renewal_rate = (renewed + upgraded + downgraded) / (due - pending)`, `gross_renewal_rate` the MRR
        that goes on of what fell due, `net_renewal_rate` with what upgrades add. Contracts of one customer
        for one product that fall due on one day count once. Periods to come are there, and what falls due
        in them is pending.

        Arguments:
            start (datetime.date, or str like 2026-01-31): The first day; widened to whole periods.
            end (datetime.date, or str like 2026-01-31): The day after the last; widened to whole periods.
            by (str or list of str; default None): What to group by: columns of customers, cohort (the first
                day of the period in which a customer first paid, or with product its line for one), product
                (then each customer's line for one product is what moves and is counted).
            definitions (Definitions, or a dict of switches; default None): What every number means; the
                portfolio's definitions if left out.
            known_on (datetime.date, or str like 2026-01-31; default None): Only what was known at the close
                of this day; what falls due later is pending unless as much is signed already.

        Returns:
            Table. A row for each group and period, in their order. Its columns:
                period_start (datetime.date): The first day of the period.
                period_end (datetime.date): The day after its last.
                due_count (int): Renewals that fall due in the period, but for what is free.
                pending_count (int): Those of which nobody knows yet what becomes of them: what follows may
                    still come.
                renewed_count (int): Those that go on at the same MRR.
                upgraded_count (int): Those that go on at more.
                downgraded_count (int): Those that go on at less.
                lost_count (int): Those that nothing follows.
                early_termination_count (int): Of the lost those that ended before their term was over.
                free_count (int): What costs nothing and falls due: outside of all the others.
                early_count (int): Of those that go on those whose successor begins before the day on which
                    they fall due.
                on_time_count (int): The same on that day.
                late_count (int): The same after it.
                due_mrr (Decimal, in the portfolio's currency): The MRR that falls due: `pending_mrr +
                    kept_mrr + downgrade_mrr + lost_mrr`.
                pending_mrr (Decimal, in the portfolio's currency): The MRR of what is pending.
                kept_mrr (Decimal, in the portfolio's currency): What goes on of the MRR that fell due.
                upgrade_mrr (Decimal, in the portfolio's currency): By how much more the upgraded go on.
                downgrade_mrr (Decimal, in the portfolio's currency): By how much less the downgraded go on.
                lost_mrr (Decimal, in the portfolio's currency): The MRR of the lost: withdrawals.
                renewal_rate (float): Those that go on over all that are not pending; absent where there are
                    none.
                renewal_rate_low (float): The lower end of its Wilson interval, at 95%; absent likewise.
                renewal_rate_high (float): The upper end of it, absent likewise.
                gross_renewal_rate (float): `kept_mrr / (due_mrr - pending_mrr)`; absent where that is zero.
                net_renewal_rate (float): `(kept_mrr + upgrade_mrr) / (due_mrr - pending_mrr)`; absent
                    likewise.
                first_count (int): First renewals: each of their contracts comes to the end of its first
                    term, and what it follows, if anything, was amended before it came to one; without what
                    is pending.
                first_kept_count (int): Those of them that go on.
                first_renewal_rate (float): The share of these; absent where there are no first renewals.
                first_discount (float): The share of the list price that those first renewals that go on did
                    not pay before; only those of which a list price is given on both sides are in it, and
                    it is absent without any.
                first_renewed_discount (float): The share that they do not pay since; absent likewise.
                first_discount_change (float): The second less the first: by how much the discount grew at
                    the first renewal; absent likewise. Each renewal weighs what its list price is; in
                    `drilldown` all count alike.
                open_ended_mrr (Decimal, in the portfolio's currency): The MRR of contracts without a term
                    and without an end, which never fall due, at the close of the period.

        Raises:
            InvalidInput: the data is at fault; codes too_many_digits, second_currency, overflow.
            InvalidArgument: the call is at fault; codes invalid_date, date_out_of_range, limit_exceeded,
                unknown_argument, missing_argument, invalid_argument, unknown_attribute, invalid_range,
                unknown_switch, invalid_switch, not_available.

        Source:
            The eighth principle, know your metrics, of "Customer Success" by Mehta, Steinman and Murphy:
            what is renewed is told apart by withdrawals, downgrades and upgrades; the interval is that of
            E. B. Wilson, 1927.
        """

    def renewal_lines(
        self,
        start: date | str,
        end: date | str,
        *,
        definitions: Definitions | Switches | None = None,
        known_on: date | str | None = None,
    ) -> Table:
        """What fell due on days of a range, and what became of it.

        A contract falls due at the end of its term, or at its own end if it has no term; one that renews
        itself, at the end of every further term. All contracts that name it and end after the day follow
        it; if none does, the first unused one for the same product that names none, starts from
        `early_days` before to `renewal_grace_days` after, and ends after the day.

        Arguments:
            start (datetime.date, or str like 2026-01-31): The first day; widened to whole periods.
            end (datetime.date, or str like 2026-01-31): The day after the last; widened to whole periods.
            definitions (Definitions, or a dict of switches; default None): What every number means; the
                portfolio's definitions if left out.
            known_on (datetime.date, or str like 2026-01-31; default None): Only what was known at the close
                of this day; what falls due later is pending unless as much is signed already.

        Returns:
            Table. A row for each customer, day and product on which something fell due, in the order of
            names (by bytes) and days. Its columns:
                customer_id (str): The customer.
                product (str): The product; absent where contracts have none, or where all of a customer are
                    renewed together.
                due_on (datetime.date): The day on which they fell due.
                outcome (str): What became of them.
                timing (str): When what follows begins: `early`, `on_time` or `late`; absent where nothing
                    follows.
                is_first (bool): Whether it is the first time: each of them comes to the end of its first
                    term, and what it follows, if anything, was amended before it came to one.
                due_mrr (Decimal, in the portfolio's currency): Their MRR.
                renewed_mrr (Decimal, in the portfolio's currency): The MRR of what follows.
                discount (float): The share of their list price that they do not pay; absent where a list
                    price is not given, has more digits than the definitions ask for, or all are zero.
                renewed_discount (float): The same of what follows; absent where nothing does, too.
                contract_ids (list of str): The contracts that fell due.
                renewed_by (list of str): Those that follow: one that runs on follows itself.

        Raises:
            InvalidInput: the data is at fault; codes too_many_digits, second_currency, overflow.
            InvalidArgument: the call is at fault; codes invalid_date, date_out_of_range, limit_exceeded,
                unknown_argument, missing_argument, invalid_argument, invalid_range, unknown_switch,
                invalid_switch, not_available.

        Source:
            The eighth principle, know your metrics, of "Customer Success" by Mehta, Steinman and Murphy:
            what is renewed is told apart by withdrawals, downgrades and upgrades.
        """

    def committed(
        self,
        as_of: date | str,
        horizon_days: int,
        *,
        loss_probability: float | None = None,
        by: str | Sequence[str] | None = None,
        definitions: Definitions | Switches | None = None,
    ) -> Table:
        """How much recurring revenue is committed (CMRR) at a day to come, and how much of it is expected.

        `committed_mrr = mrr + signed_mrr + upgrade_mrr - downgrade_mrr - withdrawal_mrr`, by what was known
        at the close of the day. `expected_mrr` is that less `loss_probability` of the MRR of those who pay
        now and at that day: given, or the share of MRR that was lost in as many days up to the day, or to
        `observed_until` before it, of those not known to leave.

        Arguments:
            as_of (datetime.date, or str like 2026-01-31): The day that is looked from: its close, and what
                was known then.
            horizon_days (int): How many days ahead is looked, from 1 to 3660.
            loss_probability (float; default None): The share of MRR that is expected to be lost within that
                time beyond what is known, at most 6 decimals; that of as many days up to now if left out.
            by (str or list of str; default None): What to group by: columns of customers, cohort (the first
                day of the period in which a customer first paid, or with product its line for one), product
                (then each customer's line for one product is what moves and is counted).
            definitions (Definitions, or a dict of switches; default None): What every number means; the
                portfolio's definitions if left out.

        Returns:
            Table. A row for each group, in their order. Its columns:
                until (datetime.date): The day to come, `horizon_days` after the day that is looked from.
                customers (int): Customers who pay now.
                mrr (Decimal, in the portfolio's currency): Their MRR now.
                signed_mrr (Decimal, in the portfolio's currency): The MRR then of those who pay nothing
                    now: signed, and begun by that day.
                upgrade_mrr (Decimal, in the portfolio's currency): By how much more those pay then who pay
                    more.
                downgrade_mrr (Decimal, in the portfolio's currency): By how much less those pay then who
                    still pay.
                withdrawal_mrr (Decimal, in the portfolio's currency): The MRR now of those of whom it is
                    known that they pay nothing then, or who pay nothing in a gap that may close.
                committed_mrr (Decimal, in the portfolio's currency): The MRR then: `mrr + signed_mrr +
                    upgrade_mrr - downgrade_mrr - withdrawal_mrr`.
                noticed_mrr (Decimal, in the portfolio's currency): Of that what contracts under a notice
                    that stands pay then: they end later, or nobody knows when.
                loss_probability (float): The share that is expected to be lost of the MRR, at `until`, of
                    those who pay now and at `until`; absent where nobody paid so many days ago, or where
                    all of them were known to leave.
                loss_source (str): Where that comes from.
                expected_loss_mrr (Decimal, in the portfolio's currency): That share of it, rounded half to
                    even; absent likewise.
                expected_mrr (Decimal, in the portfolio's currency): `committed_mrr - expected_loss_mrr`;
                    absent likewise.

        Raises:
            InvalidInput: the data is at fault; codes too_many_digits, second_currency, overflow.
            InvalidArgument: the call is at fault; codes invalid_date, date_out_of_range, limit_exceeded,
                unknown_argument, missing_argument, invalid_argument, unknown_attribute, unknown_switch,
                invalid_switch, not_available.

        Source:
            The eighth principle, know your metrics, of "Customer Success" by Mehta, Steinman and Murphy:
            fix what makes up committed monthly recurring revenue, and what is expected of it.
        """

    def lifetime_value(
        self,
        as_of: date | str,
        *,
        gross_margin: float = 1,
        months: int = 12,
        horizon_months: int = 60,
        discount_rate: float = 0,
        period_months: int = 1,
        by: str | Sequence[str] | None = None,
        definitions: Definitions | Switches | None = None,
    ) -> Table:
        """What a customer is worth over its lifetime, beside what it cost to win and to get started.

        It is told by what was known at the close of a day, in three readings, each of revenue and of
        margin: the months that a customer pays for at the churn of the last ones; those that customers were
        seen to stay for, by the curve of survival; and those that the shifted-beta-geometric model of stays
        in whole periods expects. What is bought once counts in each. Payback counts the costs of winning a
        customer and of getting it started: 24 months, or two renewals, are usual.

        Arguments:
            as_of (datetime.date, or str like 2026-01-31): The day that is looked from: its close, and what
                was known then. What became of customers behind `observed_until` is not known: a later day
                is looked from as that one is.
            gross_margin (float; default 1): The share of revenue that is left after the cost of serving it,
                at most 6 decimals.
            months (int; default 12): Over how many months up to the day churn is measured, from 1 to 120.
            horizon_months (int; default 60): How many months of a lifetime are counted by survival and by
                the model, from 1 to 1200; by churn alone there is no end.
            discount_rate (float; default 0): By what share of itself money is worth less in a year, at most
                6 decimals.
            period_months (int; default 1): How many months there are between two days on which a customer
                may leave, from 1 to 60: 12 for yearly contracts.
            by (str or list of str; default None): What to group by: columns of customers, cohort (the first
                day of the period in which one first paid).
            definitions (Definitions, or a dict of switches; default None): What every number means; the
                portfolio's definitions if left out.

        Returns:
            Table. A row for each group, in their order. Its columns:
                customers (int): Customers who pay at the close of the day.
                mrr (Decimal, in the portfolio's currency): Their MRR.
                arpa (Decimal, in the portfolio's currency): `mrr / customers`; absent where nobody pays.
                opening_customers (int): Customers who paid at the close before the last `months` months.
                lost_customers (int): Those of them who do not pay at the close of the day.
                new_customers (int): Customers who first paid within these months.
                customer_churn (float): `lost_customers / opening_customers`, over these months; absent
                    where nobody paid before.
                one_time_revenue (Decimal, in the portfolio's currency): What the customers who have ever
                    paid bought once, by contracts of the kind `one_time` that are no recurring revenue,
                    over their number; absent where nobody ever paid.
                simple_months (float): The months that a customer pays for on average at this churn: 1 over
                    the share that is lost a month, which is `1 - (1 - customer_churn)^(1 / months)`; 6
                    decimals, absent where nobody was lost.
                simple_revenue (Decimal, in the portfolio's currency): `mrr / customers x simple_months +
                    one_time_revenue`, with no end and no discount; absent likewise.
                simple_margin (Decimal, in the portfolio's currency): `simple_revenue x gross_margin`,
                    absent likewise.
                observed_months (int): Of how many of the months up to the horizon the curve of survival
                    says something: up to the longest stay, or all where nobody is left.
                survival_24_months (float): The share of customers who stay 24 months, by which acquisition
                    is usually earned back; absent where nobody was there so long ago.
                survival_two_terms (float): The share of customers who stay for twice the average first
                    term, to the nearest whole month, which are two renewals; absent where no term is known,
                    or nobody was there so long ago.
                lifetime_months (float): The months that a customer is expected to pay for among those
                    observed: the sum of the shares that are still there after 0, 1, 2 ... whole months,
                    each discounted; 6 decimals, absent where nobody ever paid.
                survival_revenue (Decimal, in the portfolio's currency): `mrr / customers x lifetime_months
                    + one_time_revenue`; absent where either is.
                survival_margin (Decimal, in the portfolio's currency): `survival_revenue x gross_margin`,
                    absent likewise.
                alpha (float): The first parameter of the shifted-beta-geometric model of their stays in
                    whole periods; absent where no model is the most likely one.
                beta (float): The second, absent likewise.
                model_months (float): The months up to the horizon that a new customer is expected to pay
                    for by the model, discounted likewise; 6 decimals, absent without a model.
                model_revenue (Decimal, in the portfolio's currency): `mrr / customers x model_months +
                    one_time_revenue`, absent likewise.
                model_margin (Decimal, in the portfolio's currency): `model_revenue x gross_margin`, absent
                    likewise.
                acquisition_cost (Decimal, in the portfolio's currency): What it cost on average to win a
                    customer who has ever paid, of those of whom it is known; absent where it is of none.
                onboarding_cost (Decimal, in the portfolio's currency): What it cost on average to get one
                    started, likewise.
                payback_months (float): The months after which a customer has paid back both:
                    `(acquisition_cost + onboarding_cost) / (mrr / customers x gross_margin)`; absent where
                    one of them is, or where there is no margin.
                term_months (float): The average first term of customers who have ever paid, in months of
                    `days_per_month` days: from the first day to that on which a contract falls due; absent
                    where no term is known.
                payback_terms (float): `payback_months / term_months`: above 1, a customer has to renew
                    before it has paid back what it cost; above 2, twice.
                margin_to_cost (float): `survival_margin / (acquisition_cost + onboarding_cost)`; absent
                    where one of them is, or where there is no cost.
                largest_base (float): How many customers the base can hold at this inflow and this churn,
                    which is the inflow of a month over the churn of one: `new_customers / months x
                    simple_months`; absent where nobody was lost.

        Raises:
            InvalidInput: the data is at fault; codes too_many_digits, second_currency, overflow.
            InvalidArgument: the call is at fault; codes invalid_date, date_out_of_range, limit_exceeded,
                unknown_argument, missing_argument, invalid_argument, unknown_attribute, unknown_switch,
                invalid_switch, not_available.

        Source:
            "Customer Success" by Mehta, Steinman and Murphy: acquisition is earned back after 24 months or
            two renewals; HubSpot Japan's guide to customer success: revenue or profit over the
            relationship; P. S. Fader and B. G. S. Hardie, How to Project Customer Retention, 2007.
        """

    def second_order_revenue(
        self,
        start: date | str,
        end: date | str,
        *,
        by: str | Sequence[str] | None = None,
        definitions: Definitions | Switches | None = None,
        known_on: date | str | None = None,
    ) -> Table:
        """What customers bring who come through others, by period.

        Champions who changed employer and buy again there (`champion_move`), and customers whom others told
        (`referral`): what a contract says of its `source` counts where it follows none, neither by its own
        words nor as `renewals` sees it. `closing_mrr` is what all customers pay whose first contract that
        brings revenue came so; one that does not say came as the first before it that does, such as a
        trial.

        Arguments:
            start (datetime.date, or str like 2026-01-31): The first day; widened to whole periods.
            end (datetime.date, or str like 2026-01-31): The day after the last; widened to whole periods.
            by (str or list of str; default None): What to group by: columns of customers, cohort (the first
                day of the period in which one first paid).
            definitions (Definitions, or a dict of switches; default None): What every number means; the
                portfolio's definitions if left out.
            known_on (datetime.date, or str like 2026-01-31; default None): Only what was known at the close
                of this day; periods that close after it have no rows.

        Returns:
            Table. A row for each group, period and source, in their order. Its columns:
                period_start (datetime.date): The first day of the period.
                period_end (datetime.date): The day after its last.
                source (str): Through whom they came: `referral`, by a customer who told them, or
                    `champion_move`, by a champion who went there.
                contracts (int): Contracts of that source which start in the period and follow none, as
                    `renewals` sees it: recurring revenue, or bought once.
                customers (int): The customers who have them.
                new_customers (int): Those of these customers who first pay in the period.
                mrr (Decimal, in the portfolio's currency): MRR of these contracts.
                share_of_mrr (float): `mrr` over that of all contracts that start in the period and follow
                    none; absent where these have none.
                one_time_revenue (Decimal, in the portfolio's currency): What those of these contracts come
                    to that are bought once.
                referring_customers (int): Customers who are named as having brought them.
                unattributed_contracts (int): Those of these contracts that name neither a customer nor a
                    person who brought them.
                closing_customers (int): Customers who pay at the close of the period and were won by this
                    source: their first contract has it.
                closing_mrr (Decimal, in the portfolio's currency): Their MRR then.
                share_of_closing_mrr (float): `closing_mrr` over that of all customers; absent where nobody
                    pays.

        Raises:
            InvalidInput: the data is at fault; codes too_many_digits, second_currency, overflow.
            InvalidArgument: the call is at fault; codes invalid_date, date_out_of_range, limit_exceeded,
                unknown_argument, missing_argument, invalid_argument, unknown_attribute, invalid_range,
                unknown_switch, invalid_switch, not_available.

        Source:
            "Customer Success" by Mehta, Steinman and Murphy: second-order revenue.
        """

    def survival(
        self,
        as_of: date | str,
        *,
        by: str | Sequence[str] | None = None,
        definitions: Definitions | Switches | None = None,
    ) -> Table:
        """How long customers stay, by what was known at the close of a day.

        The product-limit estimator over days from the first on which each customer paid to the first on
        which it did not any more: `survival = product of 1 - events / at_risk` over all times up to this.
        Who still pays at the close is censored. Gaps that the definitions fill are none; who came back had
        left.

        Arguments:
            as_of (datetime.date, or str like 2026-01-31): The day that is looked from: its close, and what
                was known then. What became of customers behind `observed_until` is not known: a later day
                is looked from as that one is.
            by (str or list of str; default None): What to group by: columns of customers, cohort (the first
                day of the period in which a customer first paid, or with product its line for one), product
                (then each customer's line for one product is what moves and is counted).
            definitions (Definitions, or a dict of switches; default None): What every number means; the
                portfolio's definitions if left out.

        Returns:
            Table. A row for each group and every distinct number of days, in their order. Its columns:
                time (int): Days since the first on which a customer paid.
                at_risk (int): Customers who have paid at least so long, up to the day before, without a
                    break.
                events (int): Those of them who stopped paying on that day, for the first time.
                censored (int): Those of them who paid on that day, which is the last that is looked at; a
                    gap that may still be filled counts as paid.
                survival (float): The share of customers who pay longer than that: of all times up to this,
                    the product of `1 - events / at_risk`.
                survival_low (float): The lower end of its interval at 95%, by Greenwood's variance and the
                    logarithm of the logarithm; the share itself where that is 0 or 1.
                survival_high (float): The upper end of it.

        Raises:
            InvalidInput: the data is at fault; codes too_many_digits, second_currency, overflow.
            InvalidArgument: the call is at fault; codes invalid_date, date_out_of_range, limit_exceeded,
                unknown_argument, missing_argument, invalid_argument, unknown_attribute, unknown_switch,
                invalid_switch, not_available.

        Source:
            E. L. Kaplan and P. Meier, Nonparametric estimation from incomplete observations, 1958; the
            interval by the logarithm of the logarithm, with Greenwood's variance.
        """

    def survival_comparison(
        self,
        as_of: date | str,
        *,
        horizon_days: int = 365,
        min_customers: int = 20,
        by: str | Sequence[str] | None = None,
        definitions: Definitions | Switches | None = None,
    ) -> Table:
        """Whether the customers of each group stay as long as all others.

        It is told by what was known at the close of a day: of each group and of the rest the share that
        pays longer than a horizon, and the mean days up to it; how often two that do not differ are as far
        apart, and the same corrected for how many groups are tested. It is not an experiment: groups may
        differ in other ways.

        Arguments:
            as_of (datetime.date, or str like 2026-01-31): The day that is looked from: its close, and what
                was known then. What became of customers behind `observed_until` is not known: a later day
                is looked from as that one is.
            horizon_days (int; default 365): How many days from the first on which each customer paid are
                looked at, from 1 to 3660. Contracts of a year end after 365 days or 366: beyond both,
                customers are compared, and not calendars.
            min_customers (int; default 20): A group is tested if it and the rest have at least so many
                customers, from 1.
            by (str or list of str; default None): What to group by: columns of customers, cohort (the first
                day of the period in which one first paid).
            definitions (Definitions, or a dict of switches; default None): What every number means; the
                portfolio's definitions if left out.

        Returns:
            Table. A row for each group, in their order. Its columns:
                customers (int): Customers of the group who have ever paid.
                events (int): Those of them who stopped paying within the horizon, for the first time.
                survival (float): The share that pays longer than the horizon, by the estimator of Kaplan
                    and Meier; absent where there is nobody, or nobody was seen so long.
                survival_low (float): The lower end of its interval at 95%, absent likewise.
                survival_high (float): The upper end of it, absent likewise.
                restricted_mean_days (float): The mean days until a customer stops paying, or until the
                    horizon; absent likewise.
                rest_customers (int): All other customers who have ever paid.
                rest_events (int): Those of them who stopped paying within the horizon.
                rest_survival (float): The share of these that pays longer than the horizon; absent where
                    there is nobody, or nobody was seen so long.
                rest_restricted_mean_days (float): Their mean days until they stop paying, or until the
                    horizon; absent likewise.
                difference (float): `survival - rest_survival`: below 0, the group leaves earlier; absent
                    where either is.
                difference_low (float): The lower end of its interval at 95%, made of those of both, where
                    nobody left, or all did, by that of E. B. Wilson; absent likewise.
                difference_high (float): The upper end of it, absent likewise.
                p_value (float): How often a group and a rest that do not differ are as far apart up to the
                    horizon, or further, by the log-rank test; absent where either has fewer than
                    `min_customers`.
                q_value (float): The same corrected for how many groups were tested, after Y. Benjamini and
                    Y. Hochberg: who names all groups of a `q_value` up to 0.05 is to expect that at most 5%
                    of these do not differ; absent likewise.

        Raises:
            InvalidInput: the data is at fault; codes too_many_digits, second_currency, overflow.
            InvalidArgument: the call is at fault; codes invalid_date, date_out_of_range, limit_exceeded,
                unknown_argument, missing_argument, invalid_argument, unknown_attribute, unknown_switch,
                invalid_switch, not_available.

        Source:
            E. L. Kaplan and P. Meier, 1958; the log-rank test of N. Mantel, 1966; Y. Benjamini and Y.
            Hochberg, Controlling the false discovery rate, 1995; the interval of a difference by G. Y. Zou
            and A. Donner, 2008; that of E. B. Wilson, 1927, where nobody left, or all did.
        """

    def retention_model(
        self,
        as_of: date | str,
        *,
        period_months: int = 1,
        by: str | Sequence[str] | None = None,
        definitions: Definitions | Switches | None = None,
    ) -> Table:
        """How easily the customers of each group leave, by the shifted-beta-geometric model.

        It is the most likely one of their stays in whole periods, by what was known at the close of a day.
        Who leaves within a period is taken to leave at its end; who still pays is known to have stayed for
        the periods that are over.

        Arguments:
            as_of (datetime.date, or str like 2026-01-31): The day that is looked from: its close, and what
                was known then. What became of customers behind `observed_until` is not known: a later day
                is looked from as that one is.
            period_months (int; default 1): How many months there are between two days on which a customer
                may leave, from 1 to 60: 12 for yearly contracts.
            by (str or list of str; default None): What to group by: columns of customers, cohort (the first
                day of the period in which a customer first paid, or with product its line for one), product
                (then each customer's line for one product is what moves and is counted).
            definitions (Definitions, or a dict of switches; default None): What every number means; the
                portfolio's definitions if left out.

        Returns:
            Table. A row for each group, in their order. Its columns:
                customers (int): Customers of the group who have ever paid.
                churned (int): Those of them who stopped paying, for the first time, in a period that is
                    over.
                periods (int): Whole periods of the longest stay.
                alpha (float): The first parameter: the greater, the easier they leave; absent where no
                    model is the most likely one.
                alpha_error (float): Its standard error, from the observed information; absent where
                    rounding hides it, too.
                beta (float): The second parameter: the greater, the easier they stay; absent without a
                    model.
                beta_error (float): Its standard error, absent as the first.
                log_likelihood (float): The logarithm of the likelihood of what became of them; absent
                    without a model.
                first_churn (float): The share that leaves at the end of the first period: `alpha / (alpha +
                    beta)`; absent without a model.
                polarisation (float): How much customers differ: `1 / (alpha + beta + 1)`, from 0, where all
                    are alike, to 1, where some leave at once and the others never; absent without a model.

        Raises:
            InvalidInput: the data is at fault; codes too_many_digits, second_currency, overflow.
            InvalidArgument: the call is at fault; codes invalid_date, date_out_of_range, limit_exceeded,
                unknown_argument, missing_argument, invalid_argument, unknown_attribute, unknown_switch,
                invalid_switch, not_available.

        Source:
            P. S. Fader and B. G. S. Hardie, How to Project Customer Retention, 2007.
        """

    def retention_projection(
        self,
        as_of: date | str,
        *,
        period_months: int = 1,
        periods: int = 24,
        discount_rate: float = 0.1,
        by: str | Sequence[str] | None = None,
        definitions: Definitions | Switches | None = None,
    ) -> Table:
        """How many customers are expected to be there after so many periods, beside those seen.

        It is told of each group by what was known at the close of a day. The model is the most likely
        shifted-beta-geometric one of stays in whole periods: retention rises with age, though nobody's own
        does, since those who leave easily leave first.

        Arguments:
            as_of (datetime.date, or str like 2026-01-31): The day that is looked from: its close, and what
                was known then. What became of customers behind `observed_until` is not known: a later day
                is looked from as that one is.
            period_months (int; default 1): How many months there are between two days on which a customer
                may leave, from 1 to 60: 12 for yearly contracts.
            periods (int; default 24): How many periods are looked at, from 1 to 1200.
            discount_rate (float; default 0.1): By what share of itself money is worth less in a year, at
                most 6 decimals.
            by (str or list of str; default None): What to group by: columns of customers, cohort (the first
                day of the period in which a customer first paid, or with product its line for one), product
                (then each customer's line for one product is what moves and is counted).
            definitions (Definitions, or a dict of switches; default None): What every number means; the
                portfolio's definitions if left out.

        Returns:
            Table. A row for each group and number of periods from 1, in their order. Its columns:
                age (int): How many whole periods are over since a customer first paid.
                observed_survival (float): The share that is still there, as it was seen: the estimator of
                    Kaplan and Meier over whole periods; absent where nobody was watched so long.
                model_survival (float): The share that the model expects; absent where no model is the most
                    likely one.
                model_retention (float): Of those there before the end of this period the share that the
                    model expects to stay; absent likewise.
                residual_lifetime (float): The periods that a customer is expected to pay for who is about
                    to end this one, discounted: the `discounted_lifetime` of that renewal; absent likewise,
                    and where the sum has no end.

        Raises:
            InvalidInput: the data is at fault; codes too_many_digits, second_currency, overflow.
            InvalidArgument: the call is at fault; codes invalid_date, date_out_of_range, limit_exceeded,
                unknown_argument, missing_argument, invalid_argument, unknown_attribute, unknown_switch,
                invalid_switch, not_available.

        Source:
            P. S. Fader and B. G. S. Hardie, How to Project Customer Retention, 2007, and Customer-Base
            Valuation in a Contractual Setting, 2010.
        """

    def time_to_value(
        self,
        as_of: date | str,
        *,
        milestone: Literal["kickoff", "setup_done", "first_value", "onboarded"] = "first_value",
        definitions: Definitions | Switches | None = None,
    ) -> Table:
        """How long each customer took to get value, or has waited for it.

        It is told by what was known at the close of a day. `days` are those from the first on which it paid
        to the milestone, to the first on which it did not pay any more, or to the day that is looked from:
        who has not got there counts too. `share_of_term` is that over the days of the term that it began
        with.

        Arguments:
            as_of (datetime.date, or str like 2026-01-31): The day that is looked from: its close, and what
                was known then. What became of customers behind `observed_until` is not known: a later day
                is looked from as that one is.
            milestone ("kickoff", "setup_done", "first_value" or "onboarded"; default "first_value"): The
                milestone that is value to the customer.
            definitions (Definitions, or a dict of switches; default None): What every number means; the
                portfolio's definitions if left out.

        Returns:
            Table. A row for each customer who pays or has paid, in the order of their names (by bytes);
            none where nothing is known of the milestone, of any customer. Its columns:
                customer_id (str): The customer.
                state (str): How far it has come: `reached`, `waiting`, or `churned` before it was there.
                started_on (datetime.date): The first day on which it paid.
                reached_on (datetime.date): The day on which it reached the milestone; absent where it has
                    not, or not while it paid.
                days (int): Days from the first one until the milestone, until it stopped paying, or so far;
                    0 where it was there before.
                due_on (datetime.date): The day on which the milestone is due, as planned: a plan has no day
                    from which it is known; absent where there is none.
                term_end (datetime.date): The end of the term that it began with: of the contracts in force
                    on its first day, by their own dates whatever a notice says, the first day on which one
                    falls due; absent where none is known.
                share_of_term (float): Days over those from the first one to `term_end`: the share of the
                    term that was spent without value, more than 1 where the term is over; absent where
                    there is none.
                mrr (Decimal, in the portfolio's currency): MRR at the close of the day.

        Raises:
            InvalidInput: the data is at fault; codes too_many_digits, second_currency, overflow.
            InvalidArgument: the call is at fault; codes invalid_date, date_out_of_range, limit_exceeded,
                unknown_argument, missing_argument, invalid_argument, unknown_switch, invalid_switch,
                not_available.

        Source:
            The seventh principle, time to value, of "Customer Success" by Mehta, Steinman and Murphy.
        """

    def value_incidence(
        self,
        as_of: date | str,
        *,
        milestone: Literal["kickoff", "setup_done", "first_value", "onboarded"] = "first_value",
        by: str | Sequence[str] | None = None,
        definitions: Definitions | Switches | None = None,
    ) -> Table:
        """Which share of customers has got value after how many days, and which had left by then.

        It is told by what was known at the close of a day. A customer who leaves before it gets value never
        will: that competes with value. One who still waits is censored. `incidence = sum of S(before)
        events / at_risk`, where `S(before)` is the share that still waited.

        Arguments:
            as_of (datetime.date, or str like 2026-01-31): The day that is looked from: its close, and what
                was known then. What became of customers behind `observed_until` is not known: a later day
                is looked from as that one is.
            milestone ("kickoff", "setup_done", "first_value" or "onboarded"; default "first_value"): The
                milestone that is value to the customer.
            by (str or list of str; default None): What to group by: columns of customers, cohort (the first
                day of the period in which one first paid).
            definitions (Definitions, or a dict of switches; default None): What every number means; the
                portfolio's definitions if left out.

        Returns:
            Table. A row for each group, event and distinct number of days, in their order; none where
            nothing is known of the milestone, of any customer. Its columns:
                event (str): What ends the wait: `churn` or `value`.
                time (int): Days since the first on which a customer paid.
                at_risk (int): Customers who had waited so long, up to the day before.
                events (int): Those of them whose wait this ended on that day.
                incidence (float): The share of customers whose wait this has ended by then: of all times up
                    to this, the sum of `events / at_risk` of those who still waited.
                incidence_low (float): The lower end of its interval at 95%, by the logarithm of the
                    logarithm; the share itself where that is 0 or 1.
                incidence_high (float): The upper end of it.

        Raises:
            InvalidInput: the data is at fault; codes too_many_digits, second_currency, overflow.
            InvalidArgument: the call is at fault; codes invalid_date, date_out_of_range, limit_exceeded,
                unknown_argument, missing_argument, invalid_argument, unknown_attribute, unknown_switch,
                invalid_switch, not_available.

        Source:
            O. O. Aalen and S. Johansen, An empirical transition matrix for non-homogeneous Markov chains
            based on censored observations, 1978.
        """

    def value_landmark(
        self,
        as_of: date | str,
        *,
        milestone: Literal["kickoff", "setup_done", "first_value", "onboarded"] = "first_value",
        landmark_days: int = 90,
        horizon_days: int = 365,
        definitions: Definitions | Switches | None = None,
    ) -> Table:
        """Whether customers who got value early stay longer than those who had not.

        It is told by what was known at the close of a day. Each customer is looked at from a landmark day
        on, so many days after the first on which it paid, if it has paid without a break up to its close:
        what came by then says which group it is in, and only what came after it, up to the horizon, is
        compared. It is not an experiment: who gets value early may differ in other ways.

        Arguments:
            as_of (datetime.date, or str like 2026-01-31): The day that is looked from: its close, and what
                was known then. What became of customers behind `observed_until` is not known: a later day
                is looked from as that one is.
            milestone ("kickoff", "setup_done", "first_value" or "onboarded"; default "first_value"): The
                milestone that is value to the customer.
            landmark_days (int; default 90): The landmark day is so many days after the first on which a
                customer paid, from 1 to 3660.
            horizon_days (int; default 365): How many days from the landmark day on are looked at, from 1 to
                3660.
            definitions (Definitions, or a dict of switches; default None): What every number means; the
                portfolio's definitions if left out.

        Returns:
            Table. A row for those who got value by their landmark day, and one for the others; nobody is in
            either where nothing is known of the milestone, of any customer. Its columns:
                timing (str): Whether value had come by then.
                customers (int): Customers who had paid without a break up to the close of their landmark
                    day.
                events (int): Those of them who stopped paying within the horizon from there.
                survival (float): The share that pays longer than the horizon, from the landmark day on, by
                    the estimator of Kaplan and Meier; absent where there is nobody, or nobody was seen so
                    long.
                survival_low (float): The lower end of its interval at 95%, absent likewise.
                survival_high (float): The upper end of it, absent likewise.
                restricted_mean_days (float): The mean days from the landmark day until a customer stops
                    paying, or until the horizon; absent likewise.
                p_value (float): How often two groups that do not differ are as far apart, or further, by
                    the log-rank test; absent where one of them has nobody.

        Raises:
            InvalidInput: the data is at fault; codes too_many_digits, second_currency, overflow.
            InvalidArgument: the call is at fault; codes invalid_date, date_out_of_range, limit_exceeded,
                unknown_argument, missing_argument, invalid_argument, unknown_switch, invalid_switch,
                not_available.

        Source:
            J. R. Anderson, K. C. Cain and R. D. Gelber, Analysis of survival by tumor response, 1983.
        """

    def onboarding(
        self,
        start: date | str,
        end: date | str,
        *,
        milestone: Literal["kickoff", "setup_done", "first_value", "onboarded"] = "onboarded",
        window_days: int = 90,
        by: str | Sequence[str] | None = None,
        definitions: Definitions | Switches | None = None,
        known_on: date | str | None = None,
    ) -> Table:
        """Which share of new customers completes onboarding within a window of days, by period.

        `completion_rate = completed / (customers - pending)`, absent where that is zero, and where nothing
        is known of the milestone, of any customer. Who is still within the window is pending, whether it
        has got there or not; who stopped paying before it did has not completed.

        Arguments:
            start (datetime.date, or str like 2026-01-31): The first day; widened to whole periods.
            end (datetime.date, or str like 2026-01-31): The day after the last; widened to whole periods.
            milestone ("kickoff", "setup_done", "first_value" or "onboarded"; default "onboarded"): The
                milestone that the company calls the end of onboarding.
            window_days (int; default 90): How many days after the first on which a customer paid it is to
                be reached, from 1 to 3660.
            by (str or list of str; default None): What to group by: columns of customers, cohort (the first
                day of the period in which one first paid).
            definitions (Definitions, or a dict of switches; default None): What every number means; the
                portfolio's definitions if left out.
            known_on (datetime.date, or str like 2026-01-31; default None): Only what was known at the close
                of this day; periods that close after it have no rows.

        Returns:
            Table. A row for each group and period, in their order. Its columns:
                period_start (datetime.date): The first day of the period.
                period_end (datetime.date): The day after its last.
                customers (int): Customers who first paid in the period.
                pending (int): Those whose window is not over yet, whatever they have done: to count only
                    who has completed would judge a new month by its fastest.
                completed (int): Of the others those who reached the milestone within the window, or before
                    they first paid.
                completed_late (int): Those who reached it later.
                completion_rate (float): Completed over customers less pending; absent where that is zero.
                completion_rate_low (float): The lower end of its Wilson interval, at 95%; absent likewise.
                completion_rate_high (float): The upper end of it, absent likewise.

        Raises:
            InvalidInput: the data is at fault; codes too_many_digits, second_currency, overflow.
            InvalidArgument: the call is at fault; codes invalid_date, date_out_of_range, limit_exceeded,
                unknown_argument, missing_argument, invalid_argument, unknown_attribute, invalid_range,
                unknown_switch, invalid_switch, not_available.

        Source:
            HubSpot Japan's guide to customer success: completed over all in the onboarding window,
            completed being a definition of the company's own; the interval is that of E. B. Wilson, 1927.
        """

    def lifecycle(
        self,
        as_of: date | str,
        *,
        milestone: Literal["kickoff", "setup_done", "first_value", "onboarded"] = "onboarded",
        definitions: Definitions | Switches | None = None,
    ) -> Table:
        """In which phase each customer is, since when, and what says so.

        It is told of customers who pay, by what was known at the close of a day, and phases change on dated
        evidence alone: `adoption` from the day of a milestone, `advocacy` from the first day, that one or a
        later one, on which the customer spoke for the company or answered 9 or 10 to whether it would
        recommend it. An answer of 6 or less ends that, and a lesser one what was only promised, until there
        is new evidence.

        Arguments:
            as_of (datetime.date, or str like 2026-01-31): The day that is looked from: its close, and what
                was known then.
            milestone ("kickoff", "setup_done", "first_value" or "onboarded"; default "onboarded"): The
                milestone that ends onboarding.
            definitions (Definitions, or a dict of switches; default None): What every number means; the
                portfolio's definitions if left out.

        Returns:
            Table. A row for each customer who pays, in the order of their names (by bytes). Its columns:
                customer_id (str): The customer.
                phase (str): Its phase; absent where that milestone is known of no customer, and this one
                    has not spoken for the company.
                since (datetime.date): The day from which it is in that phase; absent likewise.
                days (int): Days from then on; absent likewise.
                evidence (str): What says so; absent likewise.
                onboarded_on (datetime.date): The day on which it reached the milestone that ends
                    onboarding; absent where it has not.
                onboarding_due_on (datetime.date): The day on which that is due, as planned; absent where
                    there is no plan.
                advocate_on (datetime.date): The first day on which it spoke for the company after the last
                    on which it answered as a detractor, or promised to after the last on which it answered
                    less than 9; absent where there is none.
                mrr (Decimal, in the portfolio's currency): MRR at the close of the day.

        Raises:
            InvalidInput: the data is at fault; codes too_many_digits, second_currency, overflow.
            InvalidArgument: the call is at fault; codes invalid_date, date_out_of_range, limit_exceeded,
                unknown_argument, missing_argument, invalid_argument, unknown_switch, invalid_switch,
                not_available.

        Source:
            HubSpot Japan's guide to customer success: onboarding, adoption, advocacy.
        """

    def loyalty(
        self,
        as_of: date | str,
        *,
        window_days: int = 365,
        answer_days: int = 30,
        definitions: Definitions | Switches | None = None,
    ) -> Table:
        """Whether customers like the company or merely stay, and what is missing to say so.

        It is told of customers who pay, from what could be observed by the close of a day: signs of
        attitudinal loyalty (they like the company), signs against it, and signs of behavioural loyalty
        (they stay because they must or should). Only what the customer said decides: one of whom nobody
        knows what it thinks has no kind of loyalty, however long it has stayed and however much it pays.

        Arguments:
            as_of (datetime.date, or str like 2026-01-31): The day that is looked from: its close, and what
                was known then.
            window_days (int; default 365): How many days up to the day are looked at, from 1 to 3660.
            answer_days (int; default 30): After how many days feedback without an answer speaks against the
                company, from 1 to 3660.
            definitions (Definitions, or a dict of switches; default None): What every number means; the
                portfolio's definitions if left out.

        Returns:
            Table. A row for each customer who pays, in the order of their names (by bytes). Its columns:
                customer_id (str): The customer.
                loyalty (str): Its loyalty: `attitudinal` where the customer said so, as a promoter, by
                    speaking for the company or by praise, and is no detractor; else `behavioural` by some
                    sign that it stays; else `neither`. Absent where it neither answered whether it would
                    recommend the company, nor praised it, nor spoke for it: that it stays, pays more, or
                    waits does not say why.
                attitudinal (list of str): What shows that it likes the company: `promoter`, `advocated`,
                    `praised`, `request_released`, `bought_more`, those that there are, in this order.
                against (list of str): What speaks against it: `detractor`, `unanswered`.
                behavioural (list of str): What shows that it stays: `stayed`, `renewed`, `bound`.
                missing (list of str): Tables that would say more: `surveys`, `advocacy`, `feedback`.
                nps (int): Its last answer within the window to whether it would recommend the company, from
                    0 to 10, of several on a day the lowest; absent where there is none.
                tenure_days (int): Days since the first on which it paid.
                mrr (Decimal, in the portfolio's currency): MRR at the close of the day.

        Raises:
            InvalidInput: the data is at fault; codes too_many_digits, second_currency, overflow.
            InvalidArgument: the call is at fault; codes invalid_date, date_out_of_range, limit_exceeded,
                unknown_argument, missing_argument, invalid_argument, unknown_switch, invalid_switch,
                not_available.

        Source:
            "Customer Success" by Mehta, Steinman and Murphy: attitudinal and behavioural loyalty.
        """

    def touch_plan(
        self,
        as_of: date | str,
        *,
        model: Mapping[str, Any] | None = None,
        value: Literal["mrr", "lifetime"] = "mrr",
        gross_margin: float = 1,
        cost_per_hour: Decimal | int | str | None = None,
        horizon_months: int = 60,
        window_days: int = 90,
        definitions: Definitions | Switches | None = None,
    ) -> Table:
        """In which tier each customer is, what it is owed, what it gets, and whether it pays for that.

        It is told of customers who pay, by what was known at the close of a day. The first of the ordered
        rules that holds gives the tier: rules look at what a customer is worth, at what it could pay, and
        at its experience. It ranks no customer above another: each gets the support that fits. Hours are
        those of people, a month.

        Arguments:
            as_of (datetime.date, or str like 2026-01-31): The day that is looked from: its close, and what
                was known then.
            model (dict of `rules` and `tiers`; default None): Ordered `rules`, each with a `tier` and any
                of `min_value` (an amount), `min_value_ratio` (of the average value), `min_potential_ratio`
                (of what the customer pays) and `max_experience`, the last with none; and for each of
                `tiers` `hours_per_month` and `contact_days`. The standard model if left out.
            value ("mrr" or "lifetime"; default "mrr"): What a customer is worth: its MRR, or the margin of
                the months that it is expected to pay for, by how long all customers stay and how long it
                has paid; where no model fits, all have one chance to leave.
            gross_margin (float; default 1): The share of revenue that is left after the cost of serving it
                but for people's time, at most 6 decimals.
            cost_per_hour (decimal.Decimal, int, or str like 1200.00; default None): What an hour of
                people's time costs.
            horizon_months (int; default 60): How many months of a lifetime are counted, from 1 to 1200.
            window_days (int; default 90): Over how many days up to the day the time spent is looked at,
                from 1 to 3660.
            definitions (Definitions, or a dict of switches; default None): What every number means; the
                portfolio's definitions if left out.

        Returns:
            Table. A row for each customer who pays, in the order of their names (by bytes). Its columns:
                customer_id (str): The customer.
                tier (str): Its tier.
                rule (int): The number of the rule that says so, from 1.
                owner (str): Who is responsible for the customer; absent where nobody is known to be.
                value (Decimal, in the portfolio's currency): What it is worth: its MRR, or the margin of
                    the months that it is expected to pay for.
                mrr (Decimal, in the portfolio's currency): MRR at the close of the day.
                potential_mrr (Decimal, in the portfolio's currency): What it could pay a month; absent
                    where nobody knows.
                experience (float): How the way to its outcomes felt when that was last seen, from 0 to 10;
                    absent where it was not.
                planned_hours (float): Hours of people's time that its tier is owed a month.
                spent_hours (float): Hours of people's time that it got a month, within the window: of
                    engagements by the channel `human`; absent where no engagement is known, of any
                    customer.
                margin (Decimal, in the portfolio's currency): `mrr x gross_margin`, rounded half to even.
                cost_to_serve (Decimal, in the portfolio's currency): `planned_hours x cost_per_hour`,
                    rounded half to even; absent where no cost is given.
                spent_cost (Decimal, in the portfolio's currency): `spent_hours x cost_per_hour`, likewise;
                    absent where either is.
                margin_after_service (Decimal, in the portfolio's currency): `margin - cost_to_serve`: below
                    zero, the customer does not pay for its tier; absent likewise.
                last_contact_on (datetime.date): The last day on which it was met by people; of
                    `tech_touch`, at all. Absent where it was not.
                next_contact_on (datetime.date): The day on which the next contact is due: so many days
                    after the last one, or after the first on which it paid without a break since. Absent
                    behind the last of all days, and where no engagement is known, of any customer.
                is_overdue (bool): Whether that day is over; it is not where nobody knows it.

        Raises:
            InvalidInput: the data is at fault; codes too_many_digits, second_currency, overflow.
            InvalidArgument: the call is at fault; codes invalid_date, date_out_of_range, limit_exceeded,
                unknown_argument, missing_argument, invalid_argument, unknown_switch, invalid_switch,
                not_available.

        Source:
            HubSpot Japan's guide to customer success: high touch, low touch and tech touch by expected
            lifetime value; by MRR unless `value` says otherwise, since a young book has no lifetimes yet.
        """

    def touch_load(
        self,
        as_of: date | str,
        *,
        model: Mapping[str, Any] | None = None,
        value: Literal["mrr", "lifetime"] = "mrr",
        gross_margin: float = 1,
        cost_per_hour: Decimal | int | str | None = None,
        horizon_months: int = 60,
        window_days: int = 90,
        definitions: Definitions | Switches | None = None,
    ) -> Table:
        """Whose time each tier takes, beside what it brings.

        It is told by what was known at the close of a day; tiers are those of `touch_plan`. Not even the
        large accounts may eat all the time: the share of time stands beside the share of MRR.

        Arguments:
            as_of (datetime.date, or str like 2026-01-31): The day that is looked from: its close, and what
                was known then.
            model (dict of `rules` and `tiers`; default None): Ordered `rules`, each with a `tier` and any
                of `min_value` (an amount), `min_value_ratio` (of the average value), `min_potential_ratio`
                (of what the customer pays) and `max_experience`, the last with none; and for each of
                `tiers` `hours_per_month` and `contact_days`. The standard model if left out.
            value ("mrr" or "lifetime"; default "mrr"): What a customer is worth: its MRR, or the margin of
                the months that it is expected to pay for, by how long all customers stay and how long it
                has paid; where no model fits, all have one chance to leave.
            gross_margin (float; default 1): The share of revenue that is left after the cost of serving it
                but for people's time, at most 6 decimals.
            cost_per_hour (decimal.Decimal, int, or str like 1200.00; default None): What an hour of
                people's time costs.
            horizon_months (int; default 60): How many months of a lifetime are counted, from 1 to 1200.
            window_days (int; default 90): Over how many days up to the day the time spent is looked at,
                from 1 to 3660.
            definitions (Definitions, or a dict of switches; default None): What every number means; the
                portfolio's definitions if left out.

        Returns:
            Table. A row for each tier: high_touch, low_touch, tech_touch. Its columns:
                tier (str): The tier.
                customers (int): Customers who pay and are in it.
                overdue_customers (int): Those of them whose next contact is overdue.
                mrr (Decimal, in the portfolio's currency): Their MRR.
                share_of_mrr (float): `mrr` over that of all; absent where nobody pays.
                planned_hours (float): Hours of people's time that they are owed a month.
                share_of_planned_hours (float): `planned_hours` over those of all; absent where nobody is
                    owed any.
                spent_hours (float): Hours of people's time that they got a month, within the window; absent
                    where no engagement is known, of any customer.
                share_of_spent_hours (float): `spent_hours` over those of all: well above `share_of_mrr`,
                    the tier eats the time of the others. Absent where nobody got any.
                margin (Decimal, in the portfolio's currency): The margins of its customers.
                cost_to_serve (Decimal, in the portfolio's currency): What it costs to serve them as
                    planned; absent where no cost is given.
                spent_cost (Decimal, in the portfolio's currency): What the time cost a month that they got,
                    absent likewise.
                margin_after_service (Decimal, in the portfolio's currency): `margin - cost_to_serve`,
                    absent likewise.

        Raises:
            InvalidInput: the data is at fault; codes too_many_digits, second_currency, overflow.
            InvalidArgument: the call is at fault; codes invalid_date, date_out_of_range, limit_exceeded,
                unknown_argument, missing_argument, invalid_argument, unknown_switch, invalid_switch,
                not_available.

        Source:
            HubSpot Japan's guide to customer success: time spent is held against revenue.
        """

    def touch_capacity(
        self,
        as_of: date | str,
        *,
        hours_per_person: int = 120,
        model: Mapping[str, Any] | None = None,
        value: Literal["mrr", "lifetime"] = "mrr",
        gross_margin: float = 1,
        cost_per_hour: Decimal | int | str | None = None,
        horizon_months: int = 60,
        window_days: int = 90,
        definitions: Definitions | Switches | None = None,
    ) -> Table:
        """Whether the people who are responsible for customers have the hours that these are owed.

        It is told by what was known at the close of a day. Tiers and hours are those of `touch_plan`; who
        is responsible stands in the column `owner` of the customers.

        Arguments:
            as_of (datetime.date, or str like 2026-01-31): The day that is looked from: its close, and what
                was known then.
            hours_per_person (int; default 120): How many hours a month a person has for customers, from 1
                to 1000.
            model (dict of `rules` and `tiers`; default None): Ordered `rules`, each with a `tier` and any
                of `min_value` (an amount), `min_value_ratio` (of the average value), `min_potential_ratio`
                (of what the customer pays) and `max_experience`, the last with none; and for each of
                `tiers` `hours_per_month` and `contact_days`. The standard model if left out.
            value ("mrr" or "lifetime"; default "mrr"): What a customer is worth: its MRR, or the margin of
                the months that it is expected to pay for, by how long all customers stay and how long it
                has paid; where no model fits, all have one chance to leave.
            gross_margin (float; default 1): The share of revenue that is left after the cost of serving it
                but for people's time, at most 6 decimals.
            cost_per_hour (decimal.Decimal, int, or str like 1200.00; default None): What an hour of
                people's time costs.
            horizon_months (int; default 60): How many months of a lifetime are counted, from 1 to 1200.
            window_days (int; default 90): Over how many days up to the day the time spent is looked at,
                from 1 to 3660.
            definitions (Definitions, or a dict of switches; default None): What every number means; the
                portfolio's definitions if left out.

        Returns:
            Table. A row for each owner of a customer who pays, in their order (by bytes), and for those
            without one last. Its columns:
                owner (str): Who is responsible; absent for customers of whom nobody is known to be.
                customers (int): Customers who pay.
                high_touch (int): Those of them in the tier `high_touch`.
                low_touch (int): Those in `low_touch`.
                tech_touch (int): Those in `tech_touch`.
                mrr (Decimal, in the portfolio's currency): Their MRR.
                planned_hours (float): Hours that they are owed a month.
                spent_hours (float): Hours that they got a month, within the window, of whoever it was;
                    absent where no engagement is known, of any customer.
                capacity_hours (float): Hours that the person has a month; absent where nobody is
                    responsible.
                utilisation (float): `planned_hours / capacity_hours`: above 1, more is owed than can be
                    given. Absent likewise.

        Raises:
            InvalidInput: the data is at fault; codes too_many_digits, second_currency, overflow.
            InvalidArgument: the call is at fault; codes invalid_date, date_out_of_range, limit_exceeded,
                unknown_argument, missing_argument, invalid_argument, unknown_switch, invalid_switch,
                not_available.

        Source:
            HubSpot Japan's guide to customer success: people are assigned by tier.
        """

    def drilldown(
        self,
        as_of: date | str,
        *,
        months: int = 12,
        industry: str | None = None,
        years: int = 3,
        locale: Literal["en", "ja"] = "en",
        definitions: Definitions | Switches | None = None,
    ) -> Drilldown:
        """The five questions that drill down from a churn rate, each answered in a sentence.

        What share of the customers expanded? Which industry churns most? How is each product kept, and how
        does it grow? By how much does the discount change at the first renewal? What do customers of long
        standing pay now, against what they started with? In every table the lost stand beside those who
        stay.

        Arguments:
            as_of (datetime.date, or str like 2026-01-31): The day that is looked from: its close, and what
                was known then. What became of customers behind `observed_until` is not known: a later day
                is looked from as that one is.
            months (int; default 12): How many months up to the day are looked at, from 1 to 120.
            industry (str; default None): The column of customers that tells industries apart; `industry` if
                left out, where there is one.
            years (int; default 3): After how many years a customer is of long standing, from 1 to 20.
            locale ("en" or "ja"; default "en"): The language of the answers.
            definitions (Definitions, or a dict of switches; default None): What every number means; the
                portfolio's definitions if left out.

        Returns:
            Drilldown. A table for each question, and one of the answers. Its attributes:
                answers (Table): The answer to each question in a sentence, a row for each.
                    question (str): The question.
                    answer (str): Its answer, in the language that was asked for: what the table of the
                        question says, the lost beside those who stay.
                expansion (Table): What became of the MRR of customers, a row for each change: expanded,
                    unchanged, contracted, lost.
                    change (str): What became of their MRR.
                    customers (int): Customers who paid at the first close of the window, with this change
                        to its last.
                    share_of_customers (float): `customers` over all who paid at the first close; absent
                        where nobody did.
                    opening_mrr (Decimal, in the portfolio's currency): Their MRR at the first close.
                    closing_mrr (Decimal, in the portfolio's currency): Their MRR at the last.
                    share_of_opening_mrr (float): `opening_mrr` over that of all; absent where nothing was
                        paid.
                churn_by_industry (Table): Which industry churns most, a row for each, in their order (by
                    bytes).
                    industry (str): The industry, or what else customers are told apart by; absent for those
                        without one.
                    opening_customers (int): Customers who paid at the first close of the window.
                    lost_customers (int): Those of them who do not pay at its last.
                    customer_churn (float): `lost_customers / opening_customers`; absent where nobody paid.
                    customer_churn_low (float): The lower end of its Wilson interval, at 95%; absent
                        likewise.
                    customer_churn_high (float): The upper end of it, absent likewise.
                    small_sample (bool): Whether fewer than 30 customers paid: too few to tell industries
                        apart.
                    opening_mrr (Decimal, in the portfolio's currency): MRR at the first close.
                    lost_mrr (Decimal, in the portfolio's currency): That of the lost customers.
                    mrr_churn (float): `lost_mrr / opening_mrr`; absent where nothing was paid.
                products (Table): How each product is kept, and how it grows, a row for each, in their order
                    (by bytes).
                    product (str): The product; absent for contracts without one.
                    opening_customers (int): Customers who paid for it at the first close of the window.
                    lost_customers (int): Those of them who do not at its last.
                    new_customers (int): Customers who pay for it at the last close, and did not at the
                        first.
                    opening_mrr (Decimal, in the portfolio's currency): Its MRR at the first close.
                    retained_mrr (Decimal, in the portfolio's currency): What those who paid at the first
                        close still pay of it.
                    expansion_mrr (Decimal, in the portfolio's currency): What they pay more.
                    closing_mrr (Decimal, in the portfolio's currency): Its MRR at the last close.
                    grr (float): `retained_mrr / opening_mrr`; absent where nothing was paid.
                    nrr (float): `(retained_mrr + expansion_mrr) / opening_mrr`; absent likewise.
                    growth (float): `(closing_mrr - opening_mrr) / opening_mrr`; absent likewise.
                first_renewals (Table): By how much the discount changes at the first renewal, a row for
                    each outcome: renewed, lost, pending.
                    outcome (str): What became of them.
                    lines (int): First renewals that fell due within the window.
                    due_mrr (Decimal, in the portfolio's currency): Their MRR.
                    renewed_mrr (Decimal, in the portfolio's currency): The MRR of what follows.
                    with_discount (int): Those of them whose discount is known, of the renewed on both
                        sides.
                    discount (float): The mean discount before, of these; absent where there are none.
                    renewed_discount (float): The mean discount since; absent where there are none, or
                        nothing follows.
                    discount_change (float): The mean of the second less the first: above zero, the discount
                        grew; absent likewise. Each renewal counts alike, whatever it pays;
                        `first_discount_change` of `renewals` weighs them by their list prices.
                long_standing (Table): What customers of long standing pay now, against what they started
                    with, a row for those who stay and one for the lost.
                    standing (str): Whether they still pay.
                    customers (int): How many they are.
                    starting_mrr (Decimal, in the portfolio's currency): Their MRR, each one's at the close
                        of the first day on which it paid.
                    latest_mrr (Decimal, in the portfolio's currency): Their MRR at the close of the day; of
                        the lost, at the last close at which each paid.
                    starting_average (Decimal, in the portfolio's currency): `starting_mrr / customers`,
                        rounded half to even; absent where there are none.
                    latest_average (Decimal, in the portfolio's currency): `latest_mrr / customers`,
                        likewise.
                    growth (float): `(latest_mrr - starting_mrr) / starting_mrr`; absent where that is zero.

        Raises:
            InvalidInput: the data is at fault; codes too_many_digits, second_currency, overflow.
            InvalidArgument: the call is at fault; codes invalid_date, date_out_of_range, limit_exceeded,
                unknown_argument, missing_argument, invalid_argument, unknown_attribute, unknown_switch,
                invalid_switch, not_available.

        Source:
            The eighth principle, know your metrics, of "Customer Success" by Mehta, Steinman and Murphy:
            the questions behind a churn rate.
        """

    def kpis(
        self,
        start: date | str,
        end: date | str,
        *,
        targets: Mapping[str, Decimal | str | float | Mapping[str, Decimal | str | float] | Mapping[date, Decimal | str | float]] | None = None,
        benchmarks: Sequence[Mapping[str, str | float]] | None = None,
        csat_threshold: float = 0.8,
        onboarding_milestone: Literal["kickoff", "setup_done", "first_value", "onboarded"] = "onboarded",
        onboarding_days: int = 90,
        scorecard: Scorecard | Mapping[str, Any] | None = None,
        definitions: Definitions | Switches | None = None,
        known_on: date | str | None = None,
    ) -> Table:
        """The board of every month: each indicator against its target, its trend, and what others reach.

        Every indicator is what the operation of its name gives: revenue of `movements`, retention over 12
        months of `retention`, renewals of `renewals` as soon as none is pending, scores of `health` on the
        last day; use, answers to surveys, closed cases and onboardings whose time is over are those of the
        period. Rates of customers are of those who paid at the opening: none is counted both as lost and as
        free. Targets and benchmarks are data, benchmarks with their source.

        Arguments:
            start (datetime.date, or str like 2026-01-31): The first day; widened to whole periods.
            end (datetime.date, or str like 2026-01-31): The day after the last; widened to whole periods.
            targets (dict of an amount or a number, or a dict of these by the first day of a period, by the
                name of an indicator; default None): What indicators are to reach, by their names: an amount
                such as "1200.00" of those of money, else a number; or an object of these by the first day
                of each period.
            benchmarks (list of dicts with kpi, period, number and source; default None): What others reach,
                in place of the standard ones: each with `kpi`, `period` (how long the periods are that it
                is of), `number`, and `source`, which says so; one of each `kpi` and `period`.
            csat_threshold (float; default 0.8): From which share of its scale on an answer about
                satisfaction counts as content, at most 6 decimals.
            onboarding_milestone ("kickoff", "setup_done", "first_value" or "onboarded"; default
                "onboarded"): The milestone that the company calls the end of onboarding.
            onboarding_days (int; default 90): Within how many days after the first on which a customer paid
                that counts as completed, from 1 to 3660.
            scorecard (Scorecard, or a dict of one; default None): What makes a score; the standard
                scorecard if left out.
            definitions (Definitions, or a dict of switches; default None): What every number means; the
                portfolio's definitions if left out.
            known_on (datetime.date, or str like 2026-01-31; default None): Only what was known at the close
                of this day; periods that close after it have no rows.

        Returns:
            Table. A row for each period and indicator, in their order. Its columns:
                period_start (datetime.date): The first day of the period.
                period_end (datetime.date): The day after its last.
                is_complete (bool): Whether it had closed when the data ends: a period that had not is told
                    as far as it is known.
                kpi (str): The indicator.
                unit (str): What it is counted in.
                amount (Decimal, in the portfolio's currency): What it is, of money; absent for all others.
                number (float): What it is, of all others; absent for those of money, and where nobody can
                    tell.
                good (str): Which direction is good.
                target_amount (Decimal, in the portfolio's currency): What it is to reach, of money; absent
                    where nothing is asked of it.
                target_number (float): What it is to reach, of all others; absent likewise.
                state (str): Whether it does: at or above the target where more is good, at or below where
                    less is; absent without a target, where nobody can tell, and of a period that begins
                    after the data ends.
                progress (float): What it is over its target; absent likewise, and where the target is zero.
                change_amount (Decimal, in the portfolio's currency): By how much it is more than in the
                    period before, of money; the first period has one before it, too.
                change_number (float): By how much it is more than in the period before, of all others;
                    absent where either is.
                trend (str): Whether that is better; absent likewise.
                benchmark (float): What others reach; absent where no source says it of periods of this
                    length.
                benchmark_source (str): Who says so; absent likewise.

        Raises:
            InvalidInput: the data is at fault; codes too_many_digits, second_currency, overflow.
            InvalidArgument: the call is at fault; codes invalid_date, date_out_of_range, limit_exceeded,
                unknown_argument, missing_argument, invalid_argument, unknown_attribute, invalid_range,
                unknown_switch, invalid_switch, invalid_scorecard, not_available.

        Source:
            HubSpot Japan's guide to customer success, and its monthly sheet of indicators; "Customer
            Success" by Mehta, Steinman and Murphy.
        """

    def review(
        self,
        as_of: date | str,
        *,
        edition: Literal["2016", "2021", "both"] = "2016",
        settings: Mapping[str, Any] | None = None,
        previous: Review | str | Mapping[str, Any] | None = None,
        definitions: Definitions | Switches | None = None,
    ) -> Review:
        """How a company stands by the principles of customer success, what was found, and what to do.

        It is told by what was known at the close of a day. Each principle is a rule: what it measures
        stands beside thresholds, what fails is weighed by MRR, and missing evidence is never a pass: it is
        named with the table that would bring it. A segment, channel or seller is told of only where its
        customers leave early more often than the rest, by more than chance and by enough to act on.

        Arguments:
            as_of (datetime.date, or str like 2026-01-31): The day that is looked from: its close, and what
                was known then. What became of customers behind `observed_until` is not known: a later day
                is looked from as that one is.
            edition ("2016", "2021" or "both"; default "2016"): Which list of principles: the ten of 2016,
                those of 2021 that are known, or both.
            settings (dict of thresholds, exclusions and plays; default None): What the rules go by:
                `bounds` of all of them, thresholds by the name of each principle, `exclusions` (each a
                `customer_id` with a `reason`, and perhaps a `principle` and a day `until`), `plays`, a
                `scorecard`, a `touch_model`, and the `validation` of the scorecard; the library's own if
                left out.
            previous (Review, or its canonical JSON; default None): An earlier review, which tells what is
                new, what persists and what is resolved.
            definitions (Definitions, or a dict of switches; default None): What every number means; the
                portfolio's definitions if left out.

        Returns:
            Review. Tables of verdicts, questions, findings with their evidence, comparisons, plays, and
            what is resolved. Its attributes:
                summary (Table): What the review comes to, in one row.
                    edition (str): The list of principles.
                    customers (int): Customers that pay at the close of the day.
                    mrr (Decimal, in the portfolio's currency): Their MRR.
                    customers_at_stake (int): Customers that fail a principle, or whom what was found of
                        segments and of the company concerns, each counted once.
                    mrr_at_stake (Decimal, in the portfolio's currency): Their MRR.
                    passed (int): Principles that pass.
                    attention (int): Principles that need attention.
                    failed (int): Principles that fail.
                    not_assessable (int): Principles that could not be assessed.
                    excluded_customers (int): Customers that the settings leave out of some principle.
                    excluded_mrr (Decimal, in the portfolio's currency): Their MRR.
                    settings (str): The canonical JSON of the settings, defaults included.
                    settings_fingerprint (str): Their fingerprint: its SHA-256.
                verdicts (Table): How the company stands by each principle, a row for each, in the order of
                    the edition.
                    principle (str): The principle.
                    number (int): Its number in the edition; absent where the sources name none.
                    verdict (str): How the company stands: what fails is weighed by MRR, and the worst of
                        what was found of segments and of the company counts too.
                    decided_by (str): What decided that: the share that fails, what was found of a segment
                        or of the company, or that too little has evidence.
                    customers (int): Customers that the rule asks of.
                    mrr (Decimal, in the portfolio's currency): Their MRR at the close of the day.
                    assessed_mrr (Decimal, in the portfolio's currency): Of this, that of customers with
                        evidence for some question.
                    coverage (float): Of the MRR of every question by which the principle can fail, summed
                        over the questions, the share with evidence: one of two questions answered for all
                        customers is a half; absent where nobody is asked.
                    min_coverage (float): The share of the MRR that needs evidence.
                    failing_customers (int): Customers that fail.
                    failing_mrr (Decimal, in the portfolio's currency): Their MRR.
                    failing_share (float): `failing_mrr / assessed_mrr`; absent where nothing was assessed.
                    attention_above (float): Up to this share the principle passes.
                    fail_above (float): Up to this share it does not fail.
                    customers_at_stake (int): Customers that fail, or whom what was found of segments and of
                        the company concerns.
                    mrr_at_stake (Decimal, in the portfolio's currency): Their MRR, each customer counted
                        once.
                    findings (int): How much was found.
                checks (Table): What was asked, how much of it could be assessed, and what evidence is
                    missing, a row for each question.
                    principle (str): The principle.
                    check (str): What was asked.
                    customers (int): Customers that it asks of, or, of groups and of the company, that it
                        looks at.
                    mrr (Decimal, in the portfolio's currency): Their MRR at the close of the day.
                    assessed_mrr (Decimal, in the portfolio's currency): Of this, that of customers with
                        evidence.
                    coverage (float): `assessed_mrr / mrr`; absent where it asks of nobody.
                    found_customers (int): Customers of whom, or whose segment or company, something was
                        found.
                    found_mrr (Decimal, in the portfolio's currency): Their MRR.
                    missing_reason (str): Why something could not be assessed; absent where all was.
                    missing_table (str): The table that would bring what is missing; absent where nothing
                        is.
                    missing_column (str): The column of that table, or the signal, milestone or other name
                        in it; absent where the table itself would do.
                findings (Table): What was found, a row for each: of the company, then of segments, then of
                    customers; the largest MRR at stake first, then by name.
                    finding_id (str): The name of the finding, the same on any day: principle, check, scope
                        and subject.
                    principle (str): The principle.
                    check (str): What was asked.
                    scope (str): What it is of: the company, a segment, a customer.
                    subject (str): The customer, or of a segment the column and its value, as in
                        `channel=partner`; absent of the company.
                    name (str): What the table of customers calls the customer; absent where it does not,
                        and of the company and of segments.
                    severity (str): How much it matters.
                    mrr_at_stake (Decimal, in the portfolio's currency): MRR at the close of the day of the
                        customers that it concerns; zero of what could be won.
                    since (datetime.date): The first day of what was found, by what is known now; absent
                        where that is not known.
                    plays (list of str): What to do about it, by the names of plays, the most fitting first:
                        those that it triggers and that fit the customer's tier and phase.
                    state (str): Whether it was there before; absent where nothing earlier was given, and it
                        does not rest.
                    snoozed_until (datetime.date): The day until which it rests; absent where it does not.
                    open_actions (int): Actions that are open for it, or for its customer without naming a
                        finding.
                evidence (Table): What was measured for findings, beside thresholds, a row for each value,
                    in the order of the findings.
                    finding_id (str): The finding that it speaks for.
                    measure (str): What was measured.
                    unit (str): In what.
                    value (float): The number; absent of what is a day or a name.
                    day (datetime.date): The day; absent of what is none.
                    text (str): The name; absent of what is none.
                    bound (str): On which side of the threshold a value is acceptable; absent of what has
                        none.
                    threshold (float): The last value that is acceptable; absent of what only stands beside
                        others.
                comparisons (Table): Segments, channels and sellers against the rest, a row for each value
                    of each column that customers have.
                    column (str): The column of customers.
                    value (str): Its value; absent of those that have none.
                    customers (int): Customers that have ever paid.
                    rest_customers (int): All others that have.
                    early_churn (float): The share that leaves within the horizon, by the estimator of E. L.
                        Kaplan and P. Meier; absent where nobody was seen so long.
                    early_churn_of_rest (float): The same of all others.
                    excess (float): The first less the second.
                    excess_low (float): The lower end of its interval, at 95%.
                    excess_high (float): The upper end.
                    q_value (float): By the log-rank test, corrected for all groups that were tested, after
                        Y. Benjamini and Y. Hochberg; absent where one side has too few customers.
                    is_accused (bool): Whether it stands out: chance is unlikely, and the excess is enough
                        to act on.
                value_incidence (Table): Which share of the customers has got value after how many days, and
                    which had left by then, as `value_incidence` tells it.
                    event (str): What ends the wait: `churn` or `value`.
                    time (int): Days since the first on which a customer paid.
                    at_risk (int): Customers who had waited so long, up to the day before.
                    events (int): Those of them whose wait this ended on that day.
                    incidence (float): The share of customers whose wait this has ended by then: of all
                        times up to this, the sum of `events / at_risk` of those who still waited.
                    incidence_low (float): The lower end of its interval at 95%, by the logarithm of the
                        logarithm; the share itself where that is 0 or 1.
                    incidence_high (float): The upper end of it.
                plays (Table): The plays that were proposed first for some finding, a row for each, in the
                    order of the catalogue.
                    play (str): Its name.
                    label_en (str): What it is called in English.
                    label_ja (str): What it is called in Japanese.
                    effect_en (str): What it is expected to bring, in English.
                    effect_ja (str): The same in Japanese.
                    success_en (str): How one sees that it worked, in English.
                    success_ja (str): The same in Japanese.
                    checks (list of str): What triggers it.
                    findings (int): Findings for which it is proposed first.
                    customers (int): Customers that these concern.
                    mrr (Decimal, in the portfolio's currency): Their MRR at the close of the day, each
                        counted once.
                resolved (Table): What an earlier review found and this one does not, a row for each; none
                    where no earlier one was given.
                    finding_id (str): The name of the finding.
                    principle (str): The principle.
                    check (str): What was asked.
                    scope (str): What it was of.
                    subject (str): The customer, or of a segment the column and its value; absent of the
                        company.
                    resolved_by (str): Why it is there no more: a customer who left has not been won back.
                    mrr_at_stake (Decimal, in the portfolio's currency): What was at stake then.
                    since (datetime.date): The first day on which it would have been found; absent where
                        that was not known.
                exclusions (Table): Who is left out by the settings, a row for each exclusion that holds of
                    a customer who pays, in the order of their names (by bytes).
                    customer_id (str): The customer.
                    principle (str): The principle that it is not asked about; absent where it is asked
                        about none.
                    until (datetime.date): The first day on which it is not left out any more; absent where
                        it has no end.
                    reason (str): Why.
                    mrr (Decimal, in the portfolio's currency): MRR at the close of the day.

        Raises:
            InvalidInput: the data is at fault; codes too_many_digits, second_currency, overflow.
            InvalidArgument: the call is at fault; codes invalid_date, date_out_of_range, unknown_customer,
                limit_exceeded, invalid_json, duplicate_key, unknown_argument, missing_argument,
                invalid_argument, unknown_switch, invalid_switch, invalid_scorecard, not_available.

        Source:
            The principles of "Customer Success" by Mehta, Steinman and Murphy, 2016; thresholds without
            another source are the library's own.
        """

    def health(
        self,
        as_of: date | str,
        *,
        scorecard: Scorecard | Mapping[str, Any] | None = None,
        definitions: Definitions | Switches | None = None,
    ) -> Table:
        """The health of every customer who pays at the close of a day, from what was known then.

        `score` is the mean of groups by weight, each the mean of its measures by weight, from 0 to 100.
        What was not measured is left out; where less than the scorecard's `min_coverage` of the weight was,
        there is no score.

        Arguments:
            as_of (datetime.date, or str like 2026-01-31): The day that is looked from: its close, and what
                was known then.
            scorecard (Scorecard, or a dict of one; default None): What makes a score; the standard
                scorecard if left out.
            definitions (Definitions, or a dict of switches; default None): What every number means; the
                portfolio's definitions if left out.

        Returns:
            Table. A row for each customer, in the order of their names (by bytes). Its columns:
                customer_id (str): The customer.
                score (float): From 0 to 100, rounded to millionths of a point; absent where there is too
                    little evidence.
                band (str): The band of the exact score, or the one that a person has set; absent where
                    there is neither.
                state (str): Whether there is a score, and whether a person has set the band.
                coverage (float): The weight with evidence over all weight, from 0 to 1.
                change_30d (float): The score less that of 30 days before, by what was known then, in
                    points; absent where either is.
                mrr (Decimal, in the portfolio's currency): MRR at the close of the day.

        Raises:
            InvalidInput: the data is at fault; codes too_many_digits, second_currency, overflow.
            InvalidArgument: the call is at fault; codes invalid_date, date_out_of_range, limit_exceeded,
                unknown_argument, missing_argument, invalid_argument, unknown_attribute, unknown_switch,
                invalid_switch, invalid_scorecard, not_available.

        Source:
            The nine kinds of evidence are those of "Customer Success" by Mehta, Steinman and Murphy.
        """

    def explain_health(
        self,
        as_of: date | str,
        *,
        customer_id: str | None = None,
        scorecard: Scorecard | Mapping[str, Any] | None = None,
        definitions: Definitions | Switches | None = None,
    ) -> Table:
        """What the scores of `health` are made of, measure by measure.

        `contribution` is in points; a customer's contributions sum to its score, exactly in millionths.

        Arguments:
            as_of (datetime.date, or str like 2026-01-31): The day that is looked from: its close, and what
                was known then.
            customer_id (str; default None): The customer; all who pay if left out.
            scorecard (Scorecard, or a dict of one; default None): What makes a score; the standard
                scorecard if left out.
            definitions (Definitions, or a dict of switches; default None): What every number means; the
                portfolio's definitions if left out.

        Returns:
            Table. A row for each customer who pays and each measure that weighs something for it, in the
            order of both (by bytes). Its columns:
                customer_id (str): The customer.
                measure (str): The measure.
                group (str): Its group; absent where there are none.
                value (float): What was measured, in the measure's own unit; absent where nothing was.
                measure_score (float): What that is worth, from 0 to 100, or what fills it in; absent where
                    the measure is left out.
                weight (int): Its weight in its group.
                contribution (float): What it has in the score, in points: all of a customer's sum to its
                    score, exactly in millionths. Absent where the measure is left out, or the customer has
                    no score.
                observed_on (datetime.date): The day that the value rests on; absent where it rests on none.
                state (str): What became of the measure.

        Raises:
            InvalidInput: the data is at fault; codes too_many_digits, second_currency, overflow.
            InvalidArgument: the call is at fault; codes invalid_date, date_out_of_range, unknown_customer,
                limit_exceeded, unknown_argument, missing_argument, invalid_argument, unknown_attribute,
                unknown_switch, invalid_switch, invalid_scorecard, not_available.

        Source:
            The nine kinds of evidence are those of "Customer Success" by Mehta, Steinman and Murphy.
        """

    def explain_health_change(
        self,
        as_of: date | str,
        since: date | str,
        *,
        customer_id: str | None = None,
        scorecard: Scorecard | Mapping[str, Any] | None = None,
        definitions: Definitions | Switches | None = None,
    ) -> Table:
        """What the scores of `health` changed by since an earlier day, measure by measure.

        `change` is in points; a customer's changes sum to that of its score, exactly in millionths. The
        earlier score is the one that was seen then.

        Arguments:
            as_of (datetime.date, or str like 2026-01-31): The day that is looked from: its close, and what
                was known then.
            since (datetime.date, or str like 2026-01-31): The earlier day that is compared with: its close,
                and what was known then.
            customer_id (str; default None): The customer; all who pay if left out.
            scorecard (Scorecard, or a dict of one; default None): What makes a score; the standard
                scorecard if left out.
            definitions (Definitions, or a dict of switches; default None): What every number means; the
                portfolio's definitions if left out.

        Returns:
            Table. A row for each customer who pays on both days and each measure that weighs something for
            it on either, in the order of both (by bytes). Its columns:
                customer_id (str): The customer.
                measure (str): The measure.
                value_before (float): What was measured on the earlier day; absent where nothing was.
                value (float): What was measured on the day; absent where nothing was.
                measure_score_before (float): What the earlier value was worth, or what filled it in, from 0
                    to 100; absent where the measure was left out.
                measure_score (float): What the value is worth, or what fills it in; absent where the
                    measure is left out.
                contribution_before (float): What the measure had in the earlier score, in points; 0 where
                    it was left out. Absent without an earlier score.
                contribution (float): What it has in the score, likewise.
                change (float): The latter less the former: a customer's sum to the change of its score,
                    exactly in millionths. Absent where either is.

        Raises:
            InvalidInput: the data is at fault; codes too_many_digits, second_currency, overflow.
            InvalidArgument: the call is at fault; codes invalid_date, date_out_of_range, unknown_customer,
                limit_exceeded, unknown_argument, missing_argument, invalid_argument, unknown_attribute,
                invalid_range, unknown_switch, invalid_switch, invalid_scorecard, not_available.

        Source:
            The nine kinds of evidence are those of "Customer Success" by Mehta, Steinman and Murphy.
        """

    def health_migration(
        self,
        as_of: date | str,
        since: date | str,
        *,
        scorecard: Scorecard | Mapping[str, Any] | None = None,
        definitions: Definitions | Switches | None = None,
    ) -> Table:
        """Where customers moved between the bands of a scorecard since an earlier day.

        The earlier bands are those that were seen then. Customers who pay on one of the days alone stand in
        it too, so that the customers of every band add up. An override's band is a band.

        Arguments:
            as_of (datetime.date, or str like 2026-01-31): The day that is looked from: its close, and what
                was known then.
            since (datetime.date, or str like 2026-01-31): The earlier day that is compared with: its close,
                and what was known then.
            scorecard (Scorecard, or a dict of one; default None): What makes a score; the standard
                scorecard if left out.
            definitions (Definitions, or a dict of switches; default None): What every number means; the
                portfolio's definitions if left out.

        Returns:
            Table. A row for each pair of bands that a customer moved between, in the order of both (by
            bytes, absent ones last) and of standings. Its columns:
                from_band (str): The band on the earlier day; absent where there was none.
                to_band (str): The band on the day; absent where there is none.
                from_standing (str): What the customers were on the earlier day.
                to_standing (str): What they are on the day.
                customers (int): How many they are.
                mrr_before (Decimal, in the portfolio's currency): Their MRR at the close of the earlier
                    day.
                mrr (Decimal, in the portfolio's currency): Their MRR at the close of the day.

        Raises:
            InvalidInput: the data is at fault; codes too_many_digits, second_currency, overflow.
            InvalidArgument: the call is at fault; codes invalid_date, date_out_of_range, limit_exceeded,
                unknown_argument, missing_argument, invalid_argument, unknown_attribute, invalid_range,
                unknown_switch, invalid_switch, invalid_scorecard, not_available.

        Source:
            The fourth principle, know and manage health all the time, of "Customer Success" by Mehta,
            Steinman and Murphy asks for it.
        """

    def health_coverage(
        self,
        as_of: date | str,
        *,
        scorecard: Scorecard | Mapping[str, Any] | None = None,
        definitions: Definitions | Switches | None = None,
    ) -> Table:
        """How much evidence a scorecard has of the customers who pay, and how old it is.

        Of the customers for whom a measure weighs something, `measured`, `stale` and `missing` are all.

        Arguments:
            as_of (datetime.date, or str like 2026-01-31): The day that is looked from: its close, and what
                was known then.
            scorecard (Scorecard, or a dict of one; default None): What makes a score; the standard
                scorecard if left out.
            definitions (Definitions, or a dict of switches; default None): What every number means; the
                portfolio's definitions if left out.

        Returns:
            Table. A row for each measure, in the order of their names (by bytes). Its columns:
                measure (str): The measure.
                group (str): Its group; absent where there are none.
                evidence (str): What it is evidence of.
                customers (int): The customers for whom it weighs something.
                measured (int): Those of them of whom it was measured.
                stale (int): Those of whom it was measured too long ago.
                missing (int): Those of whom it was not measured.
                measured_share (float): Measured over all, from 0 to 1; absent where there is nobody.
                mrr (Decimal, in the portfolio's currency): MRR of the customers for whom it weighs
                    something.
                measured_mrr (Decimal, in the portfolio's currency): MRR of those of whom it was measured.
                median_age_days (float): The median of how many days ago it was measured, stale or not: of
                    an even number the mean of both in the middle. Absent where no value rests on a day.

        Raises:
            InvalidInput: the data is at fault; codes too_many_digits, second_currency, overflow.
            InvalidArgument: the call is at fault; codes invalid_date, date_out_of_range, limit_exceeded,
                unknown_argument, missing_argument, invalid_argument, unknown_attribute, unknown_switch,
                invalid_switch, invalid_scorecard, not_available.

        Source:
            The fourth principle, know and manage health all the time, of "Customer Success" by Mehta,
            Steinman and Murphy asks for it.
        """

    def outlook(
        self,
        as_of: date | str,
        *,
        scorecard: Scorecard | Mapping[str, Any] | None = None,
        fall_points: int = 15,
        fall_days: int = 30,
        term_days: int = 90,
        definitions: Definitions | Switches | None = None,
    ) -> Table:
        """Whom the company may lose, is losing and has lost, by what was known at the close of a day.

        suspected: the score is in the worst band, or has fallen steeply. imminent: that, and a contract
        falls due soon, or its term is over. confirmed: the customer still pays, and notices leave it no
        contract that does, of today or signed for later. churned: it has paid, and does not any more. All
        others are steady, or insufficient_data where there is neither a score nor a band that a person has
        set.

        Arguments:
            as_of (datetime.date, or str like 2026-01-31): The day that is looked from: its close, and what
                was known then.
            scorecard (Scorecard, or a dict of one; default None): What makes a score; the standard
                scorecard if left out.
            fall_points (int; default 15): A fall by this many points or more is steep, from 1 to 100.
            fall_days (int; default 30): How many days lie between the two scores that are compared, from 1
                to 3660.
            term_days (int; default 90): A suspicion is imminent if a contract falls due within this many
                days, from 0 to 3660.
            definitions (Definitions, or a dict of switches; default None): What every number means; the
                portfolio's definitions if left out.

        Returns:
            Table. A row for each customer who pays or has paid, in the order of their names (by bytes). Its
            columns:
                customer_id (str): The customer.
                state (str): How it stands.
                reasons (list of str): Why: `worst_band`, `steep_fall`, `term_ends_soon`, `term_over`,
                    `partial_notice`, `notice_given` and `stopped_paying`, those that there are, in this
                    order.
                score (float): The score; absent where there is none.
                band (str): The band, also one that a person has set; absent where there is neither.
                change (float): The score less that of `fall_days` before, by what was known then; absent
                    where either is.
                term_end (datetime.date): The first day on which a contract in force falls due: the end of
                    its term, of a further one where it renews itself, or its own end where that is earlier
                    or the only one; absent where none is known.
                ends_on (datetime.date): The day on which the customer stops paying, or did; absent where
                    nobody knows.
                mrr (Decimal, in the portfolio's currency): MRR at the close of the day; of one who has
                    left, at its last close.

        Raises:
            InvalidInput: the data is at fault; codes too_many_digits, second_currency, overflow.
            InvalidArgument: the call is at fault; codes invalid_date, date_out_of_range, limit_exceeded,
                unknown_argument, missing_argument, invalid_argument, unknown_attribute, unknown_switch,
                invalid_switch, invalid_scorecard, not_available.

        Source:
            The eighth principle, know your metrics, of "Customer Success" by Mehta, Steinman and Murphy
            asks how a suspected churn differs from an imminent one.
        """

    def backtest(
        self,
        as_of_days: Sequence[date | str],
        horizon_days: int,
        *,
        scorecard: Scorecard | Mapping[str, Any] | None = None,
        contraction_share: float | None = None,
        resamples: int = 1000,
        definitions: Definitions | Switches | None = None,
        known_on: date | str | None = None,
    ) -> Backtest:
        """Whether health scores foretold whom the company lost, by what was known on days that have passed.

        Of the customers who paid on a day, had given no notice and have a score, those are events who were
        lost within the horizon. The verdict is better only if the score beats every baseline - chance,
        tenure, MRR, days since an engagement, growth in 90 days - by more than chance in the customers
        explains, with at least 20 customers lost and 20 kept.

        Arguments:
            as_of_days (list of datetime.date, or of str like 2026-01-31): The days that scores are looked
                at from, each once; those whose horizon is not observed to its end are dropped whole.
            horizon_days (int): How many days after each of them are looked at for what customers did, from
                1 to 3660.
            scorecard (Scorecard, or a dict of one; default None): What makes a score; the standard
                scorecard if left out.
            contraction_share (float; default None): A customer counts as lost, too, who comes to pay less
                than it did on the day by more than this share, at most 6 decimals; only churn counts if
                left out.
            resamples (int; default 1000): How often the customers are drawn for intervals, from 100 to
                100000.
            definitions (Definitions, or a dict of switches; default None): What every number means; the
                portfolio's definitions if left out.
            known_on (datetime.date, or str like 2026-01-31; default None): Only what was known at the close
                of this day; days whose horizon ends after it are dropped.

        Returns:
            Backtest. A verdict, and the tables that it rests on. Its attributes:
                auc (float): The chance that of one lost and one kept the lost one had the lower score, ties
                    counting one half; absent where there are not both.
                verdict (str): Whether the score is better than every baseline.
                summary (Table): What it comes to, in one row.
                    verdict (str): Whether the score is better than every baseline.
                    reason (str): Why.
                    horizon_days (int): How many days after each day were looked at.
                    contraction_share (float): The share of MRR that a customer may lose without being lost;
                        absent where only churn counts.
                    observed_until (datetime.date): The last day of which all is known; absent of a book
                        without rows.
                    days (int): Days that are used: their horizon is observed to its end.
                    dropped_days (int): Days that were asked for and dropped whole, since it is not.
                    customers (int): Customers that are tested on some day.
                    lost_customers (int): Of these, those who were lost within the horizon of some day.
                    kept_customers (int): Of these, those who were kept through the horizon of some day.
                    observations (int): Customers on days that are tested.
                    events (int): Of these, those with an event: the customer was lost within the horizon.
                    event_rate (float): Events over observations.
                    announced (int): Customers on days whose notices made the event already: it is no
                        prediction.
                    announced_events (int): Of these, those who were lost within the horizon.
                    already_churned (int): Customers on days who, as was learnt later, did not pay any more.
                    unscored (int): Customers on days of whom there was too little evidence for a score.
                    unscored_events (int): Of these, those who were lost within the horizon.
                    auc (float): The chance that of one lost and one kept the lost one had the lower score,
                        ties one half; absent where there are not both.
                    auc_low (float): The lower end of its interval, at 95%.
                    auc_high (float): The upper end of it.
                    lift (float): The event rate of the tenth with the lowest scores, over that of all.
                    losses (int): Losses: customers with the day on which they were lost.
                    warned_losses (int): Of these, those of customers who had been in their worst band on a
                        day whose horizon holds that day.
                    median_warning_days (int): The median of the days from the first such day to the loss;
                        the lower one of two.
                    resamples (int): How often customers were drawn.
                baselines (Table): The score beside every baseline, a row for each: chance, tenure, mrr,
                    days_since_engagement, quarterly_growth.
                    baseline (str): The baseline.
                    observations (int): Observations of which it says something; both are compared over
                        these.
                    events (int): Of these, those with an event.
                    auc (float): The chance that of one lost and one kept the baseline saw the greater risk
                        in the lost one, ties one half; absent where there are not both.
                    score_auc (float): That of the score over the same observations.
                    difference (float): The latter less the former.
                    difference_low (float): The lower end of its interval, at 95%.
                    difference_high (float): The upper end of it.
                    is_beaten (bool): Whether the lower end is above zero. A baseline that says nothing of
                        anybody is not, and the verdict does not ask that it be.
                by_band (Table): What became of the customers of each band, a row for each, in the order of
                    the scorecard.
                    band (str): The band of the score: those that persons have set are left aside.
                    observations (int): Observations in it.
                    events (int): Of these, those with an event.
                    precision (float): The share of the band's observations that has an event; absent where
                        there are none.
                    recall (float): The share of all events that is in the band; absent where there are
                        none.
                    median_lead_days (int): The median of the days to the events, the lower one of two;
                        absent where there are none.
                calibration (Table): How often customers of each score were lost, a row for each ten points.
                    score_from (int): The least score of the bin.
                    score_to (int): The score before which it ends; the last bin holds 100 too.
                    observations (int): Observations in it.
                    mean_score (float): The mean of their scores; absent where there are none, as are all
                        that follow.
                    events (int): Those with an event.
                    event_rate (float): Events over observations.
                    event_rate_low (float): The lower end of its Wilson interval, at 95%, as if all
                        observations were of customers of their own.
                    event_rate_high (float): The upper end of it.
                lift (Table): How many of the lost are among the lowest scores, a row for each tenth of the
                    observations.
                    decile (int): From 1, the lowest scores, to 10.
                    observations (int): Observations in it: tenths begin and end at whole ones.
                    events (float): Those with an event; of equal scores each tenth has its share of events,
                        so that it can be a fraction.
                    event_rate (float): Events over observations; absent where there are none.
                    lift (float): The event rate over that of all; absent where there are no events at all.
                    cumulative_recall (float): The share of all events that this tenth and those before it
                        have.
                    lowest_score (float): The lowest score in it; absent where there are no observations.
                    highest_score (float): The highest one.
                days (Table): How the test went on each day that was asked for, a row for each, in their
                    order.
                    as_of (datetime.date): The day.
                    is_used (bool): Whether its horizon is observed to its end; all that follows is absent
                        where it is not.
                    customers (int): Customers who paid, as was known then.
                    announced (int): Of these, those who had given notice.
                    already_churned (int): Of the others, those who did not pay any more, as was learnt
                        later.
                    unscored (int): Of the others, those of whom there was too little evidence for a score.
                    observations (int): All others: those who are tested.
                    events (int): Of these, those with an event.
                    event_rate (float): Events over observations.
                    mean_score (float): The mean of the scores.
                    auc (float): The chance that of one lost and one kept the lost one had the lower score,
                        of this day alone.
                    population_stability_index (float): How far the scores have moved since the first day
                        that has any: the population stability index over bins of ten points, with half an
                        observation added to each.

        Raises:
            InvalidInput: the data is at fault; codes too_many_digits, second_currency, overflow.
            InvalidArgument: the call is at fault; codes invalid_date, date_out_of_range, limit_exceeded,
                unknown_argument, missing_argument, invalid_argument, unknown_attribute, unknown_switch,
                invalid_switch, invalid_scorecard, not_available.

        Source:
            The area under the curve by the count of pairs (Hanley and McNeil, 1982), the percentile
            interval of B. Efron, 1979, with the customer as the unit that is drawn.
        """

    def fit_scorecard(
        self,
        as_of_days: Sequence[date | str],
        horizon_days: int,
        *,
        scorecard: Scorecard | Mapping[str, Any] | None = None,
        train_until: date | str | None = None,
        penalty: float = 1,
        contraction_share: float | None = None,
        resamples: int = 1000,
        definitions: Definitions | Switches | None = None,
        known_on: date | str | None = None,
    ) -> Scorecard:
        """A scorecard whose weights are fitted to whom the company lost.

        Measures and curves are those of the scorecard; the weights come of a logistic regression on the
        measures' scores with coefficients from 0 up. It is fitted to the first of the days and tested on
        the last, with the horizon between them. What was found stands in the scorecard, under fitted.

        Arguments:
            as_of_days (list of datetime.date, or of str like 2026-01-31): The days that scores are looked
                at from, each once; those whose horizon is not observed to its end are dropped whole.
            horizon_days (int): How many days after each of them are looked at for what customers did, from
                1 to 3660.
            scorecard (Scorecard, or a dict of one; default None): What makes a score; the standard
                scorecard if left out.
            train_until (datetime.date, or str like 2026-01-31; default None): The last day that is fitted
                to; if left out the last one that leaves a third of the days to the test.
            penalty (float; default 1): What half the sum of the squares of coefficients is multiplied by:
                the greater, the more alike the weights; from 0.001 to 1000000.
            contraction_share (float; default None): A customer counts as lost, too, who comes to pay less
                than it did on the day by more than this share, at most 6 decimals; only churn counts if
                left out.
            resamples (int; default 1000): How often the customers are drawn for intervals, from 100 to
                100000.
            definitions (Definitions, or a dict of switches; default None): What every number means; the
                portfolio's definitions if left out.
            known_on (datetime.date, or str like 2026-01-31; default None): Only what was known at the close
                of this day; days whose horizon ends after it are dropped.

        Returns:
            Scorecard. The scorecard.

        Raises:
            InvalidInput: the data is at fault; codes too_many_digits, second_currency, overflow.
            InvalidArgument: the call is at fault; codes invalid_date, date_out_of_range, limit_exceeded,
                unknown_argument, missing_argument, invalid_argument, unknown_attribute, unknown_switch,
                invalid_switch, invalid_scorecard, too_few_events, not_available.

        Source:
            Logistic regression with a penalty on squares, coefficients held from 0 up by the active set of
            Lawson and Hanson, 1974.
        """

    def partial(self, operation: str, /, *arguments: Any, **options: Any) -> bytes:
        """The result of an operation on a part of the customers, as bytes for `merge`."""
    def table(self, name: str) -> Table:
        """What was loaded: the accepted rows of a table, such as `contracts`, with the columns that were given.

        A synthetic portfolio shows its other tables too, `truth` among them.
        """
    @property
    def load_report(self) -> LoadReport:
        """What became of every row that was read."""
    @property
    def observed_until(self) -> date | None:
        """The last day of which the data tells: the one given, or else the latest on which a row became known."""
    @property
    def currency(self) -> str:
        """The reporting currency."""
    @property
    def definitions(self) -> Definitions:
        """The definitions that operations follow unless they are given others."""

@final
class Scorecard:
    """What makes a health score, as data: measures with their curves and weights, groups, bands, profiles, overrides."""

    @staticmethod
    def from_json(text: str) -> Scorecard:
        """Reads a scorecard from JSON."""
    @staticmethod
    def standard() -> Scorecard:
        """The standard scorecard: nine kinds of evidence by the reserved signals and the tables of facts."""
    @staticmethod
    def json_schema() -> str:
        """The JSON Schema of scorecards, for editors and forms."""
    @property
    def name(self) -> str:
        """Its name."""
    @property
    def fingerprint(self) -> str:
        """SHA-256 of the canonical JSON, in hexadecimal."""
    @property
    def fitted(self) -> dict[str, Any] | None:
        """What its weights were fitted to, and how the test went; None of one that was not fitted."""
    def to_json(self) -> str:
        """The canonical JSON."""
    def lint(self, portfolio: Portfolio | None = None) -> list[dict[str, Any]]:
        """What it says and hardly means, of itself or of a portfolio: a list of dicts like problems."""
    def __eq__(self, other: object, /) -> bool: ...
    def __ne__(self, other: object, /) -> bool: ...
    def __hash__(self) -> int: ...
    def __reduce__(self) -> tuple[Any, tuple[str]]: ...

@final
class Table:
    """A result: named columns of one length, with metadata."""

    def __arrow_c_stream__(self, requested_schema: object | None = None) -> object:
        """The table as a stream of Arrow."""
    def to_dicts(self) -> list[dict[str, Any]]:
        """A dict for each row: money as `decimal.Decimal`, days as `datetime.date`, absent as `None`."""
    def to_pandas(self) -> Any:
        """A pandas data frame of Arrow types, so that money stays exact. Needs pandas and pyarrow."""
    def to_polars(self) -> Any:
        """A polars data frame. Needs polars."""
    def to_csv(self) -> str:
        """CSV with a header. Text that a spreadsheet would run as a formula gets a `'` in front."""
    def to_json(self) -> str:
        """The canonical JSON: the bytes that are the same in every language."""
    @staticmethod
    def from_json(text: str) -> Table:
        """Reads what `to_json` wrote."""
    @property
    def columns(self) -> list[str]:
        """The names of the columns, in their fixed order."""
    @property
    def metadata(self) -> dict[str, Any]:
        """What the table was computed with: version, operation, currency, definitions, fingerprint, days."""
    def __len__(self) -> int: ...
    def __eq__(self, other: object, /) -> bool: ...
    def __reduce__(self) -> tuple[Any, tuple[str]]: ...
    def _repr_html_(self) -> str: ...
    def to_html(self) -> str:
        """The first rows as an HTML table, everything that came from data escaped."""
    @property
    def pictures(self) -> list[str]:
        """The pictures that the result has; the first is drawn where none is named."""
    def to_svg(self, picture: str | None = None, *, locale: Literal["en", "ja"] = "en") -> str:
        """A picture as SVG; text from data is escaped."""
    def to_vega_lite(self, picture: str | None = None, *, locale: Literal["en", "ja"] = "en") -> dict[str, Any]:
        """A picture as a specification of Vega-Lite with its data."""
    def plot(self, picture: str | None = None, *, locale: Literal["en", "ja"] = "en") -> Any:
        """A picture that a notebook shows: a chart of altair where that is installed, else the SVG."""
    @property
    def schema(self) -> str:
        """The name of the table's shape, such as `movements`."""

@final
class Drilldown:
    """The five questions that drill down from a churn rate, each answered in a sentence."""

    @property
    def answers(self) -> Table:
        """The answer to each question in a sentence, a row for each."""
    @property
    def expansion(self) -> Table:
        """What became of the MRR of customers, a row for each change: expanded, unchanged, contracted, lost."""
    @property
    def churn_by_industry(self) -> Table:
        """Which industry churns most, a row for each, in their order (by bytes)."""
    @property
    def products(self) -> Table:
        """How each product is kept, and how it grows, a row for each, in their order (by bytes)."""
    @property
    def first_renewals(self) -> Table:
        """By how much the discount changes at the first renewal, a row for each outcome: renewed, lost, pending."""
    @property
    def long_standing(self) -> Table:
        """What customers of long standing pay now, against what they started with, a row for those who stay and one for the lost."""
    def to_json(self) -> str:
        """The canonical JSON of all of it."""

@final
class Review:
    """How a company stands by the principles of customer success, what was found, and what to do."""

    @property
    def summary(self) -> Table:
        """What the review comes to, in one row."""
    @property
    def verdicts(self) -> Table:
        """How the company stands by each principle, a row for each, in the order of the edition."""
    @property
    def checks(self) -> Table:
        """What was asked, how much of it could be assessed, and what evidence is missing, a row for each question."""
    @property
    def findings(self) -> Table:
        """What was found, a row for each: of the company, then of segments, then of customers; the largest MRR at stake first, then by name."""
    @property
    def evidence(self) -> Table:
        """What was measured for findings, beside thresholds, a row for each value, in the order of the findings."""
    @property
    def comparisons(self) -> Table:
        """Segments, channels and sellers against the rest, a row for each value of each column that customers have."""
    @property
    def value_incidence(self) -> Table:
        """Which share of the customers has got value after how many days, and which had left by then, as `value_incidence` tells it."""
    @property
    def plays(self) -> Table:
        """The plays that were proposed first for some finding, a row for each, in the order of the catalogue."""
    @property
    def resolved(self) -> Table:
        """What an earlier review found and this one does not, a row for each; none where no earlier one was given."""
    @property
    def exclusions(self) -> Table:
        """Who is left out by the settings, a row for each exclusion that holds of a customer who pays, in the order of their names (by bytes)."""
    def to_markdown(self, *, locale: Literal["en", "ja"] = "en") -> str:
        """The review for people, as Markdown, without pictures."""
    def to_html(self, *, locale: Literal["en", "ja"] = "en") -> str:
        """The review for people, as a page of its own that loads nothing, with pictures where the build has them."""
    def to_json(self) -> str:
        """The canonical JSON of all of it."""

@final
class Backtest:
    """Whether health scores foretold whom the company lost, by what was known on days that have passed."""

    @property
    def auc(self) -> float | None:
        """The chance that of one lost and one kept the lost one had the lower score, ties counting one half; absent where there are not both."""
    @property
    def verdict(self) -> Literal["better", "not_shown"]:
        """Whether the score is better than every baseline."""
    @property
    def summary(self) -> Table:
        """What it comes to, in one row."""
    @property
    def baselines(self) -> Table:
        """The score beside every baseline, a row for each: chance, tenure, mrr, days_since_engagement, quarterly_growth."""
    @property
    def by_band(self) -> Table:
        """What became of the customers of each band, a row for each, in the order of the scorecard."""
    @property
    def calibration(self) -> Table:
        """How often customers of each score were lost, a row for each ten points."""
    @property
    def lift(self) -> Table:
        """How many of the lost are among the lowest scores, a row for each tenth of the observations."""
    @property
    def days(self) -> Table:
        """How the test went on each day that was asked for, a row for each, in their order."""
    def to_json(self) -> str:
        """The canonical JSON of all of it."""
