//! The members of the classes: in every language, or excused from one with a reason.

use crate::json::Json;

/// A class of the bindings, a type of Rust.
pub(super) struct Class {
    name: &'static str,
    members: &'static [Member],
}

/// A member by its name in Rust and Python.
struct Member {
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
        let member = |member: &Member| {
            let excused = member.excused.iter().map(|(language, reason)| (*language, Self::from(*reason)));
            Self::object([("name", Self::from(member.name)), ("excused", Self::object(excused))])
        };
        let members = class.members.iter().map(member).collect();
        Self::object([("name", Self::from(class.name)), ("members", Self::Array(members))])
    }
}
