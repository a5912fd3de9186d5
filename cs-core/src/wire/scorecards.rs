//! Scorecards as text. A build without the feature `health` has none, and says so.

#[cfg(not(feature = "health"))]
pub use lacking::{lint, scorecard, scorecard_schema};
#[cfg(feature = "health")]
pub use there::{lint, scorecard, scorecard_schema};

#[cfg(feature = "health")]
mod there {
    use crate::error::Error;
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

    /// The JSON Schema of scorecards.
    ///
    /// # Errors
    /// None in this build.
    pub fn scorecard_schema() -> Result<&'static str, Error> {
        Ok(Scorecard::json_schema())
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
}

#[cfg(not(feature = "health"))]
mod lacking {
    use crate::error::{Code, Error, Problem};
    use crate::json::Json;
    use crate::portfolio::Portfolio;

    /// Refuses a scorecard.
    ///
    /// # Errors
    /// `not_available`.
    pub fn scorecard(_: Option<&str>) -> Result<Json, Error> {
        let problem = Problem::argument(Code::NotAvailable, "scorecard", "this build has no scorecards");
        Err(problem.help("load the build that has everything").into())
    }

    /// Refuses to tell what a scorecard is.
    ///
    /// # Errors
    /// `not_available`.
    pub fn scorecard_schema() -> Result<&'static str, Error> {
        scorecard(None).map(|_| "")
    }

    /// Refuses a scorecard.
    ///
    /// # Errors
    /// `not_available`.
    pub fn lint(_: &str, _: Option<&Portfolio>) -> Result<Json, Error> {
        scorecard(None)
    }
}
