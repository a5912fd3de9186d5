# Written by `cargo xtask surface` from the core's description of itself; not edited by hand.

from collections.abc import Collection, Mapping, Sequence
from datetime import date
from decimal import Decimal
from os import PathLike
from typing import Any, BinaryIO, Literal, Protocol, Self, TypeAlias, TypedDict, Unpack, final, type_check_only

from customer_success._report import LoadReport

@type_check_only
class ArrowStream(Protocol):
    """Any object that exports a stream of Arrow: pandas, polars, pyarrow, duckdb, Spark."""

    def __arrow_c_stream__(self, requested_schema: object | None = None) -> object: ...

_TableLike: TypeAlias = ArrowStream | Sequence[Mapping[str, Any]] | Mapping[str, Sequence[Any]]

__version__: str

def surface() -> str:
    """The surface manifest: what every language offers, as canonical JSON."""

def exemplar() -> Table:
    """A table of every scalar kind."""

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
    """What counts of a customer first seen in a period that has no MRR at both of its ends: both movements or neither."""
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

Every problem of every row is found and located, in the error or, with `on_invalid="reject"`, in the load report."""
    @staticmethod
    def from_csv(
        contracts: str | PathLike[str] | bytes | bytearray | memoryview | BinaryIO,
        *,
        customers: str | PathLike[str] | bytes | bytearray | memoryview | BinaryIO | None = None,
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

Every problem of every row is found and located, in the error or, with `on_invalid="reject"`, in the load report."""
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

For every period `opening_mrr + new_mrr + reactivation_mrr + expansion_mrr - contraction_mrr - churned_mrr + fx_mrr = closing_mrr`, and its closing is the next one's opening."""
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

Every flow of `movements` is rows of the journal summed."""

    def table(self, name: str) -> Table:
        """What was loaded: the accepted rows of `contracts` or `customers` with the columns that were given."""
    @property
    def load_report(self) -> LoadReport:
        """What became of every row that was read."""
    @property
    def currency(self) -> str:
        """The reporting currency."""
    @property
    def definitions(self) -> Definitions:
        """The definitions that operations follow unless they are given others."""

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
    def schema(self) -> str:
        """The name of the table's shape, such as `movements`."""
