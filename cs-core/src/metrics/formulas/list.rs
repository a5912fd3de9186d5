//! Every formula, with its arguments.

use rust_decimal::Decimal;

use super::spec::{BOOK, FormulaGives, FormulaSpec, HUBSPOT};
use super::{amounts, answers, shares};
use crate::error::Error;
use crate::query::{Arguments, Parameter, Takes};
use FormulaGives::{Interval, Number};

const fn count(name: &'static str, doc: &'static str) -> Parameter {
    Parameter::required(name, Takes::Count, doc)
}

const fn amount(name: &'static str, doc: &'static str) -> Parameter {
    Parameter::required(name, Takes::Amount, doc)
}

const fn number(name: &'static str, doc: &'static str) -> Parameter {
    Parameter::required(name, Takes::Number, doc)
}

const CUSTOMERS: Parameter = count("customers", "Customers at the start of the period.");
const AT_END: Parameter = count("customers_at_end", "Customers at the end of the period.");
const GAINED: Parameter = count("customers_gained", "Those of them who came within the period.");
const AT_START: Parameter = count("customers_at_start", "Customers at its start.");
const REVENUE_AT_END: Parameter = amount("revenue_at_end", "Revenue at the end of the period.");
const REVENUE_AT_START: Parameter = amount("revenue_at_start", "Revenue at the start of the period.");
const OPENING: Parameter = amount("opening", "Recurring revenue at the opening.");
const CONTRACTION: Parameter = amount("contraction", "By how much less those of the opening pay who still pay.");
const CHURNED: Parameter = amount("churned", "What those of the opening paid who left.");
const SCORES: Parameter = Parameter::required("scores", Takes::Counts, "The answers, from 0 to 10.");
const SATISFACTION: Parameter = Parameter::required("scores", Takes::Counts, "The answers.");
const THRESHOLD: Parameter = count("threshold", "The lowest answer of a satisfied customer.");
const SCALE_MAX: Parameter = count("scale_max", "The best answer of the scale.");
const ARPA: Parameter = amount("arpa", "Revenue per customer and period.");
const MARGIN: Parameter = Parameter::optional(
    "gross_margin",
    Takes::Number,
    "1",
    "The share of revenue that is left after what it costs to serve, from 0 to 1; 1 for all the money that is spent.",
);
const PERIODS: Parameter = count("periods", "How many periods are looked at together, such as 12 months of a year.");

/// A share of a part in all and its interval, by the names of the arguments.
macro_rules! share {
    ($name:ident, $interval:ident, [$part:expr, $all:expr], $doc:literal, $source:expr) => {
        [
            FormulaSpec::of(
                stringify!($name),
                &[$part, $all],
                $doc,
                $source,
                Number(|given| shares::$name(given.number($part.name)?, given.number($all.name)?)),
            ),
            FormulaSpec::of(
                stringify!($interval),
                &[$part, $all],
                concat!("The Wilson interval, at 95%, of `", stringify!($name), "`."),
                "The interval is that of E. B. Wilson, 1927.",
                Interval(|given| shares::$interval(given.number($part.name)?, given.number($all.name)?)),
            ),
        ]
    };
}

/// All formulas in the order in which they are told, those beside each other that are of one thing.
pub const FORMULAS: &[&[FormulaSpec]] = &[
    &share!(
        customer_churn_rate,
        customer_churn_rate_interval,
        [count("cancelled", "Customers of the start who cancelled in the period."), CUSTOMERS],
        "The share of customers who were there at the start and cancelled.\n\n`cancelled / customers`; 10 of 200 are 5%.",
        HUBSPOT
    ),
    &share!(
        free_downgrade_rate,
        free_downgrade_rate_interval,
        [count("downgraded", "Customers who went from paid to free."), CUSTOMERS],
        "The share of customers who went from paid to free.\n\n`downgraded / customers`: a rate of its own, never added to churn.",
        HUBSPOT
    ),
    &[FormulaSpec::of(
        "revenue_churn_rate",
        &[
            amount("unit_price", "What a cancelled customer paid."),
            count("cancellations", "How many cancelled."),
            amount("revenue", "All revenue of the period."),
        ],
        "The share of revenue that cancellations took.\n\n`unit_price * cancellations / revenue`; 30,000 x 6 of 3,000,000 are \
         6%.",
        HUBSPOT,
        Number(|given| {
            let (price, revenue) = (given.amount("unit_price")?, given.amount("revenue")?);
            amounts::revenue_churn_rate(price, given.number("cancellations")?, revenue)
        }),
    )],
    &[
        FormulaSpec::of(
            "customer_retention_rate",
            &[AT_END, GAINED, AT_START],
            "The share of the customers of the start who are still there.\n\n`(customers_at_end - customers_gained) / \
             customers_at_start`; (1,300 - 350) of 1,000 are 95%.",
            HUBSPOT,
            Number(|given| retained(given, shares::customer_retention_rate)),
        ),
        FormulaSpec::of(
            "customer_retention_rate_interval",
            &[AT_END, GAINED, AT_START],
            "The Wilson interval, at 95%, of `customer_retention_rate`.",
            "The interval is that of E. B. Wilson, 1927.",
            Interval(|given| retained(given, shares::customer_retention_rate_interval)),
        ),
        FormulaSpec::of(
            "revenue_retention_rate",
            &[
                REVENUE_AT_END,
                amount("revenue_gained", "That of customers who came within the period."),
                REVENUE_AT_START,
            ],
            "The share of revenue that was kept.\n\n`(revenue_at_end - revenue_gained) / revenue_at_start`; above 1 where \
             customers of the start pay more.",
            HUBSPOT,
            Number(|given| {
                let gained = given.amount("revenue_gained")?;
                amounts::revenue_retention_rate(
                    given.amount("revenue_at_end")?,
                    gained,
                    given.amount("revenue_at_start")?,
                )
            }),
        ),
        FormulaSpec::of(
            "gross_revenue_retention",
            &[OPENING, CONTRACTION, CHURNED],
            "The share of the opening's revenue that stays, without what grows (GRR).\n\n`(opening - contraction - churned) / \
             opening`.",
            BOOK,
            Number(|given| {
                let [opening, contraction, churned] = opening(given)?;
                amounts::gross_revenue_retention(opening, contraction, churned)
            }),
        ),
        FormulaSpec::of(
            "net_revenue_retention",
            &[
                OPENING,
                amount("expansion", "By how much more those of the opening pay who still pay."),
                CONTRACTION,
                CHURNED,
            ],
            "The share of the opening's revenue that stays, with what grows (NRR).\n\n`(opening + expansion - contraction - \
             churned) / opening`.",
            BOOK,
            Number(|given| {
                let [opening, contraction, churned] = opening(given)?;
                amounts::net_revenue_retention(opening, given.amount("expansion")?, contraction, churned)
            }),
        ),
    ],
    &share!(
        renewal_rate,
        renewal_rate_interval,
        [count("renewed", "Renewals that fell due and were renewed."), count("due", "Renewals that fell due.")],
        "The share of renewals that fell due and were renewed.\n\n`renewed / due`.",
        BOOK
    ),
    &share!(
        onboarding_completion_rate,
        onboarding_completion_rate_interval,
        [
            count("completed", "Those who completed onboarding, by the company's own definition."),
            count("in_window", "All who are in the onboarding window.")
        ],
        "The share of those in the onboarding window who completed it.\n\n`completed / in_window`; what completed means each \
         company fixes for itself.",
        HUBSPOT
    ),
    &share!(
        upsell_rate,
        upsell_rate_interval,
        [count("upgraded", "Customers who moved to a higher grade."), CUSTOMERS],
        "The share of customers who moved to a higher grade.\n\n`upgraded / customers`.",
        HUBSPOT
    ),
    &share!(
        cross_sell_rate,
        cross_sell_rate_interval,
        [count("added", "Customers who added another product."), CUSTOMERS],
        "The share of customers who added another product.\n\n`added / customers`.",
        HUBSPOT
    ),
    &share!(
        downsell_rate,
        downsell_rate_interval,
        [count("downgraded", "Customers who moved to a lower grade, or to fewer seats."), CUSTOMERS],
        "The share of customers who moved to a lower grade.\n\n`downgraded / customers`.",
        BOOK
    ),
    &share!(
        adoption_rate,
        adoption_rate_interval,
        [count("active_users", "Users who are active."), count("licensed_users", "Users who are paid for.")],
        "The share of licensed users who are active.\n\n`active_users / licensed_users`.",
        BOOK
    ),
    &[
        FormulaSpec::of(
            "customer_growth_rate",
            &[AT_END, AT_START],
            "By how much the number of customers grew.\n\n`(customers_at_end - customers_at_start) / customers_at_start`.",
            HUBSPOT,
            Number(|given| Ok(shares::customer_growth_rate(given.number(AT_END.name)?, given.number(AT_START.name)?))),
        ),
        FormulaSpec::of(
            "revenue_growth_rate",
            &[REVENUE_AT_END, REVENUE_AT_START],
            "By how much revenue grew.\n\n`(revenue_at_end - revenue_at_start) / revenue_at_start`.",
            HUBSPOT,
            Number(|given| {
                amounts::revenue_growth_rate(given.amount("revenue_at_end")?, given.amount("revenue_at_start")?)
            }),
        ),
        FormulaSpec::of(
            "support_efficiency",
            &[
                count("cases_closed", "Cases closed."),
                count("days", "In so many days."),
                count("people", "By so many people."),
            ],
            "Cases closed per day and person: the measure of support.\n\n`cases_closed / (days * people)`; it stands beside \
             success, never instead of it.",
            BOOK,
            Number(|given| {
                let (days, people) = (given.number("days")?, given.number("people")?);
                shares::support_efficiency(given.number("cases_closed")?, days, people)
            }),
        ),
        FormulaSpec::of(
            "nps",
            &[SCORES],
            "The net promoter score, in points from -100 to 100.\n\nThe share of promoters (9 and 10) less the share of \
             detractors (0 to 6), times 100. The question is how likely one is to recommend the service to a friend or \
             colleague; compare within an industry.",
            HUBSPOT,
            Number(|given| answers::nps(&given.numbers(SCORES.name)?)),
        ),
        FormulaSpec::of(
            "nps_interval",
            &[SCORES],
            "The interval, at 95%, of `nps`.\n\n`100 * (p - d +- 1.96 * sqrt((p + d - (p - d)^2) / n))`, cut at -100 and 100, with \
             the shares p of promoters and d of detractors; with few answers it is too narrow.",
            "The variance of a difference of two shares of one sample.",
            Interval(|given| answers::nps_interval(&given.numbers(SCORES.name)?)),
        ),
        FormulaSpec::of(
            "nps_from_counts",
            &[
                count("promoters", "Answers of 9 and 10."),
                count("passives", "Answers of 7 and 8."),
                count("detractors", "Answers from 0 to 6."),
            ],
            "The net promoter score of counted answers.\n\nThe share of promoters less the share of detractors, times 100.",
            HUBSPOT,
            Number(|given| {
                let (passives, detractors) = (given.number("passives")?, given.number("detractors")?);
                Ok(answers::nps_from_counts(given.number("promoters")?, passives, detractors))
            }),
        ),
        FormulaSpec::of(
            "csat",
            &[SATISFACTION, THRESHOLD, SCALE_MAX],
            "The share of answers at or above a threshold.\n\n`answers from threshold to scale_max / answers`.",
            HUBSPOT,
            Number(|given| {
                let (threshold, scale_max) = (given.number(THRESHOLD.name)?, given.number(SCALE_MAX.name)?);
                answers::csat(&given.numbers(SATISFACTION.name)?, threshold, scale_max)
            }),
        ),
        FormulaSpec::of(
            "csat_interval",
            &[SATISFACTION, THRESHOLD, SCALE_MAX],
            "The Wilson interval, at 95%, of `csat`.",
            "The interval is that of E. B. Wilson, 1927.",
            Interval(|given| {
                let (threshold, scale_max) = (given.number(THRESHOLD.name)?, given.number(SCALE_MAX.name)?);
                answers::csat_interval(&given.numbers(SATISFACTION.name)?, threshold, scale_max)
            }),
        ),
        FormulaSpec::of(
            "lifetime_value",
            &[ARPA, number("customer_churn", "The churn rate of customers in the same period, from 0 to 1."), MARGIN],
            "What a customer brings over its whole life.\n\n`arpa * gross_margin / customer_churn`, absent at zero churn: all \
             the money that it spends, or with a gross margin the profit that it brings.",
            HUBSPOT,
            Number(|given| {
                let (churn, margin) = (given.float("customer_churn")?, given.float(MARGIN.name)?);
                amounts::lifetime_value(given.amount(ARPA.name)?, churn, margin)
            }),
        ),
        FormulaSpec::of(
            "payback_months",
            &[
                amount("acquisition_cost", "What it cost to win the customer."),
                amount("arpa", "Revenue per customer and month."),
                Parameter::optional(
                    "onboarding_cost",
                    Takes::Amount,
                    "0",
                    "What it cost to bring the customer to value.",
                ),
                MARGIN,
            ],
            "Months until a customer has earned what it cost.\n\n`(acquisition_cost + onboarding_cost) / (arpa * \
             gross_margin)`, with the revenue per customer and month. In a business of recurring revenue it is often 24 or \
             more: at least two renewals of annual contracts.",
            BOOK,
            Number(|given| {
                let (onboarding, margin) = (given.amount("onboarding_cost")?, given.float(MARGIN.name)?);
                amounts::payback_months(given.amount("acquisition_cost")?, given.amount("arpa")?, onboarding, margin)
            }),
        ),
        FormulaSpec::of(
            "largest_base",
            &[
                number("new_per_period", "How many customers come in a period."),
                number("churn_rate", "The churn rate of customers in a period, from 0 to 1."),
            ],
            "How many customers a base can hold.\n\n`new_per_period / churn_rate`, absent at zero churn: beyond it a leaking \
             base does not grow.",
            BOOK,
            Number(|given| amounts::largest_base(given.float("new_per_period")?, given.float("churn_rate")?)),
        ),
        FormulaSpec::of(
            "annualised_rate",
            &[number("rate", "The rate of one period, from 0 to 1."), PERIODS],
            "What a rate of one period comes to over several.\n\n`1 - (1 - rate)^periods`; 8% a month are 63.2% a year.",
            BOOK,
            Number(|given| amounts::annualised_rate(given.float("rate")?, given.number(PERIODS.name)?)),
        ),
        FormulaSpec::of(
            "periodic_rate",
            &[number("rate", "The rate of all periods together, from 0 to 1."), PERIODS],
            "What a rate of several periods is in one.\n\n`1 - (1 - rate)^(1 / periods)`, the inverse of `annualised_rate`; \
             absent for no periods.",
            BOOK,
            Number(|given| amounts::periodic_rate(given.float("rate")?, given.number(PERIODS.name)?)),
        ),
    ],
];

/// Asks of customers at the end, gained, and at the start.
fn retained<T>(given: &Arguments<'_>, ask: fn(u64, u64, u64) -> Result<T, Error>) -> Result<T, Error> {
    ask(given.number(AT_END.name)?, given.number(GAINED.name)?, given.number(AT_START.name)?)
}

/// The opening, and what of it is lost.
fn opening(given: &Arguments<'_>) -> Result<[Decimal; 3], Error> {
    Ok([given.amount(OPENING.name)?, given.amount(CONTRACTION.name)?, given.amount(CHURNED.name)?])
}
