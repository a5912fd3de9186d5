//! Books with everything around them: customers with versions and parents, pauses, facts, any reading, any day of
//! knowledge.

use chrono::{Days, NaiveDate};
use cs_core::{
    ChurnDate, Cohorts, Customer, Definitions, Discounts, FlowRetention, Input, Journal, Json, Level, Load, Movements,
    Pause, Paused, Portfolio, Query, ReactivationAs, Retention, SamePeriodNewAndChurn, Sampling, Scorecard, Window,
};
use proptest::prelude::*;
use proptest::sample::{Index, select};

use crate::books::{ALL, Book, PLAIN, Rules, books_of};
use crate::calls::{Call, calls};
use crate::facts::Facts;

/// A book, what is around it, and how it is read.
#[derive(Clone, Debug)]
pub(crate) struct World {
    pub(crate) book: Book,
    pub(crate) customers: Vec<Customer>,
    pub(crate) pauses: Vec<Pause>,
    pub(crate) facts: Facts,
    pub(crate) level: Level,
    pub(crate) known_on: Option<NaiveDate>,
    pub(crate) window: Window,
    /// Whether tiers are by lifetime, and not by MRR.
    pub(crate) by_lifetime: bool,
}

impl World {
    pub(crate) fn load(&self) -> Portfolio {
        self.prepared().load().expect("a valid world is loaded")
    }

    pub(crate) fn prepared(&self) -> Load<'static> {
        let load = Portfolio::from_tables(self.book.contracts.as_slice())
            .customers(Input::from(self.customers.as_slice()))
            .pauses(Input::from(self.pauses.as_slice()))
            .currency(self.book.currency.code())
            .definitions(self.book.definitions.clone());
        self.facts.give(load)
    }

    /// The same with other definitions.
    pub(crate) fn read_by(&self, definitions: Definitions) -> Self {
        Self { book: self.book.read_by(definitions), ..self.clone() }
    }

    /// Every operation as it is asked of this world; groups are by these names, where an operation has any.
    pub(crate) fn calls(&self, by: &[&str]) -> Vec<Call> {
        let day = |day: NaiveDate| Json::Text(day.to_string());
        let mut given = vec![
            ("start", day(self.book.start)),
            ("end", day(self.book.end)),
            ("window", Json::Text(self.window.to_string())),
            ("resamples", Json::Integer(100)),
            ("by", Json::Array(by.iter().map(|name| Json::from(*name)).collect())),
            ("level", Json::from(self.level.name())),
            ("scorecard", scorecard().to_object()),
            ("value", Json::from(if self.by_lifetime { "lifetime" } else { "mrr" })),
        ];
        given.extend(self.known_on.map(|known_on| ("known_on", day(known_on))));
        calls(&given)
    }

    pub(crate) fn movements<'p>(&self, portfolio: &'p Portfolio) -> Query<'p, Movements> {
        portfolio.movements(self.book.start, self.book.end).level(self.level).known_on(self.known_on)
    }

    pub(crate) fn journal<'p>(&self, portfolio: &'p Portfolio) -> Query<'p, Journal> {
        portfolio.journal(self.book.start, self.book.end).level(self.level).known_on(self.known_on)
    }

    pub(crate) fn retention<'p>(&self, portfolio: &'p Portfolio) -> Query<'p, Retention> {
        let query = portfolio.retention(self.book.start, self.book.end).window(self.window);
        query.level(self.level).known_on(self.known_on)
    }

    pub(crate) fn flows<'p>(&self, portfolio: &'p Portfolio) -> Query<'p, FlowRetention> {
        portfolio.flow_retention(self.book.start, self.book.end).level(self.level).known_on(self.known_on)
    }

    pub(crate) fn cohorts<'p>(&self, portfolio: &'p Portfolio) -> Query<'p, Cohorts> {
        portfolio.cohorts(self.book.end).level(self.level).known_on(self.known_on)
    }
}

/// A scorecard by every table, of which little evidence makes a score.
fn scorecard() -> Scorecard {
    let value = |of: &str| format!("{{{of}}}");
    let measures = [
        ("signals", value(r#""table": "signals", "aggregate": "sum", "window_days": 400"#), 700),
        ("engagements", value(r#""table": "engagements", "aggregate": "count""#), 3),
        ("open_cases", value(r#""table": "cases", "aggregate": "count", "where": {"closed_on": null}"#), 3),
        ("days_to_close", value(r#""table": "cases", "aggregate": "mean", "column": "days_to_close""#), 100),
        ("surveys", value(r#""table": "surveys", "aggregate": "last""#), 10),
        // The steps of a plan are always there: what is known on a day is which of them are reached.
        ("milestones", value(r#""table": "milestones", "aggregate": "days_since", "column": "reached_on""#), 400),
        ("outcomes", value(r#""table": "outcomes", "aggregate": "share", "column": "achieved_on""#), 1),
        ("progress", value(r#""table": "outcomes", "aggregate": "mean", "column": "progress""#), 1),
        ("stakeholders", value(r#""table": "stakeholders", "aggregate": "count""#), 3),
        ("feedback", value(r#""table": "feedback", "aggregate": "share", "column": "answered_on""#), 1),
        ("advocacy", value(r#""table": "advocacy", "aggregate": "days_since""#), 400),
        ("actions", value(r#""table": "actions", "aggregate": "count", "where": {"closed_on": null}"#), 3),
        ("growth", value(r#""table": "contracts", "aggregate": "growth", "window_days": 60"#), 1),
        ("tenure", value(r#""table": "contracts", "aggregate": "days_since""#), 700),
    ];
    let measure = |(name, value, most): &(&str, String, u32)| {
        format!(
            r#"{{"measure": "{name}", "evidence": "custom", "weight": 1, "value": {value}, "curve": [[-{most}, 0], [{most}, 100]]}}"#
        )
    };
    let measures: Vec<String> = measures.iter().map(measure).collect();
    let profiles = r#"[
        {"profile": "without", "where": {"segment": null, "touch_tier": "high_touch"}, "weights": {"tenure": 5}},
        {"profile": "adopting", "where": {"lifecycle_phase": ["adoption", "advocacy"]}, "weights": {"signals": 5}},
        {"profile": "technology", "where": {"touch_tier": "tech_touch"}, "weights": {"surveys": 5}}
    ]"#;
    let card = format!(
        r#"{{"name": "all", "min_coverage": 0.1, "measures": [{}], "profiles": {profiles}}}"#,
        measures.join(", ")
    );
    Scorecard::from_json(&card).unwrap()
}

/// Of any contracts.
pub(crate) fn worlds() -> impl Strategy<Value = World> {
    worlds_of(ALL)
}

/// Of contracts that have one row each.
pub(crate) fn plain_worlds() -> impl Strategy<Value = World> {
    worlds_of(PLAIN)
}

fn worlds_of(rules: Rules) -> impl Strategy<Value = World> {
    let switches = readings();
    let pauses = prop::collection::vec((any::<Index>(), 0_u64..700, prop::option::of(1_u64..90)), 0..5);
    let facts = prop::collection::vec((any::<Index>(), 0_u64..700, prop::option::of(0_u64..200), any::<u8>()), 0..4);
    let around = (prop::collection::vec(any::<Option<Index>>(), 8), select(&SEGMENTS[..]), any::<u8>(), facts);
    let asked = (select(Level::ALL), prop::option::of(any::<Index>()), windows(), any::<bool>());
    let links = prop::collection::vec(prop::option::of(any::<Index>()), 8);
    (books_of(rules), links, switches, pauses, around, asked).prop_map(
        |(
            mut book,
            links,
            switches,
            pauses,
            (parents, segment, versions, facts),
            (level, known_on, window, by_lifetime),
        )| {
            book.definitions = Definitions {
                period: book.definitions.period,
                fiscal_year_start: book.definitions.fiscal_year_start,
                exclude_kinds: book.definitions.exclude_kinds,
                extra_digits: book.definitions.extra_digits,
                ..switches
            };
            // Revisions that move a contract to another customer are no concern here.
            let mut owners = std::collections::BTreeMap::new();
            for row in &mut book.contracts {
                let owner = owners.entry(row.contract_id.clone()).or_insert_with(|| row.customer_id.clone());
                row.customer_id.clone_from(owner);
            }
            let ids: Vec<String> = book.contracts.iter().map(|row| row.contract_id.clone()).collect();
            for (row, link) in book.contracts.iter_mut().zip(links) {
                row.renews_contract_id = link.map(|link| link.get(&ids).clone());
            }
            let known_on = known_on.map(|pick| within(book.start - Days::new(40) + Days::new(pick.index(400) as u64)));
            let pauses = pauses.iter().filter(|_| !book.contracts.is_empty());
            let pause = |&(contract, from, length): &(Index, u64, Option<u64>)| {
                let contract = contract.get(&book.contracts);
                let from = within(contract.start_date - Days::new(20) + Days::new(from));
                let to_date = length.map(|days| within(from + Days::new(days))).filter(|to| *to > from);
                Pause { to_date, ..Pause::new(&*contract.contract_id, from) }
            };
            let pauses = pauses.map(pause).collect();
            let customers = customers(&book, &parents, segment, versions);
            let facts = Facts::drawn(&book, &facts);
            World { book, customers, pauses, facts, level, known_on, window, by_lifetime }
        },
    )
}

/// The day, or the last or first that there is.
pub(crate) fn within(day: NaiveDate) -> NaiveDate {
    day.clamp(cs_core::Day::MIN.date(), cs_core::Day::MAX.date())
}

const SEGMENTS: [[&str; 3]; 2] = [["small", "large", "small"], ["小", "a", "b"]];

/// A row or two for each customer of a book, parents always among those before it.
fn customers(book: &Book, parents: &[Option<Index>], segments: [&str; 3], versions: u8) -> Vec<Customer> {
    let names = book.customers();
    let mut rows = Vec::new();
    for (position, name) in names.iter().enumerate() {
        let mut row = Customer::new(&**name);
        row.segment = (position % 4 != 3).then(|| segments[position % 3].to_owned());
        let above = &names[..position];
        row.parent_id =
            parents.get(position).copied().flatten().filter(|_| position > 0).map(|pick| pick.get(above).clone());
        if versions & (1 << (position % 8)) != 0 {
            row.recorded_on = Some(within(book.start));
            rows.push(Customer {
                segment: None,
                parent_id: None,
                recorded_on: Some(within(book.start - Days::new(30))).filter(|day| *day < book.start),
                ..row.clone()
            });
        }
        rows.push(row);
    }
    rows
}

fn windows() -> impl Strategy<Value = Window> {
    prop_oneof![Just(Window::Period), (1_u32..15).prop_map(|months| Window::months(months).expect("a window"))]
}

/// Any value of every switch that a book does not have already; those are at their defaults.
pub(crate) fn readings() -> impl Strategy<Value = Definitions> {
    let ends = (select(Sampling::ALL), prop_oneof![1 => Just(0), 2 => 0_u32..70], select(ChurnDate::ALL));
    let amounts = (select(Discounts::ALL), select(Paused::ALL), any::<bool>());
    let returns = (prop::option::of(0_u32..120), select(ReactivationAs::ALL), select(SamePeriodNewAndChurn::ALL));
    (ends, amounts, returns).prop_map(
        |((sampling, gap, churn_date), (discounts, paused, free_counts), (window, reactivation_as, short))| {
            Definitions {
                sampling,
                gap_tolerance_days: gap,
                churn_date,
                discounts,
                paused,
                free_counts,
                reactivation_window_days: window,
                reactivation_as,
                same_period_new_and_churn: short,
                ..Definitions::default()
            }
        },
    )
}
