//! Scorecards as text. A build without the feature `health` has none, and says so.

#[cfg(not(feature = "health"))]
pub use lacking::scorecards;
#[cfg(feature = "health")]
pub use there::{lint, scorecard, scorecards};

#[cfg(feature = "health")]
mod there {
    use crate::error::{Code, Error, Problem, quoted};
    use crate::health::Scorecard;
    use crate::json::Json;
    use crate::portfolio::Portfolio;

    /// What a scorecard is, by its text, or the standard one: `{name, fingerprint, json}`, of which the last is its
    /// canonical JSON as text.
    ///
    /// # Errors
    /// Those of [`Scorecard::from_json`].
    pub fn scorecard(text: Option<&str>) -> Result<Json, Error> {
        let scorecard = text.map_or_else(Scorecard::standard, Scorecard::from_json)?;
        let entries = [
            ("name", Json::from(scorecard.name())),
            ("fingerprint", Json::Text(scorecard.fingerprint())),
            ("json", Json::Text(scorecard.to_json())),
        ];
        Ok(Json::object(entries))
    }

    /// What a scorecard says and hardly means, of itself or of a portfolio: a list of problems.
    ///
    /// # Errors
    /// Those of [`Scorecard::from_json`] and [`Scorecard::lint_for`].
    pub fn lint(text: &str, portfolio: Option<&Portfolio>) -> Result<Json, Error> {
        let scorecard = Scorecard::from_json(text)?;
        let told = match portfolio {
            None => scorecard.lint(),
            Some(portfolio) => scorecard.lint_for(portfolio)?,
        };
        Ok(Json::Array(told.iter().map(Json::from).collect()))
    }

    /// What is asked about scorecards, by name: `scorecard`, `lint`, or `schema`, which gives their JSON Schema.
    ///
    /// # Errors
    /// Those of [`scorecard`] and [`lint`], and `unknown_operation`.
    pub fn scorecards(name: &str, text: Option<&str>, portfolio: Option<&Portfolio>) -> Result<Json, Error> {
        match name {
            "scorecard" => scorecard(text),
            "lint" => lint(text.unwrap_or_default(), portfolio),
            "schema" => Ok(Json::parse(Scorecard::json_schema())?),
            _ => {
                let message = format!("nothing about scorecards is named {}", quoted(name));
                Err(Problem::argument(Code::UnknownOperation, "name", message).value(name).into())
            }
        }
    }
}

#[cfg(not(feature = "health"))]
mod lacking {
    use crate::error::{Code, Error, Problem};
    use crate::json::Json;
    use crate::portfolio::Portfolio;

    /// Refuses whatever is asked about scorecards.
    ///
    /// # Errors
    /// `not_available`.
    pub fn scorecards(_: &str, _: Option<&str>, _: Option<&Portfolio>) -> Result<Json, Error> {
        let problem = Problem::argument(Code::NotAvailable, "scorecard", "this build has no scorecards");
        Err(problem.help("load the build that has everything").into())
    }
}
