//! Facts about customers and the company: some rows of every table of them, and what becomes of them on later days.

use chrono::{Days, NaiveDate};
use cs_core::{
    Action, Advocacy, AdvocacyKind, Case, Engagement, EngagementChannel, EngagementKind, Feedback, FeedbackKind, Input,
    Load, Milestone, MilestoneName, Outcome, Portfolio, Practice, PracticeTopic, ReservedSignal, Signal, Stakeholder,
    StakeholderRole, Survey, SurveyKind,
};
use proptest::prelude::*;
use proptest::sample::Index;

use crate::books::Book;
use crate::config;
use crate::worlds::{World, within, worlds};

/// A row of any of these tables.
trait Fact {
    /// Of whom it is; of nobody is what holds for all.
    fn customer(&self) -> Option<&str>;
    /// The day from which it is known; one without is timeless.
    fn known_from(&self) -> Option<NaiveDate>;
    /// The last day on which something of it became known.
    fn latest(&self) -> Option<NaiveDate>;
    /// Leaves out what was not known of it at the close of a day.
    fn forget(&mut self, known_on: NaiveDate);
    /// Says what became of it on a day, unless that is said or the day is before it.
    fn happen(&mut self, day: NaiveDate);
}

/// Of whom rows are, since when they are known, and the days of what is known later, each with the cells that came with
/// it.
macro_rules! fact {
    ($type:ty: $customer:expr, $from:expr; $($day:ident [$($cell:ident),*]),*) => {
        impl Fact for $type {
            fn customer(&self) -> Option<&str> {
                let customer: fn(&Self) -> Option<&str> = $customer;
                customer(self)
            }

            fn known_from(&self) -> Option<NaiveDate> {
                let from: fn(&Self) -> Option<NaiveDate> = $from;
                from(self)
            }

            fn latest(&self) -> Option<NaiveDate> {
                [self.known_from() $(, self.$day)*].into_iter().flatten().max()
            }

            fn forget(&mut self, known_on: NaiveDate) {
                let _ = known_on;
                $(if is_after(self.$day, known_on) {
                    self.$day = None;
                    $(self.$cell = None;)*
                })*
            }

            fn happen(&mut self, day: NaiveDate) {
                if !is_after(self.known_from(), day) {
                    $(self.$day = self.$day.or(Some(day));)*
                }
            }
        }
    };
}

fact!(Signal: |row| Some(&row.customer_id), |row| row.recorded_on.or(Some(row.observed_on)););
fact!(Engagement: |row| Some(&row.customer_id), |row| Some(row.date););
fact!(Case: |row| Some(&row.customer_id), |row| Some(row.opened_on); closed_on [resolved_by_self, satisfaction]);
fact!(Survey: |row| Some(&row.customer_id), |row| Some(row.date););
fact!(Milestone: |row| Some(&row.customer_id), |_| None; reached_on []);
fact!(Outcome: |row| Some(&row.customer_id), |row| row.agreed_on; observed_on [current, experience], achieved_on []);
fact!(Stakeholder: |row| Some(&row.customer_id), |row| row.since; left_on [moved_to_customer_id]);
fact!(Feedback: |row| Some(&row.customer_id), |row| Some(row.date); answered_on [], released_on []);
fact!(Advocacy: |row| Some(&row.customer_id), |row| Some(row.date););
fact!(Action: |row| row.customer_id.as_deref(), |row| Some(row.opened_on); closed_on [result]);
fact!(Practice: |_| None, |row| row.since;);

macro_rules! facts {
    ($($table:ident: $row:ty),+ $(,)?) => {
        /// Rows of each table.
        #[derive(Clone, Debug, Default)]
        pub(crate) struct Facts {
            $(pub(crate) $table: Vec<$row>),+
        }

        impl Facts {
            pub(crate) fn give<'a>(&self, load: Load<'a>) -> Load<'a> {
                load$(.$table(self.$table.as_slice()))+
            }

            /// Keeps what is of some customers, and what is of nobody.
            pub(crate) fn keep(&mut self, is_there: impl Fn(&str) -> bool) {
                $(self.$table.retain(|row| row.customer().is_none_or(&is_there));)+
            }

            /// Leaves out what was not known at the close of a day.
            pub(crate) fn forget(&mut self, known_on: NaiveDate) {
                $(
                    self.$table.retain(|row| !is_after(row.known_from(), known_on));
                    self.$table.iter_mut().for_each(|row| row.forget(known_on));
                )+
            }

            /// Says what became of each row on a day.
            pub(crate) fn happen(&mut self, day: NaiveDate) {
                $(self.$table.iter_mut().for_each(|row| row.happen(day));)+
            }

            /// The last day on which something of them became known.
            fn latest(&self) -> Option<NaiveDate> {
                [$(self.$table.iter().filter_map(Fact::latest).max()),+].into_iter().flatten().max()
            }

            /// The same rows in another order.
            pub(crate) fn reverse(&mut self) {
                $(self.$table.reverse();)+
            }
        }

        /// Gives the tables of a portfolio as they came out.
        fn give_shown<'a>(load: Load<'a>, portfolio: &Portfolio) -> Load<'a> {
            load$(.$table(Input::from(portfolio.table(stringify!($table)).unwrap())))+
        }

        const NAMES: &[&str] = &[$(stringify!($table)),+];
    };
}

facts! {
    signals: Signal,
    engagements: Engagement,
    cases: Case,
    surveys: Survey,
    milestones: Milestone,
    outcomes: Outcome,
    stakeholders: Stakeholder,
    feedback: Feedback,
    advocacy: Advocacy,
    actions: Action,
    practices: Practice,
}

fn is_after(day: Option<NaiveDate>, known_on: NaiveDate) -> bool {
    day.is_some_and(|day| day > known_on)
}

/// What one row of each table is drawn from.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Draw<'a> {
    pub(crate) customer: &'a str,
    pub(crate) day: NaiveDate,
    /// When something became of it.
    pub(crate) until: Option<NaiveDate>,
    /// Which words and numbers it has.
    pub(crate) choice: u8,
}

impl Draw<'_> {
    fn of<T: Copy>(&self, words: &[T]) -> T {
        words[usize::from(self.choice) % words.len()]
    }

    /// Whether an optional cell is there, by its number.
    fn has(&self, cell: u32) -> bool {
        self.choice.rotate_left(cell) & 1 == 1
    }

    fn text(&self, cell: u32) -> Option<String> {
        self.has(cell).then(|| ["Kim", "日本", "a,\"b\""][usize::from(self.choice) % 3].to_owned())
    }

    fn number(&self, cell: u32) -> Option<f64> {
        self.has(cell).then(|| f64::from(self.choice) / 8.0 - 10.0)
    }
}

impl Facts {
    /// Of the customers of a book, a row of each table for each drawing.
    pub(crate) fn drawn(book: &Book, drawings: &[(Index, u64, Option<u64>, u8)]) -> Self {
        let (names, mut facts) = (book.customers(), Self::default());
        for (customer, from, length, choice) in drawings.iter().filter(|_| !names.is_empty()) {
            let day = within(book.start - Days::new(60) + Days::new(*from));
            let until = length.map(|days| within(day + Days::new(days)));
            let customer: &String = customer.get(&names);
            facts.add(Draw { customer, day, until, choice: *choice });
        }
        facts
    }

    /// A row of each table; a milestone unless the customer has it, and what is of no day only sometimes.
    pub(crate) fn add(&mut self, draw: Draw<'_>) {
        let Draw { customer, day, until, choice } = draw;
        let dated = draw.has(7).then_some(day);
        let named = choice % 3 > 0;
        let reserved = draw.of(ReservedSignal::ALL);
        let signal = if named { reserved.name() } else { "mood" };
        let value = if named { f64::from(choice % 2) } else { f64::from(choice) / 4.0 - 30.0 };
        self.signals.push(Signal { recorded_on: until, ..Signal::new(customer, signal, day, value) });
        let (kind, channel) = (draw.of(EngagementKind::ALL), draw.of(EngagementChannel::ALL));
        self.engagements.push(Engagement {
            two_way: draw.has(1).then_some(draw.has(2)),
            minutes: draw.has(2).then_some(choice.into()),
            person_id: draw.text(3),
            owner: draw.text(4),
            ..Engagement::new(customer, day, kind, channel)
        });
        self.cases.push(Case {
            priority: draw.text(1),
            agent: draw.text(2),
            closed_on: until,
            resolved_by_self: until.and_then(|_| draw.has(3).then_some(draw.has(4))),
            satisfaction: until.and_then(|_| draw.number(5)),
            ..Case::new(customer, format!("case {}", self.cases.len()), day)
        });
        let kind = draw.of(SurveyKind::ALL);
        self.surveys.push(Survey {
            score: draw.has(1).then(|| f64::from(choice % 8)),
            scale_max: (kind != SurveyKind::Nps).then_some(7),
            role: draw.text(2),
            ..Survey::new(customer, day, kind)
        });
        let milestone = draw.of(MilestoneName::ALL);
        if !self.milestones.iter().any(|row| row.customer_id == customer && row.milestone == milestone) {
            let due_on = draw.has(1).then_some(day);
            self.milestones.push(Milestone { due_on, reached_on: until, ..Milestone::new(customer, milestone) });
        }
        self.outcomes.push(Outcome {
            measure: draw.text(1),
            baseline: draw.number(2),
            target: draw.number(3),
            current: until.and_then(|_| draw.number(4)),
            observed_on: until,
            agreed_on: dated,
            agreed_by_customer: draw.has(5).then_some(draw.has(6)),
            due_on: draw.has(6).then_some(day),
            achieved_on: until.filter(|_| draw.has(1)),
            experience: until.map(|_| f64::from(choice % 11)),
            ..Outcome::new(customer, format!("outcome {}", self.outcomes.len()))
        });
        self.stakeholders.push(Stakeholder {
            since: dated,
            left_on: until,
            moved_to_customer_id: until.and_then(|_| draw.text(1)),
            ..Stakeholder::new(customer, format!("person {}", choice % 4), draw.of(StakeholderRole::ALL))
        });
        self.feedback.push(Feedback {
            topic: draw.text(1),
            answered_on: until,
            released_on: until.filter(|_| draw.has(2)),
            ..Feedback::new(customer, day, draw.of(FeedbackKind::ALL))
        });
        self.advocacy.push(Advocacy::new(customer, day, draw.of(AdvocacyKind::ALL)));
        self.actions.push(Action {
            customer_id: draw.has(1).then(|| customer.to_owned()),
            finding_id: draw.text(2),
            owner: draw.text(3),
            due_on: draw.has(4).then_some(day),
            closed_on: until,
            result: until.and_then(|_| draw.text(5)),
            snoozed_until: draw.has(6).then_some(day),
            ..Action::new("rescue", day)
        });
        let topic = draw.of(PracticeTopic::ALL);
        self.practices.push(Practice {
            value: draw.text(1),
            owner: draw.text(2),
            since: dated,
            ..Practice::new(topic)
        });
    }

    /// A row of each table that is known from a day and not before.
    pub(crate) fn add_known_from(&mut self, draw: Draw<'_>) {
        let Draw { customer, day, .. } = draw;
        let mut new = Self::default();
        new.add(draw);
        // A step of a plan is always there: one without a day says nothing before it is reached.
        let milestones = new.milestones.drain(..);
        let reached = milestones.map(|row| Milestone { due_on: None, reached_on: Some(day), ..row });
        let known = &self.milestones;
        let is_there = |new: &Milestone| {
            known.iter().any(|row| (&row.customer_id, row.milestone) == (&new.customer_id, new.milestone))
        };
        let reached: Vec<Milestone> = reached.filter(|row| !is_there(row)).collect();
        self.milestones.extend(reached);
        let named = |what: &str, there: usize| format!("{what} {there}, later");
        new.cases.iter_mut().for_each(|row| row.case_id = named("case", self.cases.len()));
        new.outcomes.iter_mut().for_each(|row| row.outcome_id = named("outcome", self.outcomes.len()));
        new.outcomes.iter_mut().for_each(|row| row.agreed_on = Some(day));
        new.stakeholders.iter_mut().for_each(|row| row.since = Some(day));
        new.practices.iter_mut().for_each(|row| row.since = Some(day));
        // Measured long ago, and told that day.
        let measured = within(day - Days::new(400));
        let told = Signal { recorded_on: Some(day), ..Signal::new(customer, "mood", measured, 1.0) };
        self.signals.extend(new.signals.into_iter().chain([told]));
        self.engagements.append(&mut new.engagements);
        self.cases.append(&mut new.cases);
        self.surveys.append(&mut new.surveys);
        self.outcomes.append(&mut new.outcomes);
        self.stakeholders.append(&mut new.stakeholders);
        self.feedback.append(&mut new.feedback);
        self.advocacy.append(&mut new.advocacy);
        self.actions.append(&mut new.actions);
        self.practices.append(&mut new.practices);
    }
}

/// The tables of a world as they come out.
fn shown(portfolio: &Portfolio) -> Vec<String> {
    NAMES.iter().map(|name| portfolio.table(name).unwrap().to_json()).collect()
}

proptest! {
    #![proptest_config(config())]

    #[test]
    fn tables_do_not_depend_on_the_order_of_rows(world in worlds()) {
        let mut other = world.clone();
        other.facts.reverse();
        prop_assert_eq!(shown(&other.load()), shown(&world.load()));
    }

    #[test]
    fn tables_that_came_out_are_loaded_again(world in worlds()) {
        let portfolio = world.load();
        let again = give_shown(world.prepared(), &portfolio).load().unwrap();
        prop_assert_eq!(shown(&again), shown(&portfolio));
    }

    #[test]
    fn the_data_ends_with_its_last_fact(world in worlds()) {
        let without = World { facts: Facts::default(), ..world.clone() };
        prop_assert_eq!(world.load().observed_until(), without.load().observed_until().max(world.facts.latest()));
    }
}
