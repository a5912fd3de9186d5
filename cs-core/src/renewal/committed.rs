//! How much recurring revenue is committed at a day to come, and how much of it is expected to stay.

use std::sync::Arc;

use chrono::NaiveDate;
use hashbrown::HashMap;

use super::replaced::replaced;
use crate::error::{Code, Error, Problem};
use crate::json::Json;
use crate::ledger::{Collected, Held, Merge, PerGroup, UnitLine, Units};
use crate::money::{Money, divide_half_even};
use crate::period::Day;
use crate::portfolio::Portfolio;
use crate::query::{
    About, Arguments, AsOf, Asked, BY, Context, Errors, Grouped, MANY_DAYS, ONE, Operation, Parameter, Query, Takes,
    as_of_parameters, share_argument,
};
use crate::ratio::{Ratio, Reason};
use crate::table::result_table;
use crate::text::TextPool;
use crate::word::words;

words! {
    /// Where the probability of a loss comes from.
    LossSource {
        /// It was given.
        Given,
        /// The share that was lost in as many days before, of what those paid who were not known to leave.
        History,
    }
}

result_table! {
    /// How much recurring revenue is committed at a day to come, a row for each group.
    pub struct Committed("committed") of
    /// What is committed of a group.
    CommittedRow, built from Columns {
        /// The day to come, `horizon_days` after the day that is looked from.
        until: NaiveDate as Date,
        /// Customers who pay now.
        customers: u64 as Count,
        /// Their MRR now.
        mrr: Money as Amount,
        /// The MRR then of those who pay nothing now: signed, and begun by that day.
        signed_mrr: Money as Amount,
        /// By how much more those pay then who pay more.
        upgrade_mrr: Money as Amount,
        /// By how much less those pay then who still pay.
        downgrade_mrr: Money as Amount,
        /// The MRR now of those of whom it is known that they pay nothing then, or who pay nothing in a gap that may close.
        withdrawal_mrr: Money as Amount,
        /// The MRR then: `mrr + signed_mrr + upgrade_mrr - downgrade_mrr - withdrawal_mrr`.
        committed_mrr: Money as Amount,
        /// Of that what contracts under a notice that stands pay then: they end later, or nobody knows when.
        noticed_mrr: Money as Amount,
        /// The share that is expected to be lost of the MRR, at `until`, of those who pay now and at `until`; absent where
        /// nobody paid so many days ago, or where all of them were known to leave.
        loss_probability: Option<f64> as Ratio,
        /// Where that comes from.
        loss_source: LossSource as Choice<LossSource>,
        /// That share of it, rounded half to even; absent likewise.
        expected_loss_mrr: Option<Money> as MaybeAmount,
        /// `committed_mrr - expected_loss_mrr`; absent likewise.
        expected_mrr: Option<Money> as MaybeAmount,
    }
}

const HORIZON_DAYS: Parameter =
    Parameter::required("horizon_days", Takes::Count, "How many days ahead is looked, from 1 to 3660.");
const LOSS_PROBABILITY: Parameter = Parameter::optional(
    "loss_probability",
    Takes::Share,
    "null",
    "The share of MRR that is expected to be lost within that time beyond what is known, at most 6 decimals; that of as many \
     days up to now if left out.",
);

/// What is asked: from which day, how far, and what is expected.
#[derive(Clone, Copy, Debug)]
pub struct OfCommitted {
    as_of: AsOf,
    horizon_days: u32,
    loss_probability: Option<f64>,
}

impl Asked for OfCommitted {
    fn read(arguments: &Arguments<'_>) -> Result<Self, Error> {
        Ok(Self {
            as_of: AsOf::read(arguments)?,
            horizon_days: arguments.count(HORIZON_DAYS.name)?,
            loss_probability: arguments.value(LOSS_PROBABILITY.name)?.as_number(),
        })
    }

    fn as_of(&self) -> Option<NaiveDate> {
        self.as_of.as_of()
    }
}

impl OfCommitted {
    /// The probability in millionths, if it is given, and how far is looked.
    fn checked(&self) -> Result<(Option<u32>, u32), Problem> {
        Problem::ensure_within(HORIZON_DAYS.name, self.horizon_days, &MANY_DAYS)?;
        let share = self.loss_probability.map(|share| share_argument(LOSS_PROBABILITY.name, &Json::Float(share)));
        Ok((share.transpose()?, self.horizon_days))
    }
}

impl Query<'_, Committed> {
    /// The share of MRR that is expected to be lost beyond what is known, from 0 to 1.
    pub fn loss_probability(mut self, share: f64) -> Self {
        self.asked.loss_probability = Some(share);
        self
    }
}

impl Portfolio {
    /// How much monthly recurring revenue is committed (CMRR) so many days after a day, by what was known at its close.
    ///
    /// `committed_mrr = mrr + signed_mrr + upgrade_mrr - downgrade_mrr - withdrawal_mrr`: what is paid now, what is signed
    /// and begins by then, and what is known to change or end by then; what a gap carries that may still close is not
    /// committed. `expected_mrr` is that less `loss_probability` of the MRR, at that day, of those who pay now and
    /// at that day. The probability is
    /// given, or the share of MRR that was lost in as many days up to the day, of customers of whom nobody knew so
    /// many days ago that they would leave: a withdrawal that is known is not expected a second time.
    ///
    /// ```
    /// use chrono::NaiveDate;
    /// use cs_core::Portfolio;
    ///
    /// let book = "contract_id,customer_id,start_date,end_date,mrr,signed_date,notice_date\n\
    ///             c-1,acme,2025-01-01,,100,,\n\
    ///             c-2,bolt,2025-01-01,2026-03-01,50,,2026-01-15\n\
    ///             c-3,coil,2026-02-15,,30,2026-01-20,\n";
    /// let portfolio = Portfolio::from_csv(book).currency("USD").load()?;
    /// let day = NaiveDate::from_ymd_opt(2026, 1, 31).unwrap();
    /// let committed = portfolio.committed(day, 90).loss_probability(0.05).run()?;
    /// let row = committed.rows().next().unwrap();
    /// assert_eq!(
    ///     [row.mrr, row.signed_mrr, row.withdrawal_mrr, row.committed_mrr].map(|mrr| mrr.to_string()),
    ///     ["150.00", "30.00", "50.00", "130.00"]
    /// );
    /// assert_eq!(row.expected_mrr.unwrap().to_string(), "125.00");
    /// # Ok::<(), cs_core::Error>(())
    /// ```
    pub fn committed(&self, as_of: NaiveDate, horizon_days: u32) -> Query<'_, Committed> {
        Query::of(self, OfCommitted { as_of: AsOf(as_of), horizon_days, loss_probability: None })
    }
}

/// What customers of a group pay now and then.
#[derive(Clone, Copy, Debug, Default)]
struct Commitment {
    customers: u64,
    mrr: i128,
    signed: i128,
    upgrade: i128,
    downgrade: i128,
    withdrawal: i128,
    noticed: i128,
    /// What those who pay now pay then.
    exposed: i128,
    /// What those paid before of whom nobody knew that they would leave, and what of it was lost.
    base: i128,
    lost: i128,
}

impl Merge for Commitment {
    fn merge(&mut self, other: Self) {
        self.customers += other.customers;
        self.mrr += other.mrr;
        self.signed += other.signed;
        self.upgrade += other.upgrade;
        self.downgrade += other.downgrade;
        self.withdrawal += other.withdrawal;
        self.noticed += other.noticed;
        self.exposed += other.exposed;
        self.base += other.base;
        self.lost += other.lost;
    }
}

impl Collected for Commitment {
    fn rows(&self) -> usize {
        1
    }
}

impl Commitment {
    /// Adds a unit, with what it paid before and whether it is still here.
    fn add(&mut self, unit: &UnitLine<'_>, ahead: &Ahead<'_>, replaced: &[u32], before: Option<(i64, bool)>) {
        let [day, until] = ahead.days;
        let now = unit.balance(day, false);
        let there = || unit.contracts(until, true).filter(|(contract, _)| !replaced.contains(contract));
        let from = i128::from(now.mrr);
        let to = there().map(|(_, mrr)| i128::from(mrr)).sum::<i128>();
        let stays = if ahead.units.definitions().free_counts { there().next().is_some() } else { to > 0 };
        self.customers += u64::from(now.pays);
        self.mrr += from;
        match (now.pays, stays) {
            (false, _) => self.signed += to,
            (_, false) => self.withdrawal += from,
            _ => {
                self.upgrade += (to - from).max(0);
                self.downgrade += (from - to).max(0);
                self.exposed += to;
            }
        }
        let is_noticed = |contract: u32| ahead.units.priced.terms.notice(contract as usize).is_some();
        let noticed = there().filter(|&(contract, _)| is_noticed(contract));
        self.noticed += noticed.map(|(_, mrr)| i128::from(mrr)).sum::<i128>();
        if let Some((mrr, is_here)) = before {
            self.base += i128::from(mrr);
            self.lost += if is_here { 0 } else { mrr.into() };
        }
    }

    fn committed(&self) -> i128 {
        self.mrr + self.signed + self.upgrade - self.downgrade - self.withdrawal
    }
}

/// From which day on which one is looked.
struct Ahead<'a> {
    units: &'a Units<'a>,
    days: [Day; 2],
}

impl Ahead<'_> {
    /// The contracts of a customer in whose place others are signed.
    fn replaced(&self, customer: u32) -> Vec<u32> {
        match self.units.priced.contracts(customer).len() {
            0 | 1 => Vec::new(),
            _ => replaced(&Held::of(self.units, customer), self.units.definitions(), self.days),
        }
    }
}

/// What units paid so many days ago who were not known to leave, by customer and product.
#[derive(Default)]
struct Before(Vec<((u32, u32), i64)>);

impl Merge for Before {
    fn merge(&mut self, other: Self) {
        self.0.extend(other.0);
    }
}

impl Collected for Before {
    /// Nobody is told of them.
    fn rows(&self) -> usize {
        0
    }
}

impl Before {
    /// By what was known at the close of a day, of those who by that pay at the close of another, too.
    fn of(context: &Context<'_>, [day, until]: [Day; 2]) -> Result<HashMap<(u32, u32), i64>, Error> {
        let context = context.at(day);
        let units = Units::of(&context)?;
        let groups = units.collect(until.next(), &Self::default, || {
            |of_groups: &mut PerGroup<'_, Self>, unit: UnitLine<'_>| {
                let (now, then) = (unit.balance(day, false), unit.balance(until, true));
                let stays = (now.pays && then.pays).then_some(((unit.customer, unit.group.product()), now.mrr));
                of_groups.add(unit.group, |before| before.0.extend(stays))
            }
        })?;
        Ok(groups.groups.into_iter().flat_map(|(_, Self(before))| before).collect())
    }
}

impl Operation for Committed {
    type Asked = OfCommitted;

    const ABOUT: About = About {
        doc: "How much recurring revenue is committed (CMRR) at a day to come, and how much of it is expected.\n\n\
              `committed_mrr = mrr + signed_mrr + upgrade_mrr - downgrade_mrr - withdrawal_mrr`, by what was known at the close \
              of the day. `expected_mrr` is that less `loss_probability` of the MRR of those who pay now and at that day: given, or the \
              share of MRR that was lost in as many days up to the day, or to `observed_until` before it, of those not known to leave.",
        parameters: as_of_parameters![HORIZON_DAYS, LOSS_PROBABILITY, BY],
        rows: "A row for each group, in their order.",
        errors: Errors {
            argument: &[Code::LimitExceeded, Code::InvalidArgument, Code::DateOutOfRange],
            ..Errors::AS_OF
        },
        source: "The eighth principle, know your metrics, of \"Customer Success\" by Mehta, Steinman and Murphy: fix what makes \
                 up committed monthly recurring revenue, and what is expected of it.",
    };

    fn compute(asked: &OfCommitted, context: &Context<'_>) -> Result<Self, Error> {
        let (given, horizon_days) = asked.checked()?;
        let day = context.as_of.unwrap_or(Day::MIN);
        let (days, seen) = ([day, day.days_later(horizon_days)], context.seen());
        if days[1] > Day::MAX {
            let message = format!("{horizon_days} days ahead is after {}", Day::MAX.date());
            let problem = Problem::argument(Code::DateOutOfRange, HORIZON_DAYS.name, message);
            return Err(problem.value(&horizon_days.to_string()).into());
        }
        let earlier = seen.days_before(horizon_days);
        let before = match given {
            Some(_) => HashMap::new(),
            None => Before::of(context, [earlier, seen])?,
        };
        let units = Units::of(context)?;
        let ahead = Ahead { units: &units, days };
        let groups = units.collect(days[1].next(), &Commitment::default, || {
            |of_groups: &mut PerGroup<'_, Commitment>, unit: UnitLine<'_>| {
                let before = before.get(&(unit.customer, unit.group.product()));
                // What is taken back by now never was, and is not lost.
                let before = before.filter(|_| unit.balance(earlier, false).pays);
                let before = before.map(|&mrr| (mrr, unit.balance(seen, false).pays));
                let replaced = ahead.replaced(unit.customer);
                of_groups.add(unit.group, |commitment| commitment.add(&unit, &ahead, &replaced, before))
            }
        })?;
        let mut columns = Columns::of(&Arc::new(TextPool::default()));
        for (_, commitment) in &groups.groups {
            columns.until.push(days[1]);
            columns.write(commitment, given)?;
        }
        Ok(columns.into_table(groups.columns(Collected::rows), units.priced.digits, context.metadata()))
    }
}

impl Grouped for Committed {}

impl Columns {
    fn write(&mut self, commitment: &Commitment, given: Option<u32>) -> Result<(), Error> {
        let committed = commitment.committed();
        let (source, part, whole) = match given {
            Some(millionths) => (LossSource::Given, millionths.into(), ONE.into()),
            None => (LossSource::History, commitment.lost, commitment.base),
        };
        let loss = match whole {
            0 => Err(Reason::ZeroDenominator),
            _ => Ok(commitment
                .exposed
                .checked_mul(part)
                .and_then(|lost| divide_half_even(lost, whole))
                .ok_or_else(too_large)?),
        };
        self.customers.push(commitment.customers);
        self.mrr.push(commitment.mrr);
        self.signed_mrr.push(commitment.signed);
        self.upgrade_mrr.push(commitment.upgrade);
        self.downgrade_mrr.push(commitment.downgrade);
        self.withdrawal_mrr.push(commitment.withdrawal);
        self.committed_mrr.push(committed);
        self.noticed_mrr.push(commitment.noticed);
        self.loss_probability.push(Ratio::of(part, whole));
        self.loss_source.push(source);
        self.expected_loss_mrr.push(loss);
        self.expected_mrr.push(loss.map(|loss| committed - loss));
        Ok(())
    }
}

/// No book that means anything is so large.
fn too_large() -> Problem {
    let message = "what is committed is too much to be multiplied by what was lost";
    Problem::table(Code::Overflow, "contracts", message).help("give loss_probability")
}
