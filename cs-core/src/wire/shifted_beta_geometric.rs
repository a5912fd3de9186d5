//! The shifted-beta-geometric model by the names of its methods.

use crate::docs::documented;
use crate::error::{Code, Error, Problem, quoted};
use crate::forecast::ShiftedBetaGeometric;
use crate::json::Json;
use crate::query::{Arguments, Parameter, Takes};

const ALPHA: Parameter = Parameter::required("alpha", Takes::Number, "The first parameter, above 0.");
const BETA: Parameter = Parameter::required("beta", Takes::Number, "The second parameter, above 0.");
const SURVIVORS: Parameter = Parameter::required(
    "survivors",
    Takes::Counts,
    "How many customers of a cohort were there at its start, and after each period.",
);
const PERIODS: Parameter = Parameter::required("t", Takes::Count, "Periods since the start, up to 10000.");
const DISCOUNT: Parameter =
    Parameter::required("discount", Takes::Number, "By how much a period's worth falls: 0, or from 0.000000001.");
const RENEWAL: Parameter =
    Parameter::required("n", Takes::Count, "The renewal that is about to come, from 1 to 10000.");

/// The methods of the model, each with what it takes and says.
const SHIFTED_BETA_GEOMETRIC: &[(&str, &[Parameter], &str)] = &[
    ("of", &[ALPHA, BETA], documented("The model of two parameters.")),
    ("fit", &[SURVIVORS], documented("The most likely model of a cohort.")),
    ("survival", &[ALPHA, BETA, PERIODS], documented("The share of customers who are there after t periods.")),
    ("retention", &[ALPHA, BETA, PERIODS], documented("The share of those before who stay at the end of period t.")),
    (
        "discounted_lifetime",
        &[ALPHA, BETA, DISCOUNT, RENEWAL],
        documented("The discounted periods to come of one who is about to renew for the nth time."),
    ),
];

/// What a method gives: `of` and `fit` the model, as an object; the others a number.
///
/// # Errors
/// `unknown_operation`, those of arguments, and the method's own.
pub fn shifted_beta_geometric(method: &str, arguments: &Json) -> Result<Json, Error> {
    let known = SHIFTED_BETA_GEOMETRIC.iter().find(|(name, ..)| *name == method);
    let Some((_, parameters, _)) = known else {
        let message = format!("the model has no method {}", quoted(method));
        return Err(Problem::argument(Code::UnknownOperation, "method", message).value(method).into());
    };
    let arguments = Arguments::of(arguments, parameters)?;
    if method == "fit" {
        return ShiftedBetaGeometric::fit(&arguments.numbers(SURVIVORS.name)?).map(object);
    }
    let model = ShiftedBetaGeometric::new(arguments.float(ALPHA.name)?, arguments.float(BETA.name)?)?;
    let number = match method {
        "survival" => model.survival(arguments.number(PERIODS.name)?)?,
        "retention" => model.retention(arguments.number(PERIODS.name)?)?,
        "discounted_lifetime" => {
            model.discounted_lifetime(arguments.float(DISCOUNT.name)?, arguments.number(RENEWAL.name)?)?
        }
        _ => return Ok(object(model)),
    };
    Ok(Json::Float(number))
}

/// What is known of a model.
fn object(model: ShiftedBetaGeometric) -> Json {
    let number = |number: Option<f64>| number.map_or(Json::Null, Json::Float);
    Json::object([
        ("alpha", Json::Float(model.alpha())),
        ("beta", Json::Float(model.beta())),
        ("alpha_error", number(model.alpha_error())),
        ("beta_error", number(model.beta_error())),
        ("log_likelihood", number(model.log_likelihood())),
    ])
}
