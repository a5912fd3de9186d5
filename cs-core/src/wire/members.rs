//! Types, errors and the members of classes: in every language, or excused from one with a reason.

use crate::json::Json;

/// A class of the bindings, a type of Rust.
pub(super) struct Class {
    name: &'static str,
    members: &'static [Member],
}

/// A type, an error or a member by its name in Rust and Python.
pub(super) struct Member {
    name: &'static str,
    /// Languages that do without, each with the reason.
    excused: &'static [(&'static str, &'static str)],
}

const fn everywhere(name: &'static str) -> Member {
    Member { name, excused: &[] }
}

const fn but(name: &'static str, excused: &'static [(&'static str, &'static str)]) -> Member {
    Member { name, excused }
}

const HAS_LOAD_REPORT: &str = "the load report says how many rows were accepted";
const HAS_OBJECTS: &str = "an argument takes the host's own objects";
const HAS_ROWS: &str = "rows as dicts, columns as any data frame has them";
const HAS_ROWS_AND_COLUMNS: &str = "rows() and columns() give all cells as the host has them";
/// Types that are not everywhere; those of [`CLASSES`] are.
pub(super) const TYPES: &[Member] = &[
    but("Money", &[("python", "an amount is a Decimal"), ("javascript", "an amount is a string")]),
    but("Currency", &[("python", IS_A_CODE), ("javascript", IS_A_CODE)]),
    but("Ratio", &[("python", "a ratio is a float or None"), ("javascript", "a ratio is a number or null")]),
    but("Day", &[("python", "a day is a date"), ("javascript", "a day is a string")]),
    but("Calendar", &[("python", HAS_PERIODS), ("javascript", HAS_PERIODS)]),
    but("Load", &[("python", TAKES_ALL_AT_ONCE), ("javascript", TAKES_ALL_AT_ONCE)]),
    but("RangeQuery", &[("python", TAKES_ALL_AT_ONCE), ("javascript", TAKES_ALL_AT_ONCE)]),
    but(
        "Watch",
        &[
            ("python", "a call is stopped by what interrupts Python; progress is told to Rust alone"),
            ("javascript", "nothing else runs before a call returns, so that nothing can follow or stop it"),
        ],
    ),
];

/// The kinds of errors.
pub(super) const ERRORS: &[Member] = &[
    everywhere("InvalidInput"),
    everywhere("InvalidArgument"),
    but(
        "Cancelled",
        &[
            ("python", "a call that is stopped raises what stopped it, such as KeyboardInterrupt"),
            ("javascript", "nothing else runs before a call returns, so that nothing can stop it"),
        ],
    ),
    everywhere("InternalError"),
];

const IS_A_CODE: &str = "a currency is its code";
const HAS_PERIODS: &str = "rows have the first day of their period and the day after its last";
const TAKES_ALL_AT_ONCE: &str = "a call takes its arguments by name, all at once";
const IS_TYPED: &str = "the typed result has typed rows, the table typed columns";

pub(super) const CLASSES: &[Class] = &[
    Class {
        name: "Portfolio",
        members: &[
            everywhere("from_tables"),
            everywhere("from_csv"),
            everywhere("movements"),
            everywhere("journal"),
            everywhere("table"),
            everywhere("load_report"),
            everywhere("currency"),
            everywhere("definitions"),
            but("contract_count", &[("python", HAS_LOAD_REPORT), ("javascript", HAS_LOAD_REPORT)]),
            but("customer_count", &[("python", HAS_LOAD_REPORT), ("javascript", HAS_LOAD_REPORT)]),
            but("free", &[("rust", "it is dropped"), ("python", "it is collected")]),
        ],
    },
    Class {
        name: "Definitions",
        members: &[
            everywhere("replace"),
            everywhere("diff"),
            everywhere("fingerprint"),
            everywhere("to_json"),
            everywhere("from_json"),
            but("to_object", &[("python", HAS_OBJECTS), ("javascript", HAS_OBJECTS)]),
            but("from_object", &[("python", HAS_OBJECTS), ("javascript", HAS_OBJECTS)]),
        ],
    },
    Class {
        name: "Table",
        members: &[
            everywhere("schema"),
            everywhere("columns"),
            everywhere("metadata"),
            everywhere("len"),
            everywhere("to_json"),
            everywhere("to_csv"),
            everywhere("to_html"),
            but("from_json", &[("javascript", "JSON.parse gives the rows and all else that is in it")]),
            but("rows", &[("rust", IS_TYPED), ("python", HAS_ROWS)]),
            but("column", &[("python", HAS_ROWS), ("javascript", HAS_ROWS_AND_COLUMNS)]),
            but("cell", &[("python", HAS_ROWS), ("javascript", HAS_ROWS_AND_COLUMNS)]),
            but("to_dicts", &[("rust", IS_TYPED), ("javascript", HAS_ROWS_AND_COLUMNS)]),
            but("to_pandas", &[("rust", "pandas is Python's"), ("javascript", "pandas is Python's")]),
            but("to_polars", &[("rust", "polars takes the columns"), ("javascript", HAS_ROWS_AND_COLUMNS)]),
        ],
    },
];

impl From<&Class> for Json {
    fn from(class: &Class) -> Self {
        let members = class.members.iter().map(Self::from).collect();
        Self::object([("name", Self::from(class.name)), ("members", Self::Array(members))])
    }
}

impl From<&Member> for Json {
    fn from(member: &Member) -> Self {
        let excused = member.excused.iter().map(|(language, reason)| (*language, Self::from(*reason)));
        Self::object([("name", Self::from(member.name)), ("excused", Self::object(excused))])
    }
}
