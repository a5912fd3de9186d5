//! How problems are told: in the words of the field, on one line, with user input in backticks only.

use cs_core::Problem;
use proptest::prelude::*;

/// Names of types, of any language, that a person who reads an error need not know.
const TYPES: [&str; 24] = [
    "i32",
    "i64",
    "i128",
    "u8",
    "u16",
    "u32",
    "u64",
    "usize",
    "f64",
    "str",
    "String",
    "Vec",
    "Option",
    "Some",
    "None",
    "NoneType",
    "Decimal",
    "NaiveDate",
    "HashMap",
    "NaN",
    "int",
    "bool",
    "dict",
    "null",
];
/// User input is cut to this many characters and an ellipsis.
const QUOTED: usize = 65;

/// Fails unless a problem says what it should in the way that it should.
pub(crate) fn check(problem: &Problem) -> Result<(), TestCaseError> {
    let message = &problem.message;
    let parts: Vec<&str> = message.split('`').collect();
    prop_assert!(parts.len() % 2 == 1, "a backtick is not closed: {message}");
    for (position, part) in parts.into_iter().enumerate() {
        if position % 2 == 1 {
            prop_assert!(part.chars().count() <= QUOTED, "input is not cut: {message}");
            continue;
        }
        let words = part.split(|c: char| !c.is_alphanumeric() && c != '_');
        for word in words {
            prop_assert!(!TYPES.contains(&word), "{word} is the name of a type: {message}");
        }
        prop_assert!(!part.contains("::") && !part.contains('{'), "not prose: {message}");
    }
    let first = message.chars().next();
    prop_assert!(
        first.is_some_and(|c| c == '`' || c.is_lowercase() || c.is_ascii_digit()),
        "begins wrongly: {message}"
    );
    prop_assert!(!message.ends_with(['.', '\n', ' ']), "ends wrongly: {message}");

    let place = [&problem.path, problem.column.as_ref().unwrap_or(&problem.path)];
    let value = [problem.value.as_deref().unwrap_or_default(), problem.message.as_str()];
    let texts = place.into_iter().map(String::as_str).chain(value);
    for text in texts {
        prop_assert!(!text.chars().any(char::is_control), "more than a line: {text:?}");
    }
    prop_assert!(problem.value.as_ref().is_none_or(|value| value.chars().count() <= QUOTED), "value is not cut");
    prop_assert!(problem.path.chars().count() <= 3 * QUOTED, "path is not cut: {}", problem.path);
    prop_assert!(problem.help.as_ref().is_none_or(|help| !help.is_empty() && !help.ends_with('.')));
    prop_assert!(problem.table.is_none() || problem.help.is_some(), "how to mend it? {message}");

    if let Some(table) = &problem.table {
        prop_assert!(problem.path.starts_with(table.as_str()));
        prop_assert!(problem.row != Some(0) && problem.line != Some(0), "rows and lines are counted from 1");
        if let Some(row) = problem.row {
            let record = format!("[{row}]");
            prop_assert!(problem.path.contains(&record), "{} does not name {row}", problem.path);
        }
        if let Some(column) = &problem.column {
            let name: String = column.chars().take(QUOTED - 1).map(|c| if c.is_control() { ' ' } else { c }).collect();
            prop_assert!(problem.path.contains(&name), "{} does not name {column}", problem.path);
        }
    }
    Ok(())
}
