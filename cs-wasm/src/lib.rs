//! The JavaScript face of the library: converts and calls.
//!
//! Names, defaults, checks and texts are the core's; `cs_core::wire` is all that is called beside tables. Arguments
//! cross as JSON, tables column by column; `js/` makes classes of them. No handle to a result exists: a result is bytes,
//! which [`written`] takes again.

#![allow(clippy::missing_errors_doc, reason = "each passes on those of the function of the core that it calls")]

mod given;

pub use given::Given;

use cs_core::{Definitions, Error, Input, Json, Problem, Unwatched, wire};
use wasm_bindgen::prelude::{JsValue, wasm_bindgen};

use given::reserve;

/// An error on its way out: the canonical JSON of [`wire::error_object`], of which `js/` makes an `Error`.
#[derive(Debug)]
pub struct Thrown(String);

impl From<Error> for Thrown {
    fn from(error: Error) -> Self {
        Self(wire::error_object(&error).to_string())
    }
}

impl From<Problem> for Thrown {
    fn from(problem: Problem) -> Self {
        Error::from(problem).into()
    }
}

impl From<Thrown> for JsValue {
    fn from(thrown: Thrown) -> Self {
        Self::from_str(&thrown.0)
    }
}

/// Whether an argument of the constructors is a table.
#[wasm_bindgen(skip_jsdoc)]
#[must_use]
pub fn is_table(argument: &str) -> bool {
    wire::is_table(argument)
}

/// A validated book of contracts and customers; never changed once made.
#[wasm_bindgen]
#[derive(Debug)]
pub struct Portfolio(cs_core::Portfolio);

#[wasm_bindgen]
impl Portfolio {
    /// A portfolio of tables, which are used up.
    #[wasm_bindgen(skip_jsdoc)]
    pub fn from_tables(given: Given) -> Result<Self, Thrown> {
        let (names, tables): (Vec<String>, Vec<Input>) = given.tables.into_iter().unzip();
        let tables = names.iter().map(String::as_str).zip(tables).collect();
        Ok(Self(wire::from_tables(tables, &given.arguments, &Unwatched)?))
    }

    /// A portfolio of CSV files, which are used up.
    #[wasm_bindgen(skip_jsdoc)]
    pub fn from_csv(given: Given) -> Result<Self, Thrown> {
        reserve(given.files.iter().map(|(_, file)| file.len().saturating_mul(4)).sum());
        let files = given.files.iter().map(|(name, file)| (name.as_str(), file.as_slice())).collect();
        Ok(Self(wire::from_csv(files, &given.arguments, &Unwatched)?))
    }

    /// A portfolio that is drawn.
    #[wasm_bindgen(skip_jsdoc)]
    pub fn synthetic(arguments: &str) -> Result<Self, Thrown> {
        Ok(Self(wire::synthetic(&Json::parse(arguments)?, &Unwatched)?))
    }

    /// What an operation gives, as bytes.
    #[wasm_bindgen(skip_jsdoc)]
    pub fn run(&self, operation: &str, arguments: &str) -> Result<Vec<u8>, Thrown> {
        Ok(wire::packed(&wire::run(&self.0, operation, &Json::parse(arguments)?, &Unwatched)?))
    }

    /// The bytes of the result of an operation on a part of the customers; `positional` is a list of arguments.
    #[wasm_bindgen(skip_jsdoc)]
    pub fn partial(&self, operation: &str, positional: &str, arguments: &str) -> Result<Vec<u8>, Thrown> {
        let positional = Json::parse(positional)?;
        let positional = positional.as_array().unwrap_or_default();
        Ok(wire::partial(&self.0, operation, positional, &Json::parse(arguments)?, &Unwatched)?)
    }

    /// What was loaded into a table, as bytes.
    #[wasm_bindgen(skip_jsdoc)]
    pub fn table(&self, name: &str) -> Result<Vec<u8>, Thrown> {
        Ok(wire::packed_table(&wire::table(&self.0, name, &Unwatched)?))
    }

    /// The canonical JSON of the load report.
    #[wasm_bindgen(skip_jsdoc)]
    #[must_use]
    pub fn load_report(&self) -> String {
        self.0.load_report().to_object().to_string()
    }

    /// What is asked of it and about a scorecard, by its name, as JSON.
    #[wasm_bindgen(skip_jsdoc)]
    pub fn scorecards(&self, name: &str, text: &str) -> Result<String, Thrown> {
        Ok(wire::scorecards(name, Some(text), Some(&self.0))?.to_string())
    }

    /// What else is known of it, as JSON: `{currency, observed_until, definitions}`.
    #[wasm_bindgen(skip_jsdoc)]
    #[must_use]
    pub fn facts(&self) -> String {
        let observed_until = self.0.observed_until().map(|day| day.to_string());
        let facts = [
            ("currency", Json::from(self.0.currency().code())),
            ("observed_until", Json::text(observed_until.as_deref())),
            ("definitions", self.0.definitions().to_object()),
        ];
        Json::object(facts).to_string()
    }
}

/// What partials, given as files, make together: a partial again, or the table as bytes.
#[wasm_bindgen(skip_jsdoc)]
pub fn merge(given: Given, is_part: bool) -> Result<Vec<u8>, Thrown> {
    let partials: Vec<Vec<u8>> = given.files.into_iter().map(|(_, bytes)| bytes).collect();
    Ok(if is_part { wire::merge_partials(&partials)? } else { wire::packed_table(&wire::merge(&partials)?) })
}

/// The canonical JSON of all switches: those of `definitions`, then those of an object set.
#[wasm_bindgen(skip_jsdoc)]
pub fn definitions(definitions: &str, switches: &str) -> Result<String, Thrown> {
    Ok(Definitions::from_json(definitions)?.replace(&Json::parse(switches)?)?.to_json())
}

/// The fingerprint of definitions.
#[wasm_bindgen(skip_jsdoc)]
pub fn definitions_fingerprint(definitions: &str) -> Result<String, Thrown> {
    Ok(Definitions::from_json(definitions)?.fingerprint())
}

/// The switches on which two definitions differ, as canonical JSON: a list of `{switch, before, after}`.
#[wasm_bindgen(skip_jsdoc)]
pub fn definitions_diff(before: &str, after: &str) -> Result<String, Thrown> {
    let differences = Definitions::from_json(before)?.diff(&Definitions::from_json(after)?);
    Ok(Json::Array(differences.into_iter().map(Json::from).collect()).to_string())
}

/// What is asked about scorecards, by its name, as JSON.
#[wasm_bindgen(skip_jsdoc)]
pub fn scorecards(name: &str, text: Option<String>) -> Result<String, Thrown> {
    Ok(wire::scorecards(name, text.as_deref(), None)?.to_string())
}

/// What a function on plain numbers gives, as bytes: a table, or of a method of a model JSON.
#[wasm_bindgen(skip_jsdoc)]
pub fn calculated(name: &str, given: Given) -> Result<Vec<u8>, Thrown> {
    // A build without them has no use for what it is given.
    #[cfg(feature = "forecast")]
    return {
        let columns = given.tables.into_iter().flat_map(|(_, lists)| lists.into_columns()).collect();
        Ok(wire::calculated(name, columns, &given.arguments)?)
    };
    #[cfg(not(feature = "forecast"))]
    Err(wire::no_calculations(name, &given.arguments).into())
}

/// A table, by its bytes, in a form that is text; or the report of an operation, whose form is `operation.form`.
#[wasm_bindgen(skip_jsdoc)]
pub fn written(result: &[u8], form: &str, arguments: &str) -> Result<String, Thrown> {
    reserve(result.len().saturating_mul(4));
    // A build without reviews never gave such bytes.
    #[cfg(feature = "review")]
    if let Some((operation, form)) = form.split_once('.') {
        return Ok(wire::written_report(&wire::unpacked_report(operation, result)?, form, &Json::parse(arguments)?)?);
    }
    Ok(wire::written(&wire::unpacked(result)?, form, &Json::parse(arguments)?)?)
}

/// The surface manifest as canonical JSON.
#[wasm_bindgen(skip_jsdoc)]
#[must_use]
pub fn surface() -> String {
    wire::surface().to_string()
}

/// A table of every scalar kind, as bytes.
#[wasm_bindgen(skip_jsdoc)]
pub fn exemplar() -> Result<Vec<u8>, Thrown> {
    Ok(wire::packed_table(&wire::exemplar()?))
}

/// The version of the library.
#[wasm_bindgen(skip_jsdoc)]
#[must_use]
pub fn version() -> String {
    cs_core::VERSION.to_owned()
}
