//! Every customer who pays, with the tier that it is in and the time that was spent on it.

use std::sync::Arc;

use super::asked::{Checked, CustomerValue, OfTouch};
use super::touch_model::{DIGITS, Owed, Rule, TouchModel, TouchTier};
use crate::definitions::Fraction;
use crate::error::{Code, Error, Problem};
use crate::float;
use crate::forecast::{Staying, courses_in_periods, expected_months};
use crate::ledger::{Stay, Units};
use crate::money::divide_half_even;
use crate::period::Day;
use crate::portfolio::{Engagement, EngagementChannel, Facts, KnownColumn, KnownFacts, Outcome};
use crate::query::{Context, ONE};
use crate::ratio::{Ratio, Reason};
use crate::success::{Events, KnownEvents, last_and_lowest};
use crate::table::Nullable;
use crate::text::ABSENT;

/// A customer who pays, and what its tier follows from; amounts in units.
#[derive(Clone, Debug)]
pub(super) struct Paying {
    pub(super) customer: u32,
    stay: Stay,
    pub(super) mrr: i128,
    pub(super) value: i128,
    pub(super) potential: Option<i128>,
    pub(super) experience: Option<f64>,
    /// The text of its owner, by its position among all.
    pub(super) owner: Option<u32>,
    /// Revenue less the cost of serving it but for people's time.
    pub(super) margin: i128,
    /// Minutes of people within the window, and what they cost a month.
    pub(super) minutes: u64,
    pub(super) spent_cost: Option<i128>,
}

/// The same with its tier, and what that owes it.
#[derive(Clone, Debug)]
pub(super) struct Served {
    pub(super) paying: Paying,
    pub(super) tier: TouchTier,
    /// The position of the rule that holds.
    pub(super) rule: usize,
    pub(super) owed: Owed,
    /// What the time costs that it is owed a month.
    pub(super) cost: Option<i128>,
    pub(super) last_contact: Option<Day>,
    /// None behind the last of all days, and where nobody keeps contacts.
    pub(super) next_contact: Option<Day>,
}

/// All of them, in the order of their names.
pub(super) struct AllServed {
    pub(super) customers: Vec<Served>,
    pub(super) digits: u8,
    pub(super) time: Time,
}

/// Minutes within a window, as hours a month.
#[derive(Clone, Copy, Debug)]
pub(super) struct Time {
    days_per_month: Fraction,
    window_days: u32,
    /// Whether any engagement is known, of any customer.
    pub(super) is_kept: bool,
}

impl Time {
    pub(super) fn hours(self, minutes: u64) -> Ratio {
        if !self.is_kept {
            return Ratio::Absent(Reason::NotMeasured);
        }
        let (numerator, denominator) = (self.days_per_month.numerator(), self.days_per_month.denominator());
        let minutes_a_window = 60 * i128::from(self.window_days) * i128::from(denominator);
        Ratio::of(i128::from(minutes) * i128::from(numerator), minutes_a_window)
    }

    /// What these minutes cost a month at a price of an hour, in counts of 10^-[`DIGITS`].
    fn cost(self, minutes: u64, per_hour: i128, digits: u8) -> Result<i128, Problem> {
        let (numerator, denominator) = (self.days_per_month.numerator(), self.days_per_month.denominator());
        let minutes_a_window =
            times(60 * i128::from(self.window_days) * i128::from(denominator), power(DIGITS - digits))?;
        let cost = times(i128::from(minutes) * i128::from(numerator), per_hour)?;
        divide_half_even(cost, minutes_a_window).ok_or_else(too_large)
    }
}

/// Hours that are given in millionths.
pub(super) fn hours(millionths: u64) -> f64 {
    millionths as f64 / f64::from(ONE)
}

impl AllServed {
    pub(super) fn of(asked: &OfTouch, context: &Context<'_>) -> Result<Self, Error> {
        let checked = asked.checked()?;
        let day = context.as_of.unwrap_or(Day::MIN);
        let units = Units::of(context)?;
        let digits = units.priced.digits;
        let paying = units.of_customers(day.next(), |unit| {
            let pays = unit.balance(day, false).pays;
            unit.stay().filter(|_| pays)
        })?;
        let worth = match asked.value {
            CustomerValue::Mrr => Worth::Mrr,
            CustomerValue::Lifetime => {
                let months = paying.iter().map(|(_, stay)| stay.since.whole_months_until(day));
                let seen = context.as_seen();
                Worth::lifetime(
                    &Units::of(&seen)?,
                    seen.seen(),
                    months.max().unwrap_or_default(),
                    asked.horizon_months,
                )?
            }
        };
        let engagements = Events::of(context, &Engagement::SPEC)?;
        let outcomes = context.portfolio.facts(&Outcome::SPEC, context.watch)?;
        let (spent, experiences) =
            (Spent::of(&engagements, day, asked.window_days), Experiences::of(outcomes.as_ref(), day));
        let is_kept = spent.engagements.is_kept();
        let time = Time { days_per_month: context.definitions.days_per_month, window_days: asked.window_days, is_kept };
        let (total, directory) = (paying.len(), &context.portfolio.directory);
        let versions = directory.versions(context.known_on);
        let (potentials, owners) = (directory.amounts("potential_mrr"), directory.texts("owner"));
        let of_customer = |(done, (customer, stay)): (usize, (u32, Stay))| {
            context.go_on(done, total)?;
            let mrr = i128::from(stay.mrr);
            let row = versions.get(customer as usize).copied().filter(|&row| row != ABSENT).map(|row| row as usize);
            let potential =
                potentials.zip(row).and_then(|((amounts, from), row)| rescaled(amounts.get(row)?, from, digits));
            let minutes = spent.minutes(customer);
            let spent_cost = checked
                .cost_per_hour
                .filter(|_| is_kept)
                .map(|per_hour| time.cost(minutes, per_hour, digits))
                .transpose()?;
            Ok(Paying {
                customer,
                stay,
                mrr,
                value: worth.of(mrr, stay.since.whole_months_until(day), checked.gross_margin)?,
                potential,
                experience: experiences.of_customer(customer),
                owner: owners.zip(row).and_then(|(owners, row)| owners.code(row)),
                margin: part(mrr, checked.gross_margin.into())?,
                minutes,
                spent_cost,
            })
        };
        let paying = paying.into_iter().enumerate().map(of_customer).collect::<Result<Vec<Paying>, Error>>()?;
        let value = paying.iter().map(|paying| paying.value).sum();
        let whole = Whole { customers: paying.len() as i128, value, digits };
        let served = paying.into_iter().map(|paying| Served::of(paying, &checked, whole, (&spent, is_kept)));
        Ok(Self { customers: served.collect::<Result<_, _>>()?, digits, time })
    }
}

/// The care that a customer is owed.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) struct Cared {
    pub(crate) tier: TouchTier,
    /// Days from one contact to the next.
    pub(crate) contact_days: u32,
}

/// The care that every customer is owed who pays at the close of the day that a context looks from, by a model or the standard one, and how long each has
/// stayed, in the order of their names.
pub(crate) fn cared_for(context: &Context<'_>, model: Option<&TouchModel>) -> Result<Vec<(u32, Cared, Stay)>, Error> {
    let day = context.as_of.unwrap_or(Day::MIN);
    let all = AllServed::of(&OfTouch::of(day.date()).by_model(model), context)?;
    let cared = |served: Served| {
        let Served { paying, tier, owed, .. } = served;
        (paying.customer, Cared { tier, contact_days: owed.contact_days }, paying.stay)
    };
    Ok(all.customers.into_iter().map(cared).collect())
}

/// The tier of every customer who pays at the close of a day, by the customer's position among all, as the position of a word.
pub(crate) fn tiers(context: &Context<'_>, day: Day) -> Result<Vec<Option<u32>>, Error> {
    let all = AllServed::of(&OfTouch::of(day.date()), &context.at(day))?;
    let mut tiers = vec![None; context.portfolio.directory.names.len()];
    for served in all.customers {
        if let Some(slot) = tiers.get_mut(served.paying.customer as usize) {
            *slot = Some(served.tier as u32);
        }
    }
    Ok(tiers)
}

/// What all customers are together.
#[derive(Clone, Copy)]
struct Whole {
    customers: i128,
    value: i128,
    digits: u8,
}

impl Served {
    /// In the tier of the first rule that holds.
    fn of(
        paying: Paying,
        checked: &Checked,
        whole: Whole,
        (spent, is_kept): (&Spent<'_>, bool),
    ) -> Result<Self, Problem> {
        let (mut rule, mut tier) = (0, TouchTier::TechTouch);
        for (position, one) in checked.model.rules.iter().enumerate() {
            if paying.fits(one, whole)? {
                (rule, tier) = (position, one.tier);
                break;
            }
        }
        let owed = checked.model.owed(tier);
        let cost = |per_hour: i128| {
            let cost = times(owed.hours.into(), per_hour)?;
            divide_half_even(cost, i128::from(ONE) * power(DIGITS - whole.digits)).ok_or_else(too_large)
        };
        let cost = checked.cost_per_hour.map(cost).transpose()?;
        let last_contact = spent.last_contact(paying.customer, tier);
        let from = last_contact.map_or(paying.stay.since, |last| last.max(paying.stay.since));
        let next_contact = Some(from.days_later(owed.contact_days)).filter(|&next| is_kept && next <= Day::MAX);
        Ok(Self { paying, tier, rule, owed, cost, last_contact, next_contact })
    }

    /// Whether the day of its next contact is over.
    pub(super) fn is_overdue(&self, day: Day) -> bool {
        self.next_contact.is_some_and(|next| next < day)
    }
}

impl Paying {
    /// Whether all conditions of a rule hold; nobody knows what a multiple of nothing is.
    fn fits(&self, rule: &Rule, Whole { customers, value, digits }: Whole) -> Result<bool, Problem> {
        let one = i128::from(ONE);
        if let Some(least) = rule.min_value
            && times(self.value, power(DIGITS))? < times(least, power(digits))?
        {
            return Ok(false);
        }
        if let Some(ratio) = rule.min_value_ratio
            && (value == 0 || times(times(self.value, customers)?, one)? < times(ratio, value)?)
        {
            return Ok(false);
        }
        if let Some(ratio) = rule.min_potential_ratio {
            let Some(potential) = self.potential else { return Ok(false) };
            if self.mrr == 0 || times(potential, one)? < times(ratio, self.mrr)? {
                return Ok(false);
            }
        }
        let most = |most: i128| self.experience.is_some_and(|experience| experience <= most as f64 / f64::from(ONE));
        Ok(rule.max_experience.is_none_or(most))
    }
}

fn power(digits: u8) -> i128 {
    10_i128.pow(digits.into())
}

fn times(one: i128, other: i128) -> Result<i128, Problem> {
    one.checked_mul(other).ok_or_else(too_large)
}

/// A share of an amount, in millionths, rounded half to even.
fn part(amount: i128, millionths: i128) -> Result<i128, Problem> {
    divide_half_even(times(amount, millionths)?, ONE.into()).ok_or_else(too_large)
}

fn rescaled(amount: i128, from: u8, to: u8) -> Option<i128> {
    divide_half_even(amount.checked_mul(power(to.saturating_sub(from)))?, power(from.saturating_sub(to)))
}

/// No book that means anything is so large.
fn too_large() -> Problem {
    Problem::table(Code::Overflow, "contracts", "what customers pay is too much to be compared")
}

/// What customers are worth.
enum Worth {
    Mrr,
    /// By the whole months that a customer has paid: those that it is expected to pay for, in millionths.
    Lifetime(Vec<i64>),
}

impl Worth {
    /// By what is seen up to a day, of customers who have paid for so many whole months at most.
    fn lifetime(units: &Units<'_>, seen: Day, longest: u32, horizon_months: u32) -> Result<Self, Error> {
        let courses = courses_in_periods(units, seen, 1, 0)?.groups;
        // Nothing groups the customers.
        let course = courses.into_iter().map(|(_, course)| course).next().unwrap_or_default();
        let staying = Staying::of(&course);
        let expected = |months: u32| {
            let shares = staying.from(months.into()).take(horizon_months as usize);
            float::nearest_even(expected_months(shares, 0.0) * f64::from(ONE))
        };
        Ok(Self::Lifetime((0..=longest).map(expected).collect()))
    }

    /// Of a customer with an MRR who has paid for so many whole months; its margin, where months count.
    fn of(&self, mrr: i128, months: u32, gross_margin: u32) -> Result<i128, Problem> {
        let Self::Lifetime(expected) = self else { return Ok(mrr) };
        let months = expected.get(months as usize).copied().unwrap_or_default();
        let numerator = times(times(mrr, months.into())?, gross_margin.into())?;
        divide_half_even(numerator, i128::from(ONE) * i128::from(ONE)).ok_or_else(too_large)
    }
}

/// The time that people spent on customers.
struct Spent<'a> {
    engagements: KnownEvents<'a>,
    minutes: Option<KnownColumn<'a, Nullable<u64>>>,
    channels: Option<KnownColumn<'a, crate::table::Texts>>,
    /// The last day before the window.
    before: Day,
}

impl<'a> Spent<'a> {
    fn of(engagements: &'a Events, day: Day, window_days: u32) -> Self {
        let engagements = engagements.known(day);
        let (minutes, channels) = match engagements.facts() {
            Some(facts) => (facts.counts("minutes"), facts.texts("channel")),
            None => (None, None),
        };
        Self { engagements, minutes, channels, before: day.days_before(window_days) }
    }

    fn is_human(&self, row: usize) -> bool {
        let channel = self.channels.as_ref().and_then(|channels| channels.get(row));
        channel == Some(EngagementChannel::Human.name())
    }

    /// Those of a customer within the window.
    fn minutes(&self, customer: u32) -> u64 {
        let rows = self.engagements.of_customer(customer).filter(|&(day, row)| day > self.before && self.is_human(row));
        let minutes = rows.filter_map(|(_, row)| self.minutes.as_ref()?.get(row));
        minutes.fold(0, u64::saturating_add)
    }

    /// The last day on which a customer was met: by people, or where technology carries every contact, at all.
    fn last_contact(&self, customer: u32, tier: TouchTier) -> Option<Day> {
        let rows = self.engagements.of_customer(customer);
        rows.filter(|&(_, row)| tier == TouchTier::TechTouch || self.is_human(row)).map(|(day, _)| day).max()
    }
}

/// How it feels to customers to be on their way, if that was seen of any.
struct Experiences<'a>(Option<Seen<'a>>);

struct Seen<'a> {
    facts: KnownFacts<'a>,
    observed: KnownColumn<'a, Nullable<Day>>,
    experience: KnownColumn<'a, Nullable<f64>>,
}

impl<'a> Experiences<'a> {
    fn of(outcomes: Option<&'a Arc<Facts>>, day: Day) -> Self {
        Self(outcomes.and_then(|facts| {
            let facts = KnownFacts::of(facts, day);
            Some(Seen { observed: facts.days("observed_on")?, experience: facts.numbers("experience")?, facts })
        }))
    }

    /// The last that was seen of a customer, of several on one day the lowest.
    fn of_customer(&self, customer: u32) -> Option<f64> {
        let Seen { facts, observed, experience } = self.0.as_ref()?;
        let rows = facts.places(customer).map(|place| facts.row(place)).filter(|&row| facts.knows(row));
        last_and_lowest(rows.filter_map(|row| Some((observed.get(row)?, experience.get(row)?))))
    }
}
