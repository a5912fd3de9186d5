//! What a customer is worth over its lifetime, beside what it cost to win and to get started.

use std::sync::Arc;

use chrono::NaiveDate;

use super::base::Base;
use super::costs::Costs;
use crate::definitions::Fraction;
use crate::error::{Code, Error, Problem};
use crate::float;
use crate::forecast::{MANY_MONTHS, PERIOD_MONTHS, ShiftedBetaGeometric, expected_months};
use crate::json::Json;
use crate::ledger::{Collected, Units};
use crate::money::{Money, divide_half_even};
use crate::period::Trailing;
use crate::portfolio::Portfolio;
use crate::query::{
    About, Arguments, AsOf, Asked, CUSTOMERS_BY, Context, Errors, Grouped, ONE, Operation, Parameter, Query, Takes,
    as_seen_parameters, share_argument,
};
use crate::ratio::{Ratio, Reason};
use crate::table::result_table;
use crate::text::TextPool;

result_table! {
    /// What a customer is worth over its lifetime, a row for each group.
    pub struct LifetimeValue("lifetime_value") of
    /// What a customer of a group is worth; every amount follows from others of its row, rounded half to even.
    LifetimeValueRow, built from Columns {
        /// Customers who pay at the close of the day.
        customers: u64 as Count,
        /// Their MRR.
        mrr: Money as Amount,
        /// `mrr / customers`; absent where nobody pays.
        arpa: Option<Money> as MaybeAmount,
        /// Customers who paid at the close before the last `months` months.
        opening_customers: u64 as Count,
        /// Those of them who do not pay at the close of the day.
        lost_customers: u64 as Count,
        /// Customers who first paid within these months.
        new_customers: u64 as Count,
        /// `lost_customers / opening_customers`, over these months; absent where nobody paid before.
        customer_churn: Option<f64> as Ratio,
        /// What the customers who have ever paid bought once, by contracts of the kind `one_time` that are no recurring revenue,
        /// over their number; absent where nobody ever paid.
        one_time_revenue: Option<Money> as MaybeAmount,
        /// The months that a customer pays for on average at this churn: 1 over the share that is lost a month, which is `1 - (1 -
        /// customer_churn)^(1 / months)`; 6 decimals, absent where nobody was lost.
        simple_months: Option<f64> as Ratio,
        /// `mrr / customers x simple_months + one_time_revenue`, with no end and no discount; absent likewise.
        simple_revenue: Option<Money> as MaybeAmount,
        /// `simple_revenue x gross_margin`, absent likewise.
        simple_margin: Option<Money> as MaybeAmount,
        /// Of how many of the months up to the horizon the curve of survival says something: up to the longest stay, or all
        /// where nobody is left.
        observed_months: u64 as Count,
        /// The share of customers who stay 24 months, by which acquisition is usually earned back; absent where nobody was
        /// there so long ago.
        survival_24_months: Option<f64> as Ratio,
        /// The share of customers who stay for twice the average first term, to the nearest whole month, which are two renewals;
        /// absent where no term is known, or nobody was there so long ago.
        survival_two_terms: Option<f64> as Ratio,
        /// The months that a customer is expected to pay for among those observed: the sum of the shares that are still there after
        /// 0, 1, 2 ... whole months, each discounted; 6 decimals, absent where nobody ever paid.
        lifetime_months: Option<f64> as Ratio,
        /// `mrr / customers x lifetime_months + one_time_revenue`; absent where either is.
        survival_revenue: Option<Money> as MaybeAmount,
        /// `survival_revenue x gross_margin`, absent likewise.
        survival_margin: Option<Money> as MaybeAmount,
        /// The first parameter of the shifted-beta-geometric model of their stays in whole periods; absent where no model is the
        /// most likely one.
        alpha: Option<f64> as Ratio,
        /// The second, absent likewise.
        beta: Option<f64> as Ratio,
        /// The months up to the horizon that a new customer is expected to pay for by the model, discounted likewise; 6 decimals,
        /// absent without a model.
        model_months: Option<f64> as Ratio,
        /// `mrr / customers x model_months + one_time_revenue`, absent likewise.
        model_revenue: Option<Money> as MaybeAmount,
        /// `model_revenue x gross_margin`, absent likewise.
        model_margin: Option<Money> as MaybeAmount,
        /// What it cost on average to win a customer who has ever paid, of those of whom it is known; absent where it is of none.
        acquisition_cost: Option<Money> as MaybeAmount,
        /// What it cost on average to get one started, likewise.
        onboarding_cost: Option<Money> as MaybeAmount,
        /// The months after which a customer has paid back both: `(acquisition_cost + onboarding_cost) / (mrr / customers x
        /// gross_margin)`; absent where one of them is, or where there is no margin.
        payback_months: Option<f64> as Ratio,
        /// The average first term of customers who have ever paid, in months of `days_per_month` days: from the first day to
        /// that on which a contract falls due; absent where no term is known.
        term_months: Option<f64> as Ratio,
        /// `payback_months / term_months`: above 1, a customer has to renew before it has paid back what it cost; above 2, twice.
        payback_terms: Option<f64> as Ratio,
        /// `survival_margin / (acquisition_cost + onboarding_cost)`; absent where one of them is, or where there is no cost.
        margin_to_cost: Option<f64> as Ratio,
        /// How many customers the base can hold at this inflow and this churn, which is the inflow of a month over the churn of
        /// one: `new_customers / months x simple_months`; absent where nobody was lost.
        largest_base: Option<f64> as Ratio,
    }
}

const GROSS_MARGIN: Parameter = Parameter::optional(
    "gross_margin",
    Takes::Share,
    "1",
    "The share of revenue that is left after the cost of serving it, at most 6 decimals.",
);
const MONTHS: Parameter = Parameter::optional(
    "months",
    Takes::Count,
    "12",
    "Over how many months up to the day churn is measured, from 1 to 120.",
);
const HORIZON_MONTHS: Parameter = Parameter::optional(
    "horizon_months",
    Takes::Count,
    "60",
    "How many months of a lifetime are counted by survival and by the model, from 1 to 1200; by churn alone there is no end.",
);
const DISCOUNT_RATE: Parameter = Parameter::optional(
    "discount_rate",
    Takes::Share,
    "0",
    "By what share of itself money is worth less in a year, at most 6 decimals.",
);

/// What is asked: from which day, and how worth is reckoned.
#[derive(Clone, Copy, Debug)]
pub struct OfLifetimeValue {
    as_of: AsOf,
    gross_margin: f64,
    months: u32,
    horizon_months: u32,
    discount_rate: f64,
    period_months: u32,
}

impl Asked for OfLifetimeValue {
    fn read(arguments: &Arguments<'_>) -> Result<Self, Error> {
        let share = |parameter: Parameter| arguments.value(parameter.name).map(|share| share.as_number());
        Ok(Self {
            as_of: AsOf::read(arguments)?,
            gross_margin: share(GROSS_MARGIN)?.unwrap_or(1.0),
            months: arguments.count(MONTHS.name)?,
            horizon_months: arguments.count(HORIZON_MONTHS.name)?,
            discount_rate: share(DISCOUNT_RATE)?.unwrap_or_default(),
            period_months: arguments.count(PERIOD_MONTHS.name)?,
        })
    }

    fn as_of(&self) -> Option<NaiveDate> {
        self.as_of.as_of()
    }
}

impl Query<'_, LifetimeValue> {
    /// The share of revenue that is left after the cost of serving it, from 0 to 1; all of it by default.
    pub fn gross_margin(mut self, share: f64) -> Self {
        self.asked.gross_margin = share;
        self
    }

    /// Over how many months up to the day churn is measured; 12 by default.
    pub fn months(mut self, months: u32) -> Self {
        self.asked.months = months;
        self
    }

    /// How many months of a lifetime are counted; 60 by default.
    pub fn horizon_months(mut self, months: u32) -> Self {
        self.asked.horizon_months = months;
        self
    }

    /// By what share of itself money is worth less in a year, from 0 to 1; nothing by default.
    pub fn discount_rate(mut self, share: f64) -> Self {
        self.asked.discount_rate = share;
        self
    }

    /// How many months there are between two days on which the model lets a customer leave; 1 by default. Of contracts of a
    /// year, 12.
    pub fn period_months(mut self, months: u32) -> Self {
        self.asked.period_months = months;
        self
    }
}

impl Portfolio {
    /// What a customer is worth over its lifetime, by what was known at the close of a day, in three readings: by the churn
    /// of the last months, by how long customers were seen to stay, and by how long a model expects it.
    ///
    /// `simple_revenue`, `survival_revenue` and `model_revenue` are `mrr / customers` times the months that a customer is
    /// expected to pay for; all with `one_time_revenue`, and each with a margin, which is that times `gross_margin`. The curve of survival is that of E. L. Kaplan and P. Meier over whole
    /// months, and counts no month of which nobody knows. Costs of winning a customer and of getting it started stand beside
    /// it, with the months and the terms after which they are paid back: 24 months, or two renewals, are usual.
    ///
    /// ```
    /// use chrono::NaiveDate;
    /// use cs_core::Portfolio;
    ///
    /// let book = "contract_id,customer_id,start_date,end_date,term_end,mrr\n\
    ///             c-1,acme,2025-01-01,,2026-01-01,100\n\
    ///             c-2,bolt,2025-01-01,2026-07-01,2026-01-01,100\n";
    /// let customers = "customer_id,acquisition_cost,onboarding_cost\nacme,1500,300\nbolt,1500,300\n";
    /// let day = NaiveDate::from_ymd_opt(2026, 12, 31).unwrap();
    /// let portfolio = Portfolio::from_csv(book).customers(customers).currency("USD").observed_until(day).load()?;
    /// let value = portfolio.lifetime_value(day).gross_margin(0.75).run()?;
    /// let row = value.rows().next().unwrap();
    /// // Half of the customers left within the year, which is 5.6% a month.
    /// assert_eq!((row.simple_months, row.simple_revenue.unwrap().to_string().as_str()), (Some(17.817154), "1781.72"));
    /// // All paid for 18 months, and half of them for 6 more that were seen.
    /// assert_eq!((row.observed_months, row.lifetime_months), (24, Some(21.0)));
    /// assert_eq!(row.survival_margin.unwrap().to_string(), "1575.00");
    /// assert_eq!((row.payback_months, row.payback_terms.map(|terms| terms.round())), (Some(24.0), Some(2.0)));
    /// # Ok::<(), cs_core::Error>(())
    /// ```
    pub fn lifetime_value(&self, as_of: NaiveDate) -> Query<'_, LifetimeValue> {
        let asked = OfLifetimeValue {
            as_of: AsOf(as_of),
            gross_margin: 1.0,
            months: 12,
            horizon_months: 60,
            discount_rate: 0.0,
            period_months: 1,
        };
        Query::of(self, asked)
    }
}

/// Acquisition is usually earned back after so many.
const YARDSTICK_MONTHS: u32 = 24;

/// No lifetime is looked at for longer.
const MOST_MONTHS: u32 = 1_200;

/// How worth is reckoned.
#[derive(Clone, Copy, Debug)]
struct Reckoning {
    /// In millionths.
    gross_margin: u32,
    months: u32,
    horizon_months: u32,
    discount_rate: f64,
    period_months: u32,
    days_per_month: Fraction,
    /// Decimals of amounts.
    digits: u8,
}

impl Operation for LifetimeValue {
    type Asked = OfLifetimeValue;

    const ABOUT: About = About {
        doc: "What a customer is worth over its lifetime, beside what it cost to win and to get started.\n\n\
              It is told by what was known at the close of a day, in three readings, each of revenue and of margin: the months that a \
              customer pays for at the churn of the last ones; those that customers were seen to stay for, by the curve of survival; and those that the shifted-beta-geometric model \
              of stays in whole periods expects. What is bought once counts in each. Payback counts the costs of winning a customer and of getting it \
              started: 24 months, or two renewals, are usual.",
        parameters: as_seen_parameters![
            GROSS_MARGIN,
            MONTHS,
            HORIZON_MONTHS,
            DISCOUNT_RATE,
            PERIOD_MONTHS,
            CUSTOMERS_BY
        ],
        rows: "A row for each group, in their order.",
        errors: Errors { argument: &[Code::LimitExceeded, Code::InvalidArgument], ..Errors::AS_OF },
        source: "\"Customer Success\" by Mehta, Steinman and Murphy: acquisition is earned back after 24 months or two renewals; \
                 HubSpot Japan's guide to customer success: revenue or profit over the relationship; P. S. Fader and B. G. S. \
                 Hardie, How to Project Customer Retention, 2007.",
    };

    fn compute(asked: &OfLifetimeValue, context: &Context<'_>) -> Result<Self, Error> {
        let context = &context.as_seen();
        context.ensure_of_customers()?;
        let gross_margin = share_argument(GROSS_MARGIN.name, &Json::Float(asked.gross_margin))?;
        share_argument(DISCOUNT_RATE.name, &Json::Float(asked.discount_rate))?;
        Problem::ensure_within(MONTHS.name, asked.months, &(1..=120))?;
        Problem::ensure_within(HORIZON_MONTHS.name, asked.horizon_months, &(1..=MOST_MONTHS))?;
        Problem::ensure_within(PERIOD_MONTHS.name, asked.period_months, &MANY_MONTHS)?;
        let units = Units::of(context)?;
        let reckoning = Reckoning {
            gross_margin,
            months: asked.months,
            horizon_months: asked.horizon_months,
            discount_rate: asked.discount_rate,
            period_months: asked.period_months,
            days_per_month: context.definitions.days_per_month,
            digits: units.priced.digits,
        };
        let window = Trailing::of(context.seen(), asked.months);
        let groups = Base::of_groups(&units, window, asked.period_months, &Costs::of(context))?;
        let mut columns = Columns::of(&Arc::new(TextPool::default()));
        for (done, (_, base)) in groups.groups.iter().enumerate() {
            context.go_on(done, groups.groups.len())?;
            columns.write(base, reckoning)?;
        }
        Ok(columns.into_table(groups.columns(Collected::rows), units.priced.digits, context.metadata()))
    }
}

impl Grouped for LifetimeValue {}

/// An amount that may be absent.
type Maybe = Result<i128, Reason>;

/// Months in millionths, rounded half to even.
fn millionths(months: f64) -> i64 {
    float::nearest_even(months * f64::from(ONE))
}

/// A product of factors over a whole, rounded half to even; absent where there is nothing to divide by.
fn part(factors: &[i128], whole: i128) -> Result<Maybe, Problem> {
    if whole == 0 {
        return Ok(Err(Reason::ZeroDenominator));
    }
    let product = factors.iter().try_fold(1_i128, |product, factor| product.checked_mul(*factor));
    product.and_then(|product| divide_half_even(product, whole)).map(Ok).ok_or_else(too_large)
}

/// No book that means anything is so large.
fn too_large() -> Problem {
    Problem::table(Code::Overflow, "contracts", "what customers pay is too much to be multiplied by how long they stay")
}

/// As a number of months.
fn months(millionths: Result<i64, Reason>) -> Result<f64, Reason> {
    millionths.map(|millionths| millionths as f64 / f64::from(ONE))
}

impl Base {
    /// What a customer pays over so many millionths of a month.
    fn paid_over(&self, months: Result<i64, Reason>) -> Result<Maybe, Problem> {
        let paid = |months: i64| part(&[self.mrr, months.into()], i128::from(self.customers) * i128::from(ONE));
        months.map_or_else(|reason| Ok(Err(reason)), paid)
    }

    /// The months, in millionths, that a customer pays for where this share is lost over so many months.
    fn simple_months(&self, months: u32) -> Result<i64, Reason> {
        if self.lost == 0 {
            return Err(Reason::ZeroDenominator);
        }
        let churn = self.lost as f64 / self.opening as f64;
        // Of those who all leave, each pays for the first.
        let monthly = -float::exp_m1(float::ln_1p(-churn) / f64::from(months));
        Ok(millionths(1.0 / monthly))
    }

    /// The average first term in months of so many days, as a fraction; none where no term is known.
    fn term(&self, days_per_month: Fraction) -> Option<[i128; 2]> {
        let days = self.term_days * i128::from(days_per_month.denominator());
        (self.terms > 0).then(|| [days, i128::from(self.terms) * i128::from(days_per_month.numerator())])
    }

    /// The same.
    fn term_months(&self, days_per_month: Fraction) -> Ratio {
        self.term(days_per_month).map_or(Ratio::Absent(Reason::NotKnown), |[days, month]| Ratio::of(days, month))
    }

    /// Two such terms in whole months, to the nearest: a leap day is none.
    fn two_terms(&self, days_per_month: Fraction) -> Option<u32> {
        let [days, month] = self.term(days_per_month)?;
        u32::try_from((4 * days + month) / (2 * month)).ok()
    }
}

impl Reckoning {
    /// Revenue of what recurs and of what does not, and its margin.
    fn value(&self, recurring: Maybe, one_time: Maybe) -> Result<[Maybe; 2], Problem> {
        let revenue = recurring.and_then(|recurring| Ok(recurring + one_time?));
        let margin = |revenue| part(&[revenue, self.gross_margin.into()], ONE.into());
        Ok([revenue, revenue.map_or_else(|reason| Ok(Err(reason)), margin)?])
    }
}

impl Columns {
    fn write(&mut self, base: &Base, reckoning: Reckoning) -> Result<(), Error> {
        let (customers, opening, lost) = (i128::from(base.customers), i128::from(base.opening), i128::from(base.lost));
        self.customers.push(base.customers);
        self.mrr.push(base.mrr);
        self.arpa.push(part(&[base.mrr], customers)?);
        self.opening_customers.push(base.opening);
        self.lost_customers.push(base.lost);
        self.new_customers.push(base.new);
        self.customer_churn.push(Ratio::of(lost, opening));
        let stay = base.simple_months(reckoning.months);
        self.simple_months.push(months(stay));
        let held = |stay: i64| {
            Ratio::of(i128::from(base.new) * i128::from(stay), i128::from(reckoning.months) * i128::from(ONE))
        };
        self.largest_base.push(stay.map_or_else(Ratio::Absent, held));
        let one_time = part(&[base.one_time], base.ever.into())?;
        self.one_time_revenue.push(one_time);
        let [revenue, margin] = reckoning.value(base.paid_over(stay)?, one_time)?;
        self.simple_revenue.push(revenue);
        self.simple_margin.push(margin);
        let margin = self.write_survival(base, one_time, reckoning)?;
        self.write_costs(base, margin, reckoning);
        Ok(())
    }

    /// What was seen and what is modelled; gives the margin of what was seen.
    fn write_survival(&mut self, base: &Base, one_time: Maybe, reckoning: Reckoning) -> Result<Maybe, Error> {
        let Reckoning { horizon_months, discount_rate, period_months, .. } = reckoning;
        let course = base.course();
        let two_terms = base.two_terms(reckoning.days_per_month);
        let longest = two_terms.unwrap_or_default().clamp(YARDSTICK_MONTHS, MOST_MONTHS) + 1;
        let shares = course.by_period(horizon_months.max(longest));
        let observed = shares.get(..horizon_months as usize).unwrap_or(&shares);
        // Nobody comes back after all have left.
        let none_left = shares.last().copied().filter(|share| *share == 0.0);
        let stay = |months: u32| shares.get(months as usize).copied().or(none_left).ok_or(Reason::NotKnown);
        self.survival_24_months.push(stay(YARDSTICK_MONTHS));
        self.survival_two_terms.push(two_terms.ok_or(Reason::NotKnown).and_then(stay));
        self.observed_months.push(observed.len() as u64);
        let lifetime = millionths(expected_months(observed.iter().copied(), discount_rate));
        let lifetime = if base.ever > 0 { Ok(lifetime) } else { Err(Reason::ZeroDenominator) };
        self.lifetime_months.push(months(lifetime));
        let [revenue, survival_margin] = reckoning.value(base.paid_over(lifetime)?, one_time)?;
        self.survival_revenue.push(revenue);
        self.survival_margin.push(survival_margin);

        let model = ShiftedBetaGeometric::of_course(&base.course_in_periods()).ok_or(Reason::InsufficientData);
        // Who is there at the start of a period pays for its months.
        let months_of = |share| std::iter::repeat_n(share, period_months as usize);
        let shares = |model: ShiftedBetaGeometric| model.by_period().flat_map(months_of).take(horizon_months as usize);
        let lifetime = model.map(|model| millionths(expected_months(shares(model), discount_rate)));
        self.alpha.push(model.map(|model| model.alpha()));
        self.beta.push(model.map(|model| model.beta()));
        self.model_months.push(months(lifetime));
        let [revenue, margin] = reckoning.value(base.paid_over(lifetime)?, one_time)?;
        self.model_revenue.push(revenue);
        self.model_margin.push(margin);
        Ok(survival_margin)
    }

    fn write_costs(&mut self, base: &Base, margin: Maybe, reckoning: Reckoning) {
        let Reckoning { gross_margin, days_per_month, digits, .. } = reckoning;
        let [acquisition, onboarding] = [base.acquisition, base.onboarding].map(|sum| sum.average(digits));
        self.acquisition_cost.push(acquisition.ok_or(Reason::NotKnown));
        self.onboarding_cost.push(onboarding.ok_or(Reason::NotKnown));
        let cost = acquisition.zip(onboarding).map(|(acquisition, onboarding)| acquisition + onboarding);
        let paid_back = |cost: i128| {
            Ratio::of(cost * i128::from(base.customers) * i128::from(ONE), base.mrr * i128::from(gross_margin))
        };
        let payback = cost.map_or(Ratio::Absent(Reason::NotKnown), paid_back);
        let term = base.term_months(days_per_month);
        self.payback_months.push(payback);
        self.term_months.push(term);
        self.payback_terms.push(match (payback, term) {
            (Ratio::Value(payback), Ratio::Value(term)) => Ratio::Value(payback / term),
            (Ratio::Absent(reason), _) | (_, Ratio::Absent(reason)) => Ratio::Absent(reason),
        });
        self.margin_to_cost.push(match (margin, cost) {
            (Ok(margin), Some(cost)) => Ratio::of(margin, cost),
            (Err(reason), _) => Ratio::Absent(reason),
            (_, None) => Ratio::Absent(Reason::NotKnown),
        });
    }
}
