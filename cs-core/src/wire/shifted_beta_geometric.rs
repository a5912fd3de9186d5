//! The shifted-beta-geometric model by the names of its methods.
use crate::docs::documented;
use crate::error::{Code, Error, Problem, quoted};
use crate::forecast::ShiftedBetaGeometric;
use crate::json::Json;
use crate::query::{Arguments, Parameter, Takes};

use super::described::parameter;

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
const METHODS: &[(&str, &[Parameter], &str)] = &[
    ("of", &[ALPHA, BETA], documented("The model of two parameters.")),
    (
        "fit",
        &[SURVIVORS],
        documented(
            "The most likely model of a cohort: how many customers were there at the start, and after each period.",
        ),
    ),
    (
        "survival",
        &[ALPHA, BETA, PERIODS],
        documented("The share of customers who are still there after t periods, from 0 to 10000."),
    ),
    (
        "retention",
        &[ALPHA, BETA, PERIODS],
        documented("The share of those there before the end of period t, from 1 to 10000, who are there after it."),
    ),
    (
        "discounted_lifetime",
        &[ALPHA, BETA, DISCOUNT, RENEWAL],
        documented(
            "The discounted periods to come of one who is about to renew for the nth time, from 1 to 10000: the sum over \
             t >= n of S(t) / S(n - 1) / (1 + discount)^(t - n), with a discount of 0 or from 1e-9.",
        ),
    ),
];

/// What is known of a model, and what it is.
const FIELDS: &[(&str, &str)] = &[
    ("alpha", documented("The first parameter: the greater, the easier customers leave.")),
    ("beta", documented("The second parameter: the greater, the easier they stay.")),
    (
        "alpha_error",
        documented("The standard error of alpha; absent of a model that was not fitted, or where rounding hides it."),
    ),
    ("beta_error", documented("The standard error of beta, likewise.")),
    (
        "log_likelihood",
        documented("The logarithm of the likelihood of what it was fitted to; absent of a model that was not fitted."),
    ),
];

/// The model as the manifest has it.
pub(super) fn model() -> Json {
    let named = |name: &str, doc: &str| [("name", Json::from(name)), ("doc", Json::from(doc))];
    let fields = FIELDS.iter().map(|(name, doc)| Json::object(named(name, doc)));
    let methods = METHODS.iter().map(|(name, parameters, doc)| {
        let parameters = ("parameters", Json::Array(parameters.iter().map(parameter).collect()));
        Json::object(named(name, doc).into_iter().chain([parameters]))
    });
    let lists = [("fields", Json::Array(fields.collect())), ("methods", Json::Array(methods.collect()))];
    Json::object(named(NAME, DOC).into_iter().chain(lists))
}

const NAME: &str = "shifted_beta_geometric";
const DOC: &str =
    documented("How long customers stay who may leave at the end of every period, each with a probability of its own.");

/// What a method gives: `of` and `fit` the model, as an object; the others a number.
///
/// # Errors
/// `unknown_operation`, those of arguments, and the method's own.
pub(super) fn shifted_beta_geometric(method: &str, arguments: &Json) -> Result<Json, Error> {
    let known = METHODS.iter().find(|(name, ..)| *name == method);
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
