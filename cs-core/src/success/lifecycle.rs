//! In which phase each customer is, since when, and what says so.

use chrono::NaiveDate;

use super::events::{DETRACTOR, Events, KnownEvents, PROMOTER, Recommendations};
use super::milestones::{MilestoneDays, Milestones, Reached};
use crate::error::Error;
use crate::ledger::{UnitLine, Units};
use crate::money::Money;
use crate::period::Day;
use crate::portfolio::{Advocacy, MilestoneName, Portfolio};
use crate::query::{
    About, Arguments, AsOf, Asked, Context, Errors, Operation, Parameter, Query, Takes, as_of_parameters,
};
use crate::ratio::Reason;
use crate::table::result_table;
use crate::word::{Word as _, words};

words! {
    /// The phases that a customer goes through.
    Phase {
        /// It gets started.
        Onboarding,
        /// It uses the product, and learns to manage alone.
        Adoption,
        /// It speaks for the company.
        Advocacy,
    }
    /// What says that a customer is in its phase.
    PhaseEvidence {
        /// It pays.
        FirstPayment,
        /// It has reached the milestone.
        Milestone,
        /// It did something for the company's name.
        Advocacy,
        /// It answered that it would recommend the company.
        Promoter,
    }
}

result_table! {
    /// In which phase each customer is, since when, and what says so.
    pub struct Lifecycle("lifecycle") of
    /// The phase of a customer.
    LifecycleRow<'a>, built from Columns {
        /// The customer.
        customer_id: &'a str as Text,
        /// Its phase; absent where that milestone is known of no customer, and this one has not spoken for the company.
        phase: Option<Phase> as MaybeChoice<Phase>,
        /// The day from which it is in that phase; absent likewise.
        since: Option<NaiveDate> as MaybeDate,
        /// Days from then on; absent likewise.
        days: Option<u64> as MaybeCount,
        /// What says so; absent likewise.
        evidence: Option<PhaseEvidence> as MaybeChoice<PhaseEvidence>,
        /// The day on which it reached the milestone that ends onboarding; absent where it has not.
        onboarded_on: Option<NaiveDate> as MaybeDate,
        /// The day on which that is due, as planned; absent where there is no plan.
        onboarding_due_on: Option<NaiveDate> as MaybeDate,
        /// The first day on which it spoke for the company after the last on which it answered as a detractor, or promised to after
        /// the last on which it answered less than 9; absent where there is none.
        advocate_on: Option<NaiveDate> as MaybeDate,
        /// MRR at the close of the day.
        mrr: Money as Amount,
    }
}

const MILESTONE: Parameter = Parameter::optional(
    "milestone",
    Takes::Choice(MilestoneName::WORDS),
    "\"onboarded\"",
    "The milestone that ends onboarding.",
);

/// What is asked: a day, and what ends onboarding.
#[derive(Clone, Copy, Debug)]
pub struct OfLifecycle {
    as_of: AsOf,
    milestone: MilestoneName,
}

impl Asked for OfLifecycle {
    fn read(arguments: &Arguments<'_>) -> Result<Self, Error> {
        Ok(Self { as_of: AsOf::read(arguments)?, milestone: arguments.word(MILESTONE.name)? })
    }

    fn as_of(&self) -> Option<NaiveDate> {
        self.as_of.as_of()
    }
}

impl Query<'_, Lifecycle> {
    /// The milestone that ends onboarding; `onboarded` by default.
    pub fn milestone(mut self, milestone: MilestoneName) -> Self {
        self.asked.milestone = milestone;
        self
    }
}

impl Portfolio {
    /// In which phase each customer who pays is, by what was known at the close of a day: onboarding, adoption, advocacy.
    ///
    /// Phases change on dated evidence alone: `adoption` from the day of a milestone, or the first on which it paid after that, `advocacy` from the first day, that one or a later one,
    /// on which the customer spoke for the company (a row of the table `advocacy`) or answered 9 or 10 to whether it would
    /// recommend it. An answer of 6 or less ends that, and a lesser one what was only promised, until there is new evidence.
    ///
    /// ```
    /// use chrono::NaiveDate;
    /// use cs_core::{Phase, Portfolio};
    ///
    /// let book = "contract_id,customer_id,start_date,mrr\nc-1,acme,2026-01-01,100\nc-2,bolt,2026-01-01,100\nc-3,coil,2026-01-01,100\n";
    /// let milestones = "customer_id,milestone,reached_on\nacme,onboarded,2026-02-01\nbolt,onboarded,2026-03-01\n";
    /// let surveys = "customer_id,date,kind,score\nacme,2026-04-01,nps,9\nbolt,2026-04-01,nps,8\n";
    /// let portfolio = Portfolio::from_csv(book).milestones(milestones).surveys(surveys).currency("USD").load()?;
    /// let phases = portfolio.lifecycle(NaiveDate::from_ymd_opt(2026, 5, 1).unwrap()).run()?;
    /// let rows: Vec<_> = phases.rows().map(|row| (row.customer_id, row.phase.unwrap(), row.days.unwrap())).collect();
    /// assert_eq!(rows, [("acme", Phase::Advocacy, 30), ("bolt", Phase::Adoption, 61), ("coil", Phase::Onboarding, 120)]);
    /// # Ok::<(), cs_core::Error>(())
    /// ```
    pub fn lifecycle(&self, as_of: NaiveDate) -> Query<'_, Lifecycle> {
        Query::of(self, OfLifecycle { as_of: AsOf(as_of), milestone: MilestoneName::Onboarded })
    }
}

/// What phases are told from.
struct Sources<'a> {
    reached: Reached<'a>,
    recommendations: Recommendations<'a>,
    advocacy: KnownEvents<'a>,
}

/// How far a customer has come who pays.
struct Course {
    first: Day,
    mrr: i64,
    milestone: MilestoneDays,
    advocate: Option<(Day, PhaseEvidence)>,
}

impl Sources<'_> {
    /// The first day on which a customer spoke for the company, after the last answer as a detractor, or promised to, after the
    /// last answer as anything but a promoter.
    fn advocate(&self, customer: u32) -> Option<(Day, PhaseEvidence)> {
        let answers = || self.recommendations.of_customer(customer);
        let detractor = answers().filter(|&(_, score)| score <= DETRACTOR).map(|(day, _)| day).max();
        let cooled = answers().filter(|&(_, score)| score < PROMOTER).map(|(day, _)| day).max();
        let spoke = self.advocacy.of_customer(customer).map(|(day, _)| (day, PhaseEvidence::Advocacy));
        let spoke = spoke.filter(|&(day, _)| Some(day) > detractor);
        let promised = answers().filter(|&(_, score)| score >= PROMOTER).map(|(day, _)| (day, PhaseEvidence::Promoter));
        let promised = promised.filter(|&(day, _)| Some(day) > cooled);
        // Of two on one day the first counts: what is done weighs more than what is promised.
        spoke.chain(promised).min_by_key(|&(day, _)| day)
    }

    fn course(&self, unit: UnitLine<'_>, day: Day) -> Option<Course> {
        let customer = unit.customer;
        let now = unit.balance(day, false);
        let first = unit.first_paying_day().filter(|_| now.pays)?;
        let (milestone, advocate) = (self.reached.days(customer), self.advocate(customer));
        Some(Course { first, mrr: now.mrr, milestone, advocate })
    }
}

/// How far all customers have come who pay, in the order of their names.
struct Courses {
    of_customers: Vec<(u32, Course)>,
    has_milestones: bool,
}

impl Courses {
    fn of(units: &Units<'_>, context: &Context<'_>, milestone: MilestoneName, day: Day) -> Result<Self, Error> {
        let milestones = Milestones::of(context)?;
        let (surveys, advocacy) = (Recommendations::table(context)?, Events::of(context, &Advocacy::SPEC)?);
        let sources = Sources {
            reached: milestones.reached(milestone, day),
            recommendations: Recommendations::of(&surveys, day),
            advocacy: advocacy.known(day),
        };
        let of_customers = units.of_customers(day.next(), |unit| sources.course(unit, day))?;
        Ok(Self { of_customers, has_milestones: sources.reached.is_kept })
    }
}

/// The phase of every customer who pays at the close of a day, by the customer's position among all.
pub(crate) fn phases(context: &Context<'_>, day: Day) -> Result<Vec<Option<Phase>>, Error> {
    let units = Units::of(context)?;
    let Courses { of_customers, has_milestones } = Courses::of(&units, context, MilestoneName::Onboarded, day)?;
    let mut phases = vec![None; context.portfolio.directory.names.len()];
    for (customer, course) in of_customers {
        if let Some(slot) = phases.get_mut(customer as usize) {
            *slot = course.phase(has_milestones).map(|(phase, ..)| phase);
        }
    }
    Ok(phases)
}

impl Course {
    /// The phase, since when, and what says so.
    fn phase(&self, has_milestones: bool) -> Option<(Phase, Day, PhaseEvidence)> {
        let (first, onboarded) = (self.first, self.milestone.reached);
        match (self.advocate, onboarded) {
            // Who has not got started is no advocate yet, whatever it says.
            (_, None) if has_milestones => Some((Phase::Onboarding, first, PhaseEvidence::FirstPayment)),
            (Some((day, evidence)), _) => {
                Some((Phase::Advocacy, day.max(first).max(onboarded.unwrap_or(first)), evidence))
            }
            (None, Some(day)) => Some((Phase::Adoption, day.max(first), PhaseEvidence::Milestone)),
            (None, None) => None,
        }
    }
}

impl Operation for Lifecycle {
    type Asked = OfLifecycle;

    const ABOUT: About = About {
        doc: "In which phase each customer is, since when, and what says so.\n\n\
              It is told of customers who pay, by what was known at the close of a day, and phases change on dated evidence alone: `adoption` from the day of a milestone, \
              `advocacy` from the first day, that one or a later one, on which the customer spoke for the company or answered 9 or 10 to whether \
              it would recommend it. An answer of 6 or less ends that, and a lesser one what was only promised, until there is \
              new evidence.",
        parameters: as_of_parameters![MILESTONE],
        rows: "A row for each customer who pays, in the order of their names (by bytes).",
        errors: Errors::AS_OF,
        source: "HubSpot Japan's guide to customer success: onboarding, adoption, advocacy.",
    };

    fn compute(asked: &OfLifecycle, context: &Context<'_>) -> Result<Self, Error> {
        let day = context.as_of.unwrap_or(Day::MIN);
        let units = Units::of(context)?;
        let Courses { of_customers, has_milestones } = Courses::of(&units, context, asked.milestone, day)?;
        let mut columns = Columns::of(&context.portfolio.directory.names);
        for (done, (customer, course)) in of_customers.iter().enumerate() {
            context.go_on(done, of_customers.len())?;
            columns.customer_id.0.push(*customer);
            columns.write(course, has_milestones, day);
        }
        Ok(columns.into_table(Vec::new(), units.priced.digits, context.metadata()))
    }
}

impl Columns {
    fn write(&mut self, course: &Course, has_milestones: bool, day: Day) {
        let phase = course.phase(has_milestones).ok_or(Reason::NotMeasured);
        let days = |since: Day| u64::try_from(day.days_after(since)).unwrap_or_default();
        self.phase.push(phase.map(|(phase, ..)| phase as u32));
        self.since.push(phase.map(|(_, since, _)| since));
        self.days.push(phase.map(|(_, since, _)| days(since)));
        self.evidence.push(phase.map(|(.., evidence)| evidence as u32));
        self.onboarded_on.push(course.milestone.reached.ok_or(Reason::NotReached));
        self.onboarding_due_on.push(course.milestone.due.ok_or(Reason::NotKnown));
        self.advocate_on.push(course.advocate.map(|(day, _)| day).ok_or(Reason::NotReached));
        self.mrr.push(course.mrr.into());
    }
}
