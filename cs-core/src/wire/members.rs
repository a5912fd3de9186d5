//! Types, errors and the members of classes: in every language, or excused from one with a reason.

use super::{CONSTRUCTORS, Gives, OPERATIONS};
use crate::json::Json;

/// Languages that do without, each with the reason.
type Excused = &'static [(&'static str, &'static str)];

/// A class of the bindings, a type of Rust.
struct Class {
    name: &'static str,
    members: &'static [Member],
}

/// A type, an error or a member by its name in Rust and Python.
pub(super) struct Member {
    name: &'static str,
    excused: Excused,
}

const fn everywhere(name: &'static str) -> Member {
    Member { name, excused: &[] }
}

const fn but(name: &'static str, excused: Excused) -> Member {
    Member { name, excused }
}

const HAS_LOAD_REPORT: &str = "the load report says how many rows were accepted";
const LINT_TAKES_ONE: &str = "lint takes a portfolio";
#[cfg(feature = "forecast")]
const IS_CALLED: &str = "the class itself is called with both parameters";
const HAS_LEN: &str = "its length says so";
const HAS_MANIFEST: &str = "the surface manifest says what each switch takes";
const HAS_OBJECTS: &str = "an argument takes the host's own objects";
const HAS_ROWS: &str = "rows as dicts, columns as any data frame has them";
const HAS_ROWS_AND_COLUMNS: &str = "rows() and columns() give all cells as the host has them";
const IS_RENDERED: &str = "a picture is rendered at once, by to_svg or to_vega_lite";
const NOTEBOOKS: &str = "notebooks that show what a call gives are Python's";
const IS_TYPED: &str = "the typed result has typed rows, the table typed columns";

const ROWS: Excused = &[("python", "rows are dicts"), ("javascript", "rows are objects")];

/// Types that are alike: their names, and why a language does without.
struct Types {
    names: &'static [&'static str],
    excused: Excused,
}

/// Every type that Rust offers, beside the results of operations.
const TYPES: &[Types] = &[
    Types { names: &["Portfolio", "Definitions", "Scorecard", "ShiftedBetaGeometric", "Table"], excused: &[] },
    Types {
        names: &["Subjects"],
        excused: &[
            ("python", "functions on plain numbers take lists and arrays"),
            ("javascript", "functions on plain numbers take lists and arrays"),
        ],
    },
    Types {
        names: &["TouchModel"],
        excused: &[("python", "a model is a dict"), ("javascript", "a model is a plain object")],
    },
    Types {
        names: &["ReviewSettings"],
        excused: &[("python", "settings are a dict"), ("javascript", "settings are a plain object")],
    },
    Types {
        names: &["Problem", "LoadReport"],
        excused: &[("javascript", "they are plain objects, with types for the compiler")],
    },
    Types {
        names: &["Money", "Currency", "Ratio", "Day", "Month", "Fraction", "ExtraDigits"],
        excused: &[
            ("python", "amounts are Decimal, days are date, the others str, int and float"),
            ("javascript", "amounts and days are strings, the others strings and numbers"),
        ],
    },
    Types {
        names: &[
            "PeriodLength",
            "Sampling",
            "ChurnDate",
            "Discounts",
            "Paused",
            "Fx",
            "ContractKind",
            "ReactivationAs",
            "SamePeriodNewAndChurn",
            "RenewalUnit",
            "OnInvalid",
            "ExtraColumns",
            "Duplicates",
            "BillingPeriod",
            "ContractSource",
            "ChurnKind",
            "ReservedSignal",
            "EngagementKind",
            "EngagementChannel",
            "SurveyKind",
            "MilestoneName",
            "Evidence",
            "Aggregate",
            "Missing",
            "HealthState",
            "OutlookState",
            "OutlookReason",
            "RenewalOutcome",
            "RenewalTiming",
            "LossSource",
            "ValueState",
            "ValueTiming",
            "WaitEnd",
            "Phase",
            "PhaseEvidence",
            "LoyaltyKind",
            "AttitudinalSign",
            "DisaffectedSign",
            "BehaviouralSign",
            "MissingTable",
            "TouchTier",
            "CustomerValue",
            "DrilldownQuestion",
            "CustomerChange",
            "FirstRenewalOutcome",
            "ContractSizeStanding",
            "Kpi",
            "KpiUnit",
            "KpiState",
            "KpiTrend",
            "Good",
            "Principle",
            "Edition",
            "Check",
            "FindingScope",
            "Severity",
            "Verdict",
            "VerdictBasis",
            "MissingReason",
            "ReviewMeasure",
            "MeasureUnit",
            "Bound",
            "FindingState",
            "ResolvedBy",
            "CatalogueEntry",
            "CatalogueUnit",
            "Baseline",
            "BacktestVerdict",
            "BacktestReason",
            "HealthStanding",
            "MeasureState",
            "StakeholderRole",
            "FeedbackKind",
            "AdvocacyKind",
            "PracticeTopic",
            "ChurnCause",
            "PlantedFault",
            "Picture",
            "Locale",
            "MovementKind",
            "Level",
            "Unit",
            "Kind",
            "Reason",
            "Code",
            "UnknownWord",
        ],
        excused: &[
            ("python", "words are str, their choices in the types that checkers read"),
            ("javascript", "words are strings, their choices in the types that compilers read"),
        ],
    },
    Types {
        names: &[
            "Contract",
            "Customer",
            "Signal",
            "Engagement",
            "Case",
            "Survey",
            "Milestone",
            "Outcome",
            "Stakeholder",
            "Feedback",
            "Advocacy",
            "Action",
            "Pause",
            "Practice",
            "Difference",
        ],
        excused: ROWS,
    },
    Types {
        names: &[
            "Input",
            "InputColumn",
            "InputRows",
            "TextColumn",
            "Value",
            "Source",
            "Load",
            "Synthetic",
            "Query",
            "Operation",
            "Grouped",
            "KnownOn",
            "OverPeriods",
            "Additive",
            "Window",
            "Months",
            "WindowError",
            "Limits",
        ],
        excused: &[("python", TAKES_ITS_OWN), ("javascript", TAKES_ITS_OWN)],
    },
    Types {
        names: &[
            "Cell",
            "Column",
            "Values",
            "Nullable",
            "Texts",
            "TextList",
            "TextLists",
            "Metadata",
            "Report",
            "ReportForm",
            "TableReport",
            "Json",
            "Figure",
            "Axis",
            "Layer",
            "Marks",
            "Mark",
            "Role",
        ],
        excused: &[("python", GIVES_ITS_OWN), ("javascript", GIVES_ITS_OWN)],
    },
    Types { names: &["Partial"], excused: &[("python", ARE_BYTES), ("javascript", ARE_BYTES)] },
    Types {
        names: &["TableSpec", "ColumnSpec", "ColumnKind", "ColumnDoc", "TableDoc"],
        excused: &[("python", IS_IN_THE_MANIFEST), ("javascript", IS_IN_THE_MANIFEST)],
    },
    Types {
        names: &["Calendar", "Periods", "DayError"],
        excused: &[("python", HAS_PERIODS), ("javascript", HAS_PERIODS)],
    },
    Types { names: &["Error", "Problems"], excused: &[("python", IS_RAISED), ("javascript", IS_RAISED)] },
    Types {
        names: &["Watch", "Unwatched", "Stage"],
        excused: &[
            ("python", "a call is stopped by what interrupts Python; progress is told to Rust alone"),
            ("javascript", "nothing else runs before a call returns, so that nothing can follow or stop it"),
        ],
    },
];

const ARE_BYTES: &str = "partials are the host's own bytes";
#[cfg(any(feature = "backtest", feature = "rooms"))]
const IS_PLAIN: Excused = &[("javascript", "a report is a plain object")];
#[cfg(any(feature = "backtest", feature = "rooms"))]
const IS_A_REPORT: Excused = &[("rust", "it becomes a Report, which has it")];
const PARTIAL_MERGES: &str = "Partial has merge, result and to_bytes";
const TAKES_ITS_OWN: &str = "a call takes the host's own tables and values, all at once";
const GIVES_ITS_OWN: &str = "results are rows and columns of the host's own values";
const IS_IN_THE_MANIFEST: &str = "the surface manifest says the same";
const HAS_PERIODS: &str = "rows have the first day of their period and the day after its last";
const IS_RAISED: &str = "errors are exceptions, each kind a class";

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

/// Functions that belong to no class.
const MERGES: &[Member] =
    &[but("merge", &[("rust", PARTIAL_MERGES)]), but("merge_partials", &[("rust", PARTIAL_MERGES)])];

/// The same, and those on plain numbers, as the manifest has them.
pub(super) fn functions() -> Json {
    let merges = MERGES.iter().map(Json::from);
    #[cfg(feature = "forecast")]
    let merges = merges.chain(
        super::FUNCTIONS.iter().copied().flatten().map(|function| member(function.name, &[("rust", SUBJECTS_HAVE_IT)])),
    );
    Json::Array(merges.collect())
}

#[cfg(feature = "forecast")]
const SUBJECTS_HAVE_IT: &str = "Subjects has it";

/// The classes; those members of portfolios that are calls stand in lists of their own.
const CLASSES: &[Class] = &[
    Class {
        name: "Portfolio",
        members: &[
            but("partial", &[("rust", "every query that adds up has it")]),
            everywhere("table"),
            everywhere("load_report"),
            everywhere("observed_until"),
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
            but("takes_day", &[("python", HAS_MANIFEST), ("javascript", HAS_MANIFEST)]),
            but("calendar", &[("python", HAS_PERIODS), ("javascript", HAS_PERIODS)]),
        ],
    },
    Class {
        name: "Scorecard",
        members: &[
            everywhere("from_json"),
            everywhere("standard"),
            everywhere("json_schema"),
            everywhere("name"),
            everywhere("fingerprint"),
            everywhere("fitted"),
            everywhere("to_json"),
            everywhere("lint"),
            but("lint_for", &[("python", LINT_TAKES_ONE), ("javascript", LINT_TAKES_ONE)]),
            but("to_object", &[("python", HAS_OBJECTS), ("javascript", HAS_OBJECTS)]),
            but("from_object", &[("python", HAS_OBJECTS), ("javascript", HAS_OBJECTS)]),
        ],
    },
    #[cfg(feature = "forecast")]
    Class {
        name: "ShiftedBetaGeometric",
        members: &[
            but("new", &[("python", IS_CALLED), ("javascript", IS_CALLED)]),
            everywhere("fit"),
            everywhere("alpha"),
            everywhere("beta"),
            everywhere("alpha_error"),
            everywhere("beta_error"),
            everywhere("log_likelihood"),
            everywhere("survival"),
            everywhere("retention"),
            everywhere("discounted_lifetime"),
        ],
    },
    Class {
        name: "Table",
        members: &[
            everywhere("schema"),
            everywhere("columns"),
            everywhere("metadata"),
            everywhere("len"),
            but("is_empty", &[("python", HAS_LEN), ("javascript", HAS_LEN)]),
            everywhere("to_json"),
            everywhere("to_csv"),
            everywhere("to_html"),
            everywhere("pictures"),
            but("figure", &[("python", IS_RENDERED), ("javascript", IS_RENDERED)]),
            but("to_svg", &[("rust", "a Figure has it")]),
            but("to_vega_lite", &[("rust", "a Figure has it")]),
            but("plot", &[("rust", NOTEBOOKS), ("javascript", NOTEBOOKS)]),
            but("from_json", &[("javascript", "JSON.parse gives the rows and all else that is in it")]),
            but("rows", &[("rust", IS_TYPED), ("python", HAS_ROWS)]),
            but("column", &[("python", HAS_ROWS)]),
            but("cell", &[("python", HAS_ROWS), ("javascript", HAS_ROWS_AND_COLUMNS)]),
            but("to_dicts", &[("rust", IS_TYPED), ("javascript", HAS_ROWS_AND_COLUMNS)]),
            but("to_pandas", &[("rust", "pandas is Python's"), ("javascript", "pandas is Python's")]),
            but("to_polars", &[("rust", "polars takes the columns"), ("javascript", HAS_ROWS_AND_COLUMNS)]),
        ],
    },
];

/// Every type that Rust offers, as the manifest has it; none where the manifest is without its sentences.
pub(super) fn types() -> Json {
    if !cfg!(feature = "docs") {
        return Json::Array(Vec::new());
    }
    let others = TYPES.iter().flat_map(|types| types.names.iter().map(|name| member(name, types.excused)));
    let table = |name: String| [member(&name, ROWS), member(&format!("{name}Row"), ROWS)];
    let mut results = Vec::new();
    for operation in OPERATIONS {
        let name = title(operation.name);
        match operation.gives {
            Gives::Table(_) => results.extend(table(name)),
            #[cfg(any(feature = "backtest", feature = "rooms"))]
            Gives::Report { tables, .. } => {
                // What an operation of its own tells stays of that one's type.
                let own = tables.iter().filter(|one| OPERATIONS.iter().all(|operation| operation.name != one.name));
                results.extend(own.flat_map(|one| table(name.clone() + &title(one.name))));
                results.push(member(&name, IS_PLAIN));
            }
            #[cfg(feature = "backtest")]
            Gives::Scorecard => {}
        }
    }
    #[cfg(feature = "forecast")]
    results.extend(super::FUNCTIONS.iter().copied().flatten().flat_map(|function| table(title(function.name))));
    Json::Array(others.chain(results).collect())
}

/// The classes, as the manifest has them.
pub(super) fn classes() -> Json {
    let calls =
        CONSTRUCTORS.iter().map(|constructor| constructor.name).chain(OPERATIONS.iter().map(|known| known.name));
    let mut calls: Vec<Json> = calls.map(|name| member(name, &[])).collect();
    let class = |class: &Class| {
        // What makes portfolios and is asked of them stands first.
        let first = if class.name == "Portfolio" { std::mem::take(&mut calls) } else { Vec::new() };
        let members = first.into_iter().chain(class.members.iter().map(Json::from)).collect();
        Json::object([("name", Json::from(class.name)), ("members", Json::Array(members))])
    };
    let mut classes: Vec<Json> = CLASSES.iter().map(class).collect();
    #[cfg(any(feature = "backtest", feature = "rooms"))]
    classes.extend(OPERATIONS.iter().filter_map(report));
    Json::Array(std::mem::take(&mut classes))
}

/// The class of a report, if the operation gives one.
#[cfg(any(feature = "backtest", feature = "rooms"))]
fn report(operation: &super::OperationSpec) -> Option<Json> {
    let Gives::Report { figures, tables, forms } = operation.gives else { return None };
    let names = figures.iter().map(|figure| figure.name).chain(tables.iter().map(|table| table.name));
    // A type that writes itself for people writes its JSON too.
    let to_json = member("to_json", if forms.is_empty() { IS_A_REPORT } else { &[] });
    let forms = forms.iter().map(|form| member(&format!("to_{}", form.name), &[]));
    let members = names.map(|name| member(name, &[])).chain([to_json]).chain(forms);
    let name = ("name", Json::Text(title(operation.name)));
    Some(Json::object([name, ("members", Json::Array(members.collect()))]))
}

/// `flow_retention` becomes `FlowRetention`.
fn title(name: &str) -> String {
    let mut begins = true;
    let letters = name.chars().filter_map(|letter| match std::mem::replace(&mut begins, letter == '_') {
        _ if letter == '_' => None,
        // Names are ASCII; the upper case of all other letters is a table that weighs more than all names.
        true => Some(letter.to_ascii_uppercase()),
        false => Some(letter),
    });
    letters.collect()
}

fn member(name: &str, excused: Excused) -> Json {
    let excused = excused.iter().map(|(language, reason)| (*language, Json::from(*reason)));
    Json::object([("name", Json::from(name)), ("excused", Json::object(excused))])
}

impl From<&Member> for Json {
    fn from(of_class: &Member) -> Self {
        member(of_class.name, of_class.excused)
    }
}
