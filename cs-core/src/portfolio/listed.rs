//! Columns as lists of JSON, for functions on plain values.

use super::input::{InputColumn, Scalar};
use crate::error::{Code, Problem};
use crate::json::Json;
use crate::money::decimal_text;

impl InputColumn {
    /// Its values as a list, for functions on plain values; what JSON has no value for is refused where it stands.
    pub(crate) fn to_json(&self, name: &str) -> Result<Json, Problem> {
        let (mut items, mut refused) = (Vec::with_capacity(self.len()), None);
        self.for_each(0..self.len(), &mut |row, scalar| {
            let item = match scalar {
                Scalar::Absent => Ok(Json::Null),
                Scalar::Text(text) => Ok(Json::from(text)),
                Scalar::Integer(number) => Ok(Json::Integer(number)),
                Scalar::Float(number) if number.is_finite() => Ok(Json::Float(number)),
                Scalar::Float(_) => Err("not a number, or an infinite one,"),
                Scalar::Decimal { units, scale } => Ok(Json::Text(decimal_text(units, scale))),
                Scalar::Flag(flag) => Ok(Json::Flag(flag)),
                Scalar::Date(_) => Err("a date"),
                Scalar::Moment(_) => Err("a date with a time"),
                Scalar::Other(what) => Err(what),
            };
            match item {
                Ok(item) => items.push(item),
                Err(what) if refused.is_none() => {
                    let message = format!("{what} stands where a value is expected");
                    refused = Some(Problem::argument(Code::InvalidArgument, format!("{name}[{}]", row + 1), message));
                }
                Err(_) => {}
            }
        });
        refused.map_or(Ok(Json::Array(items)), Err)
    }
}
