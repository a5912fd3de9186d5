//! The docstrings of the Python module, written from the surface manifest: plain text that reads well in `help()`.

use cs_core::Json;

use crate::manifest::{gives, is_report, list, positional, text};

/// Lines are at most this wide.
const WIDTH: usize = 100;

/// The docstrings that the module includes, by the names of their files: each begins with the signature that Python
/// shows of it.
pub(crate) fn all(surface: &Json) -> Vec<(&str, String)> {
    let documented = |name, signature: String, doc: String| (name, format!("{signature}\n--\n\n{doc}"));
    let call = |call, of_self| {
        let name = text(call, "name");
        documented(
            name,
            signature(name, list(call, "parameters"), positional(call).len(), of_self),
            docstring(surface, call),
        )
    };
    let constructors = list(surface, "constructors").iter().map(|constructor| call(constructor, false));
    let operations = list(surface, "operations").iter().map(|operation| call(operation, true));
    let partial = "partial($self, operation, /, *arguments, **options)".to_owned();
    let definitions = signature("Definitions", list(surface, "switches"), 0, false);
    let others = [
        documented("partial", partial, of_partial(surface)),
        documented("Definitions", definitions, DEFINITIONS.to_owned()),
        documented("table", "table($self, name)".to_owned(), TABLE.to_owned()),
        documented("to_svg", "to_svg($self, picture=None, *, locale='en')".to_owned(), TO_SVG.to_owned()),
        documented("merge", "merge(partials, /)".to_owned(), MERGE.to_owned()),
        documented("merge_partials", "merge_partials(partials, /)".to_owned(), MERGE_PARTIALS.to_owned()),
    ];
    // What has a signature of its own shows it without.
    let plain = MEMBERS.iter().map(|(name, doc)| (*name, (*doc).to_owned()));
    constructors.chain(operations).chain(others).chain(plain).collect()
}

/// How a call is written: what has no place is given by its name.
fn signature(name: &str, parameters: &[Json], positional: usize, of_self: bool) -> String {
    let mut written: Vec<String> = Vec::new();
    written.extend(of_self.then(|| "$self".to_owned()));
    for (place, parameter) in parameters.iter().enumerate() {
        written.extend((place == positional).then(|| "*".to_owned()));
        let default = parameter.get("default").map(|value| format!("={}", literal(Some(value))));
        written.push(format!("{}{}", text(parameter, "name"), default.unwrap_or_default()));
    }
    format!("{name}({})", written.join(", "))
}

/// A value as Python writes it.
pub(crate) fn literal(value: Option<&Json>) -> String {
    match value {
        None | Some(Json::Null) => "None".to_owned(),
        Some(Json::Flag(flag)) => if *flag { "True" } else { "False" }.to_owned(),
        Some(Json::Array(items)) => {
            let items: String = items.iter().map(|item| literal(Some(item)) + ", ").collect();
            format!(
                "({})",
                if items.matches(", ").count() == 1 { items.trim_end() } else { items.trim_end_matches(", ") }
            )
        }
        Some(other) => other.to_string(),
    }
}

const DEFINITIONS: &str = "\
What every number means, as data: every switch, each with a default.

The fingerprint of the definitions comes out with every result.
";

/// Members of classes, by the names of their files, with what they say.
const MEMBERS: &[(&str, &str)] = &[
    (
        "definitions_replace",
        "The same definitions with some switches set.\n\n\
         Raises: InvalidArgument with unknown_switch or invalid_switch.\n",
    ),
    (
        "definitions_from_json",
        "Reads what `to_json` wrote; switches that are not named keep their default.\n\n\
         Raises: InvalidArgument with invalid_json, duplicate_key, unknown_switch or invalid_switch.\n",
    ),
    (
        "scorecard_from_json",
        "Reads a scorecard from JSON.\n\n\
         Raises: InvalidArgument with invalid_json, duplicate_key, limit_exceeded or invalid_scorecard.\n",
    ),
    (
        "scorecard_lint",
        "What it says and hardly means, of itself or of a portfolio: a list of dicts like problems.\n\n\
         Codes: flat_curve, unreachable_band, mixed_signals, unused_profile; of a portfolio also\nno_evidence.\n",
    ),
    (
        "table_from_json",
        "Reads what `to_json` wrote.\n\n\
         Raises: InvalidArgument with invalid_json or duplicate_key, or with invalid_argument for JSON\nthat is no such \
         table's.\n",
    ),
];

const TABLE: &str = "\
What was loaded: the accepted rows of a table, with the columns that were given.

A synthetic portfolio shows its other tables too, `truth` among them.

Arguments:
    name (str): of the table, such as `contracts`.

Returns:
    Table.

Raises:
    InvalidArgument: unknown_table; not_available for a table that is defined and not built in this
        version; limit_exceeded for a drawn one with more rows than the limit result_rows.
";

const TO_SVG: &str = "\
A picture as SVG; text from data is escaped.

Arguments:
    picture (str): one of `pictures`, the first if left out.
    locale (str): \"en\" or \"ja\".

Returns:
    str.

Raises:
    InvalidArgument: invalid_argument for a picture that the result does not have, or another
        locale; limit_exceeded for more than can be seen side by side; overflow for sums that have
        no place on an axis.
";

const MERGE: &str = "\
The result of all the parts that `Portfolio.partial` gave: byte for byte that of a single run.

Arguments:
    partials: bytes of at least one part, in any order; no customer, or top parent, is in two of
        them.

Returns:
    Table. That which the operation gives of the whole book.

Raises:
    InvalidArgument: invalid_partial for other bytes; partial_mismatch for parts of different
        operations, arguments, definitions or versions; currency_mismatch; overlapping_partials;
        overflow; invalid_argument for none.
";

const MERGE_PARTIALS: &str = "\
All the parts that `Portfolio.partial` gave as one part: for trees of merges, in any shape.

Arguments:
    partials: as in `merge`.

Returns:
    bytes of a part that has all their customers.

Raises:
    InvalidArgument: as `merge` does.
";

/// The docstring of `partial`, which runs every operation whose results add up.
fn of_partial(surface: &Json) -> String {
    let adds_up = |operation: &&Json| operation.get("adds_up") == Some(&Json::Flag(true));
    let operations = list(surface, "operations").iter().filter(adds_up).filter_map(|operation| operation.get("name"));
    let operations: Vec<Json> = operations.cloned().collect();
    let arguments = [
        hanging(1, &format!("operation: {}; the results of others do not add up.", one_of(&operations))),
        hanging(
            1,
            "arguments, options: the operation's own, as in partial(\"movements\", start, end, by=\"segment\").",
        ),
    ];
    [
        "The result of an operation on a part of the customers, as bytes for `merge`.\n\n",
        &prose(
            0,
            "Split a book any way that leaves no family of parents apart: merged, the parts are the single run, byte \
                   for byte. The part of a book without contracts changes nothing.",
        ),
        "\nArguments:\n",
        &arguments.concat(),
        "\nReturns:\n",
        &prose(1, "bytes that the same version reads."),
        "\nRaises:\n",
        &hanging(1, "those of the operation; unknown_operation, and not_available for one that does not add up."),
    ]
    .concat()
}

/// What a constructor or an operation gives, takes, returns and raises, and where it comes from.
pub(crate) fn docstring(surface: &Json, call: &Json) -> String {
    let paragraphs: Vec<String> = text(call, "doc").split("\n\n").map(|paragraph| prose(0, paragraph)).collect();
    let mut out = paragraphs.join("\n");
    let mut section = |title: &str, entries: Vec<String>| out += &format!("\n{title}:\n{}", entries.concat());

    let parameters = list(call, "parameters");
    let arguments: Vec<String> = parameters.iter().map(|parameter| argument(surface, parameter)).collect();
    section("Arguments", if arguments.is_empty() { vec![prose(1, "none.")] } else { arguments });
    // The input tables that it takes, with their columns.
    for table in list(surface, "tables") {
        let is_given = |parameter: &Json| {
            matches!(text(parameter, "takes"), "table" | "file") && text(parameter, "name") == text(table, "name")
        };
        if parameters.iter().any(is_given) {
            section(&format!("Columns of {}", text(table, "name")), input_columns(table));
        }
    }
    section("Returns", returns(call));
    let mut raises: Vec<String> = list(call, "errors").iter().filter_map(raised).collect();
    if parameters.iter().any(|parameter| text(parameter, "takes") == "file") {
        raises.push(hanging(1, "OSError: a file cannot be opened or read."));
    }
    section("Raises", raises);
    section("Source", vec![prose(1, text(call, "source"))]);
    out
}

fn argument(surface: &Json, parameter: &Json) -> String {
    let default = parameter.get("default").map(|value| format!("; default {}", literal(Some(value))));
    let later = match parameter.get("built") {
        Some(Json::Flag(false)) => " Not built in this version: only the default is taken.",
        _ => "",
    };
    let kind = taken(surface, parameter) + &default.unwrap_or_default();
    entry(1, text(parameter, "name"), &kind, &format!("{}{later}", text(parameter, "doc")))
}

/// What an argument takes.
fn taken(surface: &Json, parameter: &Json) -> String {
    match text(parameter, "takes") {
        "table" => {
            "an object with __arrow_c_stream__, such as a data frame of pandas, polars, pyarrow, duckdb or Spark; \
                    a list of dicts; or a dict of lists"
                .to_owned()
        }
        "file" => "a path, bytes, or a file that is open for reading bytes".to_owned(),
        "date" => "datetime.date, or str like 2026-01-31".to_owned(),
        "flag" => "bool".to_owned(),
        "count" => "int".to_owned(),
        "dates" => "list of datetime.date, or of str like 2026-01-31".to_owned(),
        "number" | "share" => "float".to_owned(),
        "amount" => "decimal.Decimal, int, or str like 1200.00".to_owned(),
        "numbers" => "list of float, or an array or a series of numbers".to_owned(),
        "flags" => "list of bool, or an array or a series of flags or of 0 and 1".to_owned(),
        "counts" => "list of int".to_owned(),
        "texts" => "list of str, or an array or a series of texts".to_owned(),
        "texts_or_null" => "list of str or None, or an array or a series of texts".to_owned(),
        "definitions" => "Definitions, or a dict of switches".to_owned(),
        "scorecard" => "Scorecard, or a dict of one".to_owned(),
        "touch_model" => "dict of `rules` and `tiers`".to_owned(),
        "targets" => {
            "dict of an amount or a number, or a dict of these by the first day of a period, by the name of an indicator".to_owned()
        }
        "review_settings" => "dict of thresholds, exclusions and plays".to_owned(),
        "review" => "Review, or its canonical JSON".to_owned(),
        "benchmarks" => "list of dicts with kpi, period, number and source".to_owned(),
        "names" => "str or list of str".to_owned(),
        "limits" => format!("dict of int by the names {}", words(list(surface, "limits"))),
        "columns" => "dict of dicts such as {\"contracts\": {\"their_name\": \"contract_id\"}}".to_owned(),
        "choice" => one_of(list(parameter, "choices")),
        _ => "str".to_owned(),
    }
}

/// The columns of an input table.
fn input_columns(table: &Json) -> Vec<String> {
    let column = |column: &Json| {
        let kind = match text(column, "kind") {
            "choice" => one_of(list(column, "choices")),
            kind => kind.to_owned(),
        };
        let required = if column.get("required") == Some(&Json::Flag(true)) { "; required" } else { "" };
        entry(1, text(column, "name"), &(kind + required), text(column, "doc"))
    };
    let attributes = table.get("attributes") == Some(&Json::Flag(true));
    let others = attributes.then(|| prose(1, "Any other column is an attribute, kept as text."));
    list(table, "columns").iter().map(column).chain(others).collect()
}

/// What comes back: a portfolio, or a table with its columns.
fn returns(call: &Json) -> Vec<String> {
    let column = |depth, column: &Json| {
        let kind = match text(column, "kind") {
            "money" => "Decimal, in the portfolio's currency",
            "count" => "int",
            "ratio" => "float",
            "date" => "datetime.date",
            "text" => "str",
            "text_list" => "list of str",
            "flag" => "bool",
            other => other,
        };
        entry(depth, text(column, "name"), kind, text(column, "doc"))
    };
    match text(call, "gives") {
        "number" => return vec![prose(1, "float, or None where it would divide by zero.")],
        "interval" => return vec![prose(1, "tuple of two floats, or None where there is nothing to divide by.")],
        _ => {}
    }
    match call.get("rows").and_then(Json::as_text) {
        Some(rows) if is_report(&call) => {
            let head = prose(1, &format!("{}. {rows} Its attributes:", gives(call)));
            let figures = list(call, "figures").iter().map(|one| column(2, one));
            let tables = list(call, "tables").iter().flat_map(|table| {
                let head = entry(2, text(table, "name"), "Table", text(table, "rows"));
                [head].into_iter().chain(list(table, "columns").iter().map(|one| column(3, one)))
            });
            [head].into_iter().chain(figures).chain(tables).collect()
        }
        Some(rows) if text(call, "gives") == "scorecard" => vec![prose(1, &format!("Scorecard. {rows}"))],
        Some(rows) => {
            let rows = prose(1, &format!("Table. {rows} Its columns:"));
            [rows].into_iter().chain(list(call, "columns").iter().map(|one| column(2, one))).collect()
        }
        None => vec![prose(1, "Portfolio")],
    }
}

/// An exception and its codes, if it has any.
fn raised(error: &Json) -> Option<String> {
    let codes = list(error, "codes");
    let name = text(error, "name");
    let why = match name {
        "InvalidInput" => "the data is at fault",
        _ => "the call is at fault",
    };
    (!codes.is_empty()).then(|| hanging(1, &format!("{name}: {why}; codes {}.", words(codes))))
}

fn words(words: &[Json]) -> String {
    words.iter().map(|word| word.as_text().unwrap_or_default()).collect::<Vec<_>>().join(", ")
}

/// Words to choose from, as Python writes them.
fn one_of(choices: &[Json]) -> String {
    let words: Vec<String> = choices.iter().map(Json::to_string).collect();
    match words.split_last() {
        Some((last, [])) => last.clone(),
        Some((last, others)) => format!("{} or {last}", others.join(", ")),
        None => String::new(),
    }
}

fn entry(depth: usize, name: &str, kind: &str, doc: &str) -> String {
    hanging(depth, &format!("{name} ({kind}): {doc}"))
}

/// A text in lines, so many steps from the margin.
fn prose(depth: usize, text: &str) -> String {
    wrapped(depth, depth, text)
}

/// The same, with the first line a step before the others.
fn hanging(depth: usize, text: &str) -> String {
    wrapped(depth, depth + 1, text)
}

fn wrapped(first: usize, others: usize, text: &str) -> String {
    let margin = |depth: usize| "    ".repeat(depth);
    let (mut lines, mut line) = (String::new(), margin(first));
    for word in text.split_whitespace() {
        let is_begun = line.ends_with(|end| end != ' ');
        if is_begun && line.chars().count() + 1 + word.chars().count() > WIDTH {
            lines += &(line + "\n");
            line = margin(others);
        } else if is_begun {
            line.push(' ');
        }
        line += word;
    }
    lines + &line + "\n"
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn lines_end_before_the_width_and_hang() {
        let word = "x".repeat(46);
        assert_eq!(prose(0, &format!("{word} {word}\n{word}")), format!("{word} {word}\n{word}\n"));
        assert_eq!(hanging(1, &format!("{word} {word} {word}")), format!("    {word} {word}\n        {word}\n"));
        let (fits, too_long) = ("x".repeat(53), "x".repeat(54));
        assert_eq!(prose(0, &format!("{word} {fits}")), format!("{word} {fits}\n"));
        assert_eq!(prose(0, &format!("{word} {too_long}")), format!("{word}\n{too_long}\n"));
    }

    #[test]
    fn every_call_has_its_docstring() {
        let surface = cs_core::wire::surface();
        let names: Vec<_> = all(&surface).into_iter().map(|(name, _)| name).collect();
        let constructors = cs_core::wire::CONSTRUCTORS.iter().map(|constructor| constructor.name);
        let calls = constructors.chain(cs_core::wire::OPERATIONS.iter().map(|operation| operation.name));
        let others = ["partial", "Definitions", "table", "to_svg", "merge", "merge_partials"];
        let members = || MEMBERS.iter().map(|(name, _)| *name);
        assert_eq!(names, calls.chain(others).chain(members()).collect::<Vec<_>>());
        for (name, text) in all(&surface).into_iter().filter(|(name, _)| members().all(|member| member != *name)) {
            let (signature, text) = text.split_once("\n--\n\n").unwrap_or_default();
            assert!(signature.starts_with(&format!("{name}(")), "{name}");
            assert!(text.lines().all(|line| line.chars().count() <= WIDTH && !line.ends_with(' ')), "{name}");
            let titles: &[&str] = match name {
                "Definitions" => &[],
                "partial" | "table" | "to_svg" | "merge" | "merge_partials" => &["Arguments", "Returns", "Raises"],
                _ => &["Arguments", "Returns", "Raises", "Source"],
            };
            assert!(titles.iter().all(|title| text.contains(title)), "{name}");
        }
    }

    #[test]
    fn a_signature_shows_what_has_a_place_and_what_has_a_default() {
        let surface = cs_core::wire::surface();
        let movements = list(&surface, "operations").first().map(|call| list(call, "parameters")).unwrap_or_default();
        assert_eq!(
            signature("movements", movements, 2, true),
            "movements($self, start, end, *, by=None, level=\"customer\", definitions=None, known_on=None)"
        );
        let tables = list(&surface, "constructors").first().map(|call| list(call, "parameters")).unwrap_or_default();
        assert!(signature("from_tables", tables, 0, false).starts_with("from_tables(*, contracts, customers=None, "));
    }
}
