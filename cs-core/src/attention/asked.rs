//! What plans of attention are asked: a day, who is in which tier, and what time costs.

use chrono::NaiveDate;
use rust_decimal::Decimal;

use super::touch_model::{DIGITS, TouchModel};
use crate::error::{Code, Error, Problem};
use crate::json::Json;
use crate::money::parse_units;
use crate::query::{Arguments, AsOf, Asked, Errors, MANY_DAYS, Operation, Parameter, Query, Takes, share_argument};
use crate::word::{Word as _, words};

words! {
    /// What a customer is worth.
    CustomerValue {
        /// Its MRR.
        Mrr,
        /// The margin of the months that it is expected to pay for.
        Lifetime,
    }
}

pub(super) const MODEL: Parameter = Parameter::optional(
    "model",
    Takes::TouchModel,
    "null",
    "Ordered `rules`, each with a `tier` and any of `min_value` (an amount), `min_value_ratio` (of the average value), \
     `min_potential_ratio` (of what the customer pays) and `max_experience`, the last with none; and for each of `tiers` \
     `hours_per_month` and `contact_days`. The standard model if left out.",
);
pub(super) const VALUE: Parameter = Parameter::optional(
    "value",
    Takes::Choice(CustomerValue::WORDS),
    "\"mrr\"",
    "What a customer is worth: its MRR, or the margin of the months that it is expected to pay for, by how long all customers stay \
     and how long it has paid; where no model fits, all have one chance to leave.",
);
pub(super) const GROSS_MARGIN: Parameter = Parameter::optional(
    "gross_margin",
    Takes::Share,
    "1",
    "The share of revenue that is left after the cost of serving it but for people's time, at most 6 decimals.",
);
pub(super) const COST_PER_HOUR: Parameter =
    Parameter::optional("cost_per_hour", Takes::Amount, "null", "What an hour of people's time costs.");
pub(super) const HORIZON_MONTHS: Parameter = Parameter::optional(
    "horizon_months",
    Takes::Count,
    "60",
    "How many months of a lifetime are counted, from 1 to 1200.",
);
pub(super) const WINDOW_DAYS: Parameter = Parameter::optional(
    "window_days",
    Takes::Count,
    "90",
    "Over how many days up to the day the time spent is looked at, from 1 to 3660.",
);

/// The arguments of a plan, and of what follows from it.
macro_rules! touch_parameters {
    ($($own:expr),*) => {
        $crate::query::as_of_parameters![
            $($own,)*
            $crate::attention::asked::MODEL,
            $crate::attention::asked::VALUE,
            $crate::attention::asked::GROSS_MARGIN,
            $crate::attention::asked::COST_PER_HOUR,
            $crate::attention::asked::HORIZON_MONTHS,
            $crate::attention::asked::WINDOW_DAYS
        ]
    };
}

pub(super) use touch_parameters;

/// The errors of a plan, and of what follows from it.
pub(super) const ERRORS: Errors = Errors { argument: &[Code::LimitExceeded, Code::InvalidArgument], ..Errors::AS_OF };

/// What is asked: a day, who is in which tier, and what time costs.
#[derive(Clone, Debug)]
pub struct OfTouch {
    as_of: AsOf,
    /// None for the standard one.
    model: Option<TouchModel>,
    pub(super) value: CustomerValue,
    gross_margin: f64,
    cost_per_hour: Option<Decimal>,
    pub(super) horizon_months: u32,
    pub(super) window_days: u32,
}

/// The same, checked; shares in millionths, amounts in counts of 10^-[`DIGITS`].
pub(super) struct Checked {
    pub(super) model: TouchModel,
    pub(super) gross_margin: u32,
    pub(super) cost_per_hour: Option<i128>,
}

impl Asked for OfTouch {
    fn read(arguments: &Arguments<'_>) -> Result<Self, Error> {
        let model = match arguments.value(MODEL.name)? {
            Json::Null => None,
            json => Some(TouchModel::from_object(&json)?),
        };
        let cost = arguments.value(COST_PER_HOUR.name)?;
        Ok(Self {
            as_of: AsOf::read(arguments)?,
            model,
            value: arguments.word(VALUE.name)?,
            gross_margin: arguments.float(GROSS_MARGIN.name)?,
            cost_per_hour: (cost != Json::Null).then(|| arguments.amount(COST_PER_HOUR.name)).transpose()?,
            horizon_months: arguments.count(HORIZON_MONTHS.name)?,
            window_days: arguments.count(WINDOW_DAYS.name)?,
        })
    }

    fn as_of(&self) -> Option<NaiveDate> {
        self.as_of.as_of()
    }
}

impl OfTouch {
    pub(super) fn of(as_of: NaiveDate) -> Self {
        Self {
            as_of: AsOf(as_of),
            model: None,
            value: CustomerValue::Mrr,
            gross_margin: 1.0,
            cost_per_hour: None,
            horizon_months: 60,
            window_days: 90,
        }
    }

    /// The same by another model than the standard one.
    pub(super) fn by_model(self, model: Option<&TouchModel>) -> Self {
        Self { model: model.cloned(), ..self }
    }

    /// Whether it is told what an hour costs.
    pub(super) fn has_cost(&self) -> bool {
        self.cost_per_hour.is_some()
    }

    pub(super) fn checked(&self) -> Result<Checked, Error> {
        Problem::ensure_within(HORIZON_MONTHS.name, self.horizon_months, &(1..=1_200))?;
        Problem::ensure_within(WINDOW_DAYS.name, self.window_days, &MANY_DAYS)?;
        let cost = |cost: Decimal| {
            let units = parse_units(&cost.to_string(), DIGITS).ok().filter(|units| (0..=MOST_COST).contains(units));
            units.ok_or_else(|| {
                let message = "the cost is no amount from 0 to 1000000000000 with at most 12 decimals";
                Problem::argument(Code::InvalidArgument, COST_PER_HOUR.name, message).value(&cost.to_string())
            })
        };
        Ok(Checked {
            model: self.model.clone().map_or_else(TouchModel::standard, Ok)?,
            gross_margin: share_argument(GROSS_MARGIN.name, &Json::Float(self.gross_margin))?,
            cost_per_hour: self.cost_per_hour.map(cost).transpose()?,
        })
    }
}

/// Nobody's hour costs more.
const MOST_COST: i128 = 1_000_000_000_000 * 10_i128.pow(DIGITS as u32);

/// What is asked of a plan, among other things.
pub trait ByTouch: Asked {
    /// The part that asks for it.
    fn touch(&mut self) -> &mut OfTouch;
}

impl ByTouch for OfTouch {
    fn touch(&mut self) -> &mut OfTouch {
        self
    }
}

impl<R: Operation> Query<'_, R>
where
    R::Asked: ByTouch,
{
    /// Other rules and tiers than the standard ones.
    pub fn model(mut self, model: &TouchModel) -> Self {
        self.asked.touch().model = Some(model.clone());
        self
    }

    /// What a customer is worth; its MRR by default.
    pub fn value(mut self, value: CustomerValue) -> Self {
        self.asked.touch().value = value;
        self
    }

    /// The share of revenue that is left after the cost of serving it but for people's time; all of it by default.
    pub fn gross_margin(mut self, share: f64) -> Self {
        self.asked.touch().gross_margin = share;
        self
    }

    /// What an hour of people's time costs.
    pub fn cost_per_hour(mut self, cost: Decimal) -> Self {
        self.asked.touch().cost_per_hour = Some(cost);
        self
    }

    /// How many months of a lifetime are counted; 60 by default.
    pub fn horizon_months(mut self, months: u32) -> Self {
        self.asked.touch().horizon_months = months;
        self
    }

    /// Over how many days up to the day the time spent is looked at; 90 by default.
    pub fn window_days(mut self, days: u32) -> Self {
        self.asked.touch().window_days = days;
        self
    }
}
