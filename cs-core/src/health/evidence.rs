//! The rows of a table of facts that a value is measured from, as they were known.

use std::ops::Range;

use super::aggregate::{Picked, aggregate};
use super::measure::{Aggregate, Condition, Is, OfFacts, Window};
use super::sources::{Derived, FactTable, LEFT_ON, Nature};
use crate::period::Day;
use crate::portfolio::{KnownColumn, KnownFacts};
use crate::table::{Nullable, Texts, Values};

impl Window {
    /// The last day of the window that a score of a day looks at.
    pub(super) fn end(self, day: Day) -> Day {
        day.days_before(self.lag)
    }

    /// The day before the window, and its last one; without a first day the same day twice.
    pub(super) fn ends(self, day: Day) -> [Day; 2] {
        let end = self.end(day);
        [self.days.map_or(end, |days| end.days_before(days)), end]
    }
}

/// The rows of a table that a value is measured from.
pub(super) struct Rows<'a> {
    of: &'a OfFacts,
    facts: KnownFacts<'a>,
    day: Option<KnownColumn<'a, Nullable<Day>>>,
    left_on: Option<KnownColumn<'a, Nullable<Day>>>,
    filters: Vec<Filter<'a>>,
    /// Whether some filter takes no row of the whole table.
    is_empty: bool,
    wanted: Wanted<'a>,
    /// What it is where no row counts.
    nothing: Option<f64>,
    /// The one text that the column behind the customer has, by its position among all: its rows stand together.
    only: Option<u32>,
    /// Whether rows, those of the one text or all of a customer, are in the order of their days.
    is_by_day: bool,
    /// The day of the score.
    on: Day,
    /// The day before the window, if it has a first one, and its last day.
    before: Option<Day>,
    end: Day,
}

/// What a row must be to count.
enum Filter<'a> {
    Texts(KnownColumn<'a, Texts>, Vec<bool>),
    Flag(KnownColumn<'a, Nullable<bool>>, bool),
    Absent(KnownColumn<'a, Values>),
    /// No row is.
    Never,
}

/// What is asked of a row.
enum Wanted<'a> {
    /// Nothing: it counts.
    Row,
    Number(KnownColumn<'a, Nullable<f64>>),
    Count(KnownColumn<'a, Nullable<u64>>),
    Day(KnownColumn<'a, Nullable<Day>>),
    Text(KnownColumn<'a, Texts>),
    Presence(KnownColumn<'a, Values>),
    Progress([KnownColumn<'a, Nullable<f64>>; 3]),
    Days {
        from: KnownColumn<'a, Nullable<Day>>,
        to: KnownColumn<'a, Nullable<Day>>,
    },
    /// No row has it.
    Nothing,
}

impl<'a> Rows<'a> {
    /// The rows that a value is of; none where the table says nothing.
    pub(super) fn of(of: &'a OfFacts, facts: KnownFacts<'a>, on: Day) -> Option<Self> {
        let table = of.table;
        let [before, end] = of.window.ends(on);
        let is_kept = match table.nature {
            Nature::Observations => true,
            Nature::Events => facts.is_kept_by(end),
            Nature::States => (0..facts.rows()).any(|row| facts.knows(row)),
        };
        let only = only(of, &facts);
        let rest = of.conditions.iter().filter(|condition| only.is_none_or(|(met, _)| met.column != condition.column));
        let filters: Vec<Filter<'a>> = rest.filter_map(|condition| Filter::of(condition, &facts)).collect();
        is_kept.then(|| Self {
            of,
            facts,
            day: facts.days(table.day),
            left_on: facts.days(LEFT_ON),
            is_empty: filters.iter().any(Filter::takes_none),
            filters,
            wanted: Wanted::of(of, &facts),
            nothing: of.nothing(),
            is_by_day: table.nature != Nature::States && facts.are_by_day(table.day, only.is_some()),
            only: only.map(|(_, text)| text),
            on,
            before: of.window.days.map(|_| before),
            end,
        })
    }

    /// The value of one customer, and the day that it rests on.
    pub(super) fn value(&self, customer: u32, picked: &mut Vec<Picked>) -> (Option<f64>, Option<Day>) {
        picked.clear();
        let (mut rows, mut latest, mut latest_picked) = (0, None, None);
        // From the latest on, where they are in the order of their days.
        let is_last = self.is_by_day && self.of.aggregate == Aggregate::Last;
        for row in self.places(customer).rev().map(|place| self.facts.row(place)) {
            let day = self.day.as_ref().and_then(|days| days.get(row));
            if is_last && day.is_some() && day < latest_picked {
                break;
            }
            if !self.counts(row, day) {
                continue;
            }
            rows += 1;
            latest = latest.max(day);
            if let Some(value) = self.wanted.get(row) {
                latest_picked = latest_picked.max(day);
                picked.push(Picked { day, recorded: self.facts.recorded(row).or(day), value });
            }
        }
        let value = aggregate(self.of.aggregate, picked, rows, self.nothing, [self.on, self.end]);
        let is_of_all = matches!(self.of.aggregate, Aggregate::Count | Aggregate::Share);
        (value, if is_of_all { latest } else { latest_picked })
    }

    /// The places of those of a customer's rows that can count, as far as their order tells.
    fn places(&self, customer: u32) -> Range<usize> {
        let places = match self.only {
            _ if self.is_empty => return 0..0,
            None => self.facts.places(customer),
            Some(text) => self.facts.places_of(customer, text),
        };
        match &self.day {
            Some(days) if self.is_by_day => self.facts.within(places, days, self.before, self.end),
            _ => places,
        }
    }

    /// Whether a row counts.
    fn counts(&self, row: usize, day: Option<Day>) -> bool {
        let is_there = match self.of.table.nature {
            Nature::Observations | Nature::Events => {
                day.is_some_and(|day| day <= self.end && self.before.is_none_or(|before| day > before))
            }
            Nature::States => self.left_on.as_ref().is_none_or(|left| left.get(row).is_none()),
        };
        is_there && self.facts.knows(row) && self.filters.iter().all(|filter| filter.takes(row))
    }
}

impl OfFacts {
    /// What it is where no row counts.
    fn nothing(&self) -> Option<f64> {
        let is_zero = match self.table.nature {
            Nature::Observations => false,
            Nature::Events => true,
            // Nothing adds up to a sum.
            Nature::States => self.aggregate != Aggregate::Sum,
        };
        is_zero.then_some(0.0)
    }

    /// Whether a table can say anything, on whatever day: some row fits and has what is asked for; or that none does says
    /// something, too, and the texts that rows must have are some that there are.
    pub(super) fn has_evidence(&self, facts: &KnownFacts<'_>) -> bool {
        let filters: Vec<Filter<'_>> =
            self.conditions.iter().filter_map(|condition| Filter::of(condition, facts)).collect();
        let wanted = Wanted::of(self, facts);
        let says = |row: usize| self.aggregate == Aggregate::Share || wanted.get(row).is_some();
        let is_known = |condition: &Condition<&'static str>| match &condition.is {
            Is::OneOf(texts) => facts
                .texts(condition.column)
                .is_some_and(|column| column.positions(|text| texts.iter().any(|one| one == text)).contains(&true)),
            Is::Flag(_) | Is::Absent => true,
        };
        let counts_none = matches!(self.aggregate, Aggregate::Count | Aggregate::Sum | Aggregate::Distinct);
        (0..facts.rows()).any(|row| filters.iter().all(|filter| filter.takes(row)) && says(row))
            || (facts.rows() > 0 && counts_none && self.nothing().is_some() && self.conditions.iter().all(is_known))
    }
}

/// The condition that asks the column behind the customer for one text, with its position among all, if the rows of a text
/// stand together: these meet it.
fn only<'o>(of: &'o OfFacts, facts: &KnownFacts<'_>) -> Option<(&'o Condition<&'static str>, u32)> {
    let second = of.table.spec.columns.get(1).filter(|_| facts.has_runs())?;
    let condition = of.conditions.iter().find(|condition| condition.column == second.name)?;
    let Is::OneOf(texts) = &condition.is else { return None };
    let [text] = texts.as_slice() else { return None };
    let column = facts.texts(second.name).filter(KnownColumn::is_known_with_the_row)?;
    let position = column.positions(|known| known == text).iter().position(|&is_it| is_it)?;
    Some((condition, u32::try_from(position).ok()?))
}

impl<'a> Filter<'a> {
    /// A condition on the columns that were given; none if every row fits.
    fn of(condition: &Condition<&'static str>, facts: &KnownFacts<'a>) -> Option<Self> {
        let name = condition.column;
        match &condition.is {
            Is::OneOf(texts) => Some(facts.texts(name).map_or(Self::Never, |column| {
                let known = column.positions(|text| texts.iter().any(|one| one == text));
                Self::Texts(column, known)
            })),
            Is::Flag(flag) => Some(facts.flags(name).map_or(Self::Never, |column| Self::Flag(column, *flag))),
            Is::Absent => facts.cells(name).map(Self::Absent),
        }
    }

    /// Whether no row of the table is, which what it asks for tells.
    fn takes_none(&self) -> bool {
        match self {
            Self::Texts(_, known) => !known.contains(&true),
            Self::Flag(..) | Self::Absent(_) => false,
            Self::Never => true,
        }
    }

    #[inline]
    fn takes(&self, row: usize) -> bool {
        match self {
            Self::Texts(column, known) => {
                column.code(row).and_then(|code| known.get(code as usize)).copied().unwrap_or_default()
            }
            Self::Flag(column, flag) => column.get(row) == Some(*flag),
            Self::Absent(column) => column.is_absent(row),
            Self::Never => false,
        }
    }
}

impl<'a> Wanted<'a> {
    fn of(of: &OfFacts, facts: &KnownFacts<'a>) -> Self {
        let Some(name) = of.column else { return Self::Row };
        let found = match of.aggregate {
            Aggregate::Count | Aggregate::Growth => Some(Self::Row),
            Aggregate::Distinct => facts.texts(name).map(Self::Text),
            Aggregate::DaysSince => facts.days(name).map(Self::Day),
            Aggregate::Share => facts.cells(name).map(Self::Presence),
            Aggregate::Last | Aggregate::Mean | Aggregate::Sum | Aggregate::Slope => {
                Self::number(of.table, name, facts)
            }
        };
        found.unwrap_or(Self::Nothing)
    }

    /// A number of a column or of several; none where they were not given.
    fn number(table: &FactTable, name: &str, facts: &KnownFacts<'a>) -> Option<Self> {
        let derived = table.derived.iter().find(|(derived, _)| *derived == name);
        match derived.map(|&(_, derived)| derived) {
            None => facts.numbers(name).map(Self::Number).or_else(|| facts.counts(name).map(Self::Count)),
            Some(Derived::Days { from, to }) => Some(Self::Days { from: facts.days(from)?, to: facts.days(to)? }),
            Some(Derived::Progress) => {
                Some(Self::Progress([facts.numbers("baseline")?, facts.numbers("target")?, facts.numbers("current")?]))
            }
        }
    }

    #[inline]
    fn get(&self, row: usize) -> Option<f64> {
        match self {
            Self::Row => Some(0.0),
            Self::Number(column) => column.get(row),
            Self::Count(column) => column.get(row).map(|count| count as f64),
            Self::Day(column) => column.get(row).map(|day| f64::from(day.unix_days())),
            Self::Text(column) => column.code(row).map(f64::from),
            Self::Presence(column) => column.is_there(row).then_some(0.0),
            Self::Progress([baseline, target, current]) => {
                let (baseline, target, current) = (baseline.get(row)?, target.get(row)?, current.get(row)?);
                // Not finite where there is no way to go.
                Some((current - baseline) / (target - baseline)).filter(|progress| progress.is_finite())
            }
            Self::Days { from, to } => Some(to.get(row)?.days_after(from.get(row)?) as f64),
            Self::Nothing => None,
        }
    }
}

#[cfg(test)]
mod tests {
    use rstest::rstest;

    use crate::health::Scorecard;
    use crate::portfolio::Portfolio;

    /// The value of a measure of one customer, on the last day of April.
    fn value(of: &str) -> Option<f64> {
        let card = format!(
            r#"{{"name": "one", "measures": [{{
                "measure": "one", "evidence": "custom", "weight": 1, "curve": [[0, 0], [1, 1]], "value": {{{of}}}
            }}]}}"#
        );
        let book = "contract_id,customer_id,start_date,mrr\nc-1,acme,2026-01-01,100\n";
        // In the order of their names, which is not that of their days.
        let cases = "customer_id,case_id,opened_on,closed_on,satisfaction,priority\n\
                     acme,a,2026-04-20,2026-04-25,3,high\nacme,b,2026-03-01,,,low\nacme,c,2026-05-01,,,high\n\
                     acme,d,2026-04-01,2026-04-02,5,high\nacme,e,2026-03-31,2026-04-01,1,low\n";
        // In the order of their days, whose latest has no answer.
        let surveys = "customer_id,date,kind,score\nacme,2026-04-20,nps,\nacme,2026-04-01,nps,3\nacme,2026-04-10,nps,9\n\
                       acme,2026-04-10,nps,7\nacme,2026-05-01,nps,1\n";
        let load = Portfolio::from_csv(book).cases(cases.as_bytes()).surveys(surveys.as_bytes());
        let portfolio = load.currency("USD").load().unwrap();
        let card = Scorecard::from_json(&card).unwrap();
        let explained = portfolio.explain_health("2026-04-30".parse().unwrap()).scorecard(&card).run().unwrap();
        explained.rows().next().unwrap().value
    }

    #[rstest]
    // The first day of 30 is the 1st of April, of 31 the last of March.
    #[case(r#""table": "cases", "aggregate": "count", "window_days": 30"#, Some(2.0))]
    #[case(r#""table": "cases", "aggregate": "count", "window_days": 31"#, Some(3.0))]
    #[case(r#""table": "cases", "aggregate": "count", "window_days": 29"#, Some(1.0))]
    #[case(r#""table": "cases", "aggregate": "count", "window_days": 30, "lag_days": 29"#, Some(2.0))]
    #[case(r#""table": "cases", "aggregate": "mean", "column": "satisfaction", "window_days": 30"#, Some(4.0))]
    #[case(r#""table": "cases", "aggregate": "last", "column": "satisfaction""#, Some(3.0))]
    #[case(r#""table": "surveys", "aggregate": "last", "column": "score""#, Some(9.0))]
    #[case(r#""table": "surveys", "aggregate": "last", "column": "score", "lag_days": 21"#, Some(3.0))]
    fn rows_count_within_their_window_in_whatever_order_they_stand(#[case] of: &str, #[case] expected: Option<f64>) {
        assert_eq!(value(of), expected);
    }

    #[rstest]
    #[case(r#"{"case_id": "a"}"#, 1.0)]
    #[case(r#"{"case_id": "a", "priority": "high"}"#, 1.0)]
    #[case(r#"{"case_id": "a", "priority": "low"}"#, 0.0)]
    #[case(r#"{"priority": "low", "case_id": "a"}"#, 0.0)]
    #[case(r#"{"case_id": ["a", "b"], "priority": "low"}"#, 1.0)]
    #[case(r#"{"priority": "high"}"#, 2.0)]
    #[case(r#"{"priority": "none"}"#, 0.0)]
    fn rows_meet_every_condition(#[case] conditions: &str, #[case] expected: f64) {
        let counted = format!(r#""table": "cases", "aggregate": "count", "where": {conditions}"#);
        assert_eq!(value(&counted), Some(expected));
    }
}
