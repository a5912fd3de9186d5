//! The forms of a result besides its canonical JSON, by their names. A build without the feature `figures` has no
//! pictures, and says so.

use super::{Parameter, Takes};
use crate::error::{Code, Error, Problem, quoted};
use crate::json::Json;
use crate::locale::Locale;
#[cfg(any(feature = "backtest", feature = "rooms"))]
use crate::operations::{Gives, OPERATIONS, OperationSpec};
use crate::query::Arguments;
use crate::table::Table;
#[cfg(any(feature = "backtest", feature = "rooms"))]
use crate::table::{Report, ReportForm};
use crate::word::Word as _;

/// What a picture is asked: which, and in which language.
pub const PICTURE: &[Parameter] = &[
    Parameter::optional(
        "picture",
        Takes::Text,
        "null",
        "Which of the pictures that the result has; its first if left out.",
    ),
    Parameter::optional("locale", Takes::Choice(drawn::LOCALES), "\"en\"", "The language of the picture."),
];

/// A result as text: `json` (the canonical one), `csv`, `html`, `svg`, `vega_lite` (a specification as JSON) or `pictures` (a list of the pictures
/// that it has); `arguments` are those of [`PICTURE`], and none for the others.
///
/// # Errors
/// `unknown_argument`, `invalid_argument`, and for pictures `limit_exceeded`, `overflow` and, in a build without them,
/// `not_available`.
pub fn written(table: &Table, form: &str, arguments: &Json) -> Result<String, Error> {
    Ok(match form {
        "json" => table.to_json(),
        "csv" => table.to_csv(),
        "html" => table.to_html(),
        "pictures" => Json::Array(pictures(table).into_iter().map(Json::from).collect()).to_string(),
        "svg" => drawn::figure(table, arguments)?.to_svg(),
        "vega_lite" => drawn::figure(table, arguments)?.to_vega_lite().to_string(),
        _ => {
            return Err(unknown("form", form).into());
        }
    })
}

/// What a report for people is asked: in which language.
#[cfg(any(feature = "backtest", feature = "rooms"))]
pub const IN_LANGUAGE: &[Parameter] =
    &[Parameter::optional("locale", Takes::Choice(Locale::WORDS), "\"en\"", "The language, `en` or `ja`.")];

/// A report as text for people, in one of its forms; `arguments` are those of [`IN_LANGUAGE`].
///
/// # Errors
/// `unknown_argument`, `invalid_argument`, and those of the form.
#[cfg(any(feature = "backtest", feature = "rooms"))]
pub fn written_report(report: &Report, form: &str, arguments: &Json) -> Result<String, Error> {
    let arguments = Arguments::of(arguments, IN_LANGUAGE)?;
    let (_, forms) = described(report.schema())?;
    let known = forms.iter().find(|known| known.name == form).ok_or_else(|| unknown("form", form))?;
    (known.write)(report, arguments.word("locale")?)
}

/// The report of an operation of such bytes as `packed` gives.
///
/// # Errors
/// `invalid_argument` for any others.
#[cfg(any(feature = "backtest", feature = "rooms"))]
pub fn unpacked_report(operation: &str, bytes: &[u8]) -> Result<Report, Error> {
    let (spec, _) = described(operation)?;
    let Gives::Report { tables, .. } = spec.gives else { return Err(unknown("report", operation).into()) };
    Report::from_packed(spec.name, tables, bytes)
}

/// The operation that gives a report, and the forms of that.
#[cfg(any(feature = "backtest", feature = "rooms"))]
fn described(name: &str) -> Result<(&'static OperationSpec, &'static [ReportForm]), Problem> {
    let spec = OPERATIONS.iter().find(|spec| spec.name == name).ok_or_else(|| unknown("report", name))?;
    match spec.gives {
        Gives::Report { forms, .. } => Ok((spec, forms)),
        _ => Err(unknown("report", name)),
    }
}

fn unknown(what: &str, name: &str) -> Problem {
    Problem::argument(Code::InvalidArgument, what, format!("there is no {what} {}", quoted(name))).value(name)
}

/// The pictures that a result has.
#[must_use]
pub fn pictures(table: &Table) -> Vec<&'static str> {
    drawn::pictures(table)
}

#[cfg(feature = "figures")]
mod drawn {
    use super::{Code, Error, Json, PICTURE, Problem, Table, quoted};
    use crate::figure::{Figure, Picture, no_picture};
    use crate::locale::Locale;
    use crate::query::Arguments;
    use crate::word::Word as _;

    pub(super) const LOCALES: &[&str] = Locale::WORDS;

    pub(super) fn pictures(table: &Table) -> Vec<&'static str> {
        table.pictures().iter().map(|picture| picture.name()).collect()
    }

    pub(super) fn figure(table: &Table, arguments: &Json) -> Result<Figure, Error> {
        let arguments = Arguments::of(arguments, PICTURE)?;
        let picture = match arguments.value("picture")? {
            Json::Text(name) => Picture::from_name(&name).ok_or_else(|| {
                let message = format!("there is no picture {}", quoted(&name));
                let names: Vec<&str> = Picture::ALL.iter().map(|picture| picture.name()).collect();
                let problem = Problem::argument(Code::InvalidArgument, "picture", message).value(&name);
                problem.help(format!("pictures are {}", names.join(", ")))
            })?,
            _ => table.pictures().first().copied().ok_or_else(|| no_picture(table))?,
        };
        table.figure(picture, arguments.word::<Locale>("locale")?)
    }
}

#[cfg(not(feature = "figures"))]
mod drawn {
    use super::{Code, Error, Json, Problem, Table};

    /// Nothing is drawn in any.
    pub(super) const LOCALES: &[&str] = &[];

    /// What a picture would be.
    pub(super) enum Figure {}

    impl Figure {
        pub(super) fn to_svg(&self) -> String {
            match *self {}
        }

        pub(super) fn to_vega_lite(&self) -> Json {
            match *self {}
        }
    }

    pub(super) fn pictures(_: &Table) -> Vec<&'static str> {
        Vec::new()
    }

    pub(super) fn figure(_: &Table, _: &Json) -> Result<Figure, Error> {
        let message = "this build has no pictures";
        let problem = Problem::argument(Code::NotAvailable, "picture", message);
        Err(problem.help("load the build that has everything").into())
    }
}
