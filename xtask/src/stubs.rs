//! The types of the Python module, written from the surface manifest.

use std::fmt::Write as _;

use cs_core::Json;

use crate::docstrings::{docstring, literal};
use crate::manifest::{gives, is_report, list, positional, text};

/// The text of `_native.pyi`.
pub(crate) fn python(surface: &Json) -> String {
    let mut out = String::from(HEAD);
    // Writing to a string cannot fail.
    let mut line = |text: String| _ = writeln!(out, "{text}");

    line("@type_check_only\nclass Switches(TypedDict, total=False):".to_owned());
    line("    \"\"\"The switches of `Definitions`, each optional.\"\"\"\n".to_owned());
    for switch in list(surface, "switches") {
        line(format!("    {}: {}", text(switch, "name"), given(switch)));
        line(format!("    \"\"\"{}\"\"\"", text(switch, "doc")));
    }
    line(String::from("\n@final\nclass Definitions:"));
    line(String::from("    \"\"\"What every number means, as data: every switch, each with a default.\"\"\"\n"));
    line(String::from("    def __new__("));
    line(String::from("        cls,\n        *,"));
    for switch in list(surface, "switches") {
        let name = text(switch, "name");
        line(format!("        {name}: {} = {},", given(switch), literal(switch.get("default"))));
    }
    line(String::from("    ) -> Self: ..."));
    for switch in list(surface, "switches") {
        let name = text(switch, "name");
        line(format!("    @property\n    def {name}(self) -> {}: ...", held(switch)));
    }
    line(DEFINITIONS.trim_end().to_owned());
    line(String::from("\n@final\nclass Portfolio:"));
    line(String::from("    \"\"\"A validated book of contracts and customers; never changed once made.\"\"\"\n"));
    for constructor in list(surface, "constructors") {
        line(String::from("    @staticmethod"));
        line(method(surface, constructor, false, "Portfolio"));
    }
    for operation in list(surface, "operations") {
        line(method(surface, operation, true, &gives(operation)));
    }
    line(PORTFOLIO.trim_matches('\n').to_owned());
    let locale = list(surface, "picture").iter().find(|parameter| text(parameter, "name") == "locale");
    out.push_str(&TAIL.replace("LOCALE", &locale.map(keyword).unwrap_or_default()));
    list(surface, "operations").iter().filter(is_report).for_each(|operation| report(&mut out, operation));
    out
}

/// A report that an operation gives.
fn report(out: &mut String, operation: &Json) {
    let doc = text(operation, "doc").split("\n\n").next().unwrap_or_default();
    let _ = write!(out, "\n@final\nclass {}:\n    \"\"\"{doc}\"\"\"\n\n", gives(operation));
    let figure = |figure: &Json| {
        let kind = match text(figure, "kind") {
            "ratio" => "float".to_owned(),
            "count" => "int".to_owned(),
            _ if figure.get("choices").is_some() => choice(figure),
            _ => "str".to_owned(),
        };
        if figure.get("nullable") == Some(&Json::Flag(true)) { kind + " | None" } else { kind }
    };
    let figures = list(operation, "figures").iter().map(|one| (one, figure(one), "doc"));
    let tables = list(operation, "tables").iter().map(|table| (table, "Table".to_owned(), "rows"));
    for (one, kind, doc) in figures.chain(tables) {
        let (name, doc) = (text(one, "name"), text(one, doc));
        let _ = write!(out, "    @property\n    def {name}(self) -> {kind}:\n        \"\"\"{doc}\"\"\"\n");
    }
    for form in list(operation, "forms") {
        let (name, doc) = (text(form, "name"), text(form, "doc"));
        let _ = write!(
            out,
            "    def to_{name}(self, *, locale: Literal[\"en\", \"ja\"] = \"en\") -> str:\n        \"\"\"{doc}\"\"\"\n"
        );
    }
    out.push_str("    def to_json(self) -> str:\n        \"\"\"The canonical JSON of all of it.\"\"\"\n");
}

/// The signature of an operation: positional arguments first, all others by keyword.
fn method(surface: &Json, operation: &Json, of_self: bool, gives: &str) -> String {
    let name = text(operation, "name");
    let mut out = format!("    def {name}(\n");
    if of_self {
        out.push_str("        self,\n");
    }
    for (place, parameter) in list(operation, "parameters").iter().enumerate() {
        if place == positional(operation).len() {
            out.push_str("        *,\n");
        }
        let _ = writeln!(out, "        {},", keyword(parameter));
    }
    let _ = write!(out, "    ) -> {gives}:\n        \"\"\"");
    for (number, line) in docstring(surface, operation).lines().enumerate() {
        let margin = if number == 0 || line.is_empty() { "" } else { "        " };
        let _ = writeln!(out, "{margin}{line}");
    }
    out.push_str("        \"\"\"\n");
    out
}

/// The text of `_calculations.py`: the functions on plain numbers.
pub(crate) fn calculations(surface: &Json) -> String {
    let mut out = String::from(CALCULATIONS);
    for function in list(surface, "calculations") {
        let name = text(function, "name");
        let parameters = list(function, "parameters");
        let _ = write!(out, "\n\ndef {name}({}", if parameters.is_empty() { "" } else { "\n" });
        for (place, parameter) in parameters.iter().enumerate() {
            if place == positional(function).len() {
                out.push_str("    *,\n");
            }
            let _ = writeln!(out, "    {},", keyword(parameter));
        }
        out.push_str(") -> Table:\n    \"\"\"");
        for (number, line) in docstring(surface, function).lines().enumerate() {
            let margin = if number == 0 || line.is_empty() { "" } else { "    " };
            let _ = writeln!(out, "{margin}{line}");
        }
        let names = parameters.iter().map(|parameter| text(parameter, "name"));
        let given: String = names.map(|name| format!(", {name}={name}")).collect();
        let _ = writeln!(out, "    \"\"\"\n    return calculated(\"{name}\"{given})");
    }
    out
}

const CALCULATIONS: &str = r#"# Written by `cargo xtask surface` from the core's description of itself; not edited by hand.
"""Functions on plain numbers."""

from __future__ import annotations

from typing import TYPE_CHECKING

from customer_success._arrays import calculated

if TYPE_CHECKING:
    from collections.abc import Sequence

    from customer_success._native import Table, _Array
"#;

/// An argument with its type and its default.
fn keyword(parameter: &Json) -> String {
    let kind = or_none(parameter, argument(parameter));
    let default = parameter.get("default").map(|value| format!(" = {}", literal(Some(value)))).unwrap_or_default();
    format!("{}: {kind}{default}", text(parameter, "name"))
}

fn argument(parameter: &Json) -> String {
    match text(parameter, "takes") {
        "table" => "_TableLike",
        "file" => "str | PathLike[str] | bytes | bytearray | memoryview | BinaryIO",
        "date" => "date | str",
        "flag" => "bool",
        "count" => "int",
        "amount" => "Decimal | int | str",
        "dates" => "Sequence[date | str]",
        "number" | "share" => "float",
        "numbers" => "Sequence[float] | _Array",
        "flags" => "Sequence[bool | int] | _Array",
        "counts" => "Sequence[int] | _Array",
        "texts" => "Sequence[str] | _Array",
        "texts_or_null" => "Sequence[str | None] | _Array",
        "definitions" => "Definitions | Switches",
        "scorecard" => "Scorecard | Mapping[str, Any]",
        "touch_model" => "Mapping[str, Any]",
        "targets" => "Mapping[str, Decimal | str | float | Mapping[str, Decimal | str | float] | Mapping[date, Decimal | str | float]]",
        "review_settings" => "Mapping[str, Any]",
        "review" => "Review | str | Mapping[str, Any]",
        "benchmarks" => "Sequence[Mapping[str, str | float]]",
        "names" => "str | Sequence[str]",
        "limits" => "Mapping[str, int]",
        "columns" => "Mapping[str, Mapping[str, str]]",
        "choice" => return choice(parameter),
        _ => "str",
    }
    .to_owned()
}

fn choice(parameter: &Json) -> String {
    let words = list(parameter, "choices").iter().map(ToString::to_string).collect::<Vec<_>>();
    format!("Literal[{}]", words.join(", "))
}

/// What a switch takes.
fn given(switch: &Json) -> String {
    let kind = match text(switch, "takes") {
        "choice" => choice(switch),
        "choices" => format!("Collection[{}]", choice(switch)),
        "count" => "int".to_owned(),
        "flag" => "bool".to_owned(),
        "date" => "date | str".to_owned(),
        _ => "str".to_owned(),
    };
    or_none(switch, kind)
}

/// What a switch is read as.
fn held(switch: &Json) -> String {
    let kind = match text(switch, "takes") {
        "choices" => format!("list[{}]", choice(switch)),
        "date" => "date".to_owned(),
        _ => return given(switch),
    };
    or_none(switch, kind)
}

/// What may be absent, since that is its default.
fn or_none(switch: &Json, kind: String) -> String {
    if switch.get("default") == Some(&Json::Null) { kind + " | None" } else { kind }
}

const HEAD: &str = r#"# Written by `cargo xtask surface` from the core's description of itself; not edited by hand.

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

"#;

const DEFINITIONS: &str = r#"
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
"#;

const PORTFOLIO: &str = r#"
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
"#;

const TAIL: &str = r#"
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
    def to_svg(self, picture: str | None = None, *, LOCALE) -> str:
        """A picture as SVG; text from data is escaped."""
    def to_vega_lite(self, picture: str | None = None, *, LOCALE) -> dict[str, Any]:
        """A picture as a specification of Vega-Lite with its data."""
    def plot(self, picture: str | None = None, *, LOCALE) -> Any:
        """A picture that a notebook shows: a chart of altair where that is installed, else the SVG."""
    @property
    def schema(self) -> str:
        """The name of the table's shape, such as `movements`."""
"#;
