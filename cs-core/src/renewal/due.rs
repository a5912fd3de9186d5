//! What falls due of a customer's contracts, and what becomes of it.

use std::cmp::Ordering;
use std::ops::Range;

use super::successors::{SuccessorWindow, Successors};
use crate::definitions::Definitions;
use crate::ledger::{Held, TooManyRows};
use crate::order::{pair, sort_by_key};
use crate::period::{Day, Periods};
use crate::query::Context;
use crate::word::words;

words! {
    /// What became of what fell due.
    RenewalOutcome {
        /// It goes on at the same MRR.
        Renewed,
        /// It goes on at more.
        Upgraded,
        /// It goes on at less.
        Downgraded,
        /// Nothing follows.
        Lost,
        /// It ended before its term was over, and nothing follows.
        EarlyTermination,
        /// Less follows than fell due, and more may still come.
        Pending,
        /// It cost nothing, which no rate counts.
        Free,
    }
    /// When what follows begins.
    RenewalTiming {
        /// Before the day on which it fell due.
        Early,
        /// On that day.
        OnTime,
        /// After it.
        Late,
    }
}

/// What is looked for, and when.
#[derive(Clone, Debug)]
pub(super) struct Rules {
    window: SuccessorWindow,
    /// The last day of which all is known.
    seen: Day,
    /// Contracts that fall due on these days.
    days: Range<Day>,
    /// No customer's contracts fall due more often.
    most: usize,
}

impl Rules {
    /// Of a call that asks of some periods.
    pub(super) fn asked(context: &Context<'_>, periods: Periods) -> Self {
        let seen = context.seen();
        // A period may end after all days; a term does not.
        Self::of(context.definitions, seen, periods.start()..periods.end().min(Day::MAX.next()), context.most_rows())
    }

    /// The day after the last on which anything is asked for.
    pub(super) fn end(&self) -> Day {
        self.days.end
    }

    fn of(definitions: &Definitions, seen: Day, days: Range<Day>, most: usize) -> Self {
        Self { window: SuccessorWindow::of(definitions), seen, days, most }
    }
}

/// Contracts of one unit that fall due on one day.
#[derive(Clone, Debug, PartialEq)]
pub(super) struct DueLine {
    pub(super) unit: u32,
    pub(super) day: Day,
    /// The contracts, by their places, and those that follow them; each once, and in order.
    pub(super) due: Vec<usize>,
    pub(super) following: Vec<usize>,
    pub(super) due_mrr: i128,
    pub(super) renewed_mrr: i128,
    pub(super) outcome: RenewalOutcome,
    /// None where nothing follows.
    pub(super) timing: Option<RenewalTiming>,
    /// Whether no contract has come to a term before: neither these, nor what they follow.
    pub(super) is_first: bool,
}

/// That a contract falls due, and what follows it.
#[derive(Clone, Copy, Debug)]
pub(super) struct Due {
    /// The place of the contract.
    pub(super) held: usize,
    pub(super) day: Day,
    pub(super) event: Event,
    is_first: bool,
    pub(super) next: Next,
}

/// What follows a contract that ends.
#[derive(Clone, Copy, Debug, PartialEq)]
pub(super) enum Next {
    /// Nothing.
    None,
    /// Those that say they renew it.
    Linked,
    /// The first that may.
    Found(usize),
}

#[derive(Clone, Copy, Debug, PartialEq)]
pub(super) enum Event {
    /// A term ends, and the contract runs on.
    RunsOn,
    /// The contract ends.
    Ends,
    /// The same before the term does.
    EndsEarly,
}

/// When a customer's contracts, which are in the order of their starts, end, in the order of days, and what follows each.
pub(super) fn ends(held: &[Held], window: SuccessorWindow) -> (Vec<Due>, Successors) {
    followed(held, window, held.iter().enumerate().filter_map(|(at, contract)| Due::at_end(at, contract)).collect())
}

/// Days on which contracts fall due, in order, with what follows each that ends.
fn followed(held: &[Held], window: SuccessorWindow, mut dues: Vec<Due>) -> (Vec<Due>, Successors) {
    let mut successors = Successors::of(held);
    sort_by_key(&mut dues, |due| pair(due.day.key(), due.held as u32));
    for due in &mut dues {
        let Some(contract) = held.get(due.held).filter(|_| due.event != Event::RunsOn) else { continue };
        let linked: Vec<usize> = successors.linked(due.held, due.day).collect();
        due.next = match linked.is_empty() {
            true => successors.take(contract, due.day, window).map_or(Next::None, Next::Found),
            false => Next::Linked,
        };
        let found = if let Next::Found(next) = due.next { Some(next) } else { None };
        // What takes the place of one that never came to a term comes to the first itself.
        let is_later = due.event == Event::Ends || !due.is_first || successors.is_later(due.held);
        linked.into_iter().chain(found).for_each(|follower| successors.note(follower, is_later));
    }
    (dues, successors)
}

/// What falls due of a customer's contracts, which are in the order of their starts: day by day, and unit by unit.
pub(super) fn due_lines(held: &[Held], rules: &Rules) -> Result<Vec<DueLine>, TooManyRows> {
    let mut dues: Vec<Due> = Vec::new();
    for (at, contract) in held.iter().enumerate() {
        put_terms(at, contract, rules, &mut dues)?;
        dues.extend(Due::at_end(at, contract));
    }
    let (mut dues, successors) = followed(held, rules.window, dues);
    // What ends early and goes on was amended: it never came to its term.
    dues.retain(|due| rules.days.contains(&due.day) && (due.event != Event::EndsEarly || due.next == Next::None));
    let unit = |due: &Due| held.get(due.held).map_or(0, |held| held.unit);
    sort_by_key(&mut dues, |due| pair(due.day.key(), unit(due)));
    let lines = dues.chunk_by(|one, other| one.day == other.day && unit(one) == unit(other));
    Ok(lines.filter_map(|line| DueLine::of(held, rules, line, &successors)).collect())
}

/// Puts down the days, of those that are asked for, on which a term of a contract ends at which it runs on.
fn put_terms(at: usize, contract: &Held, rules: &Rules, dues: &mut Vec<Due>) -> Result<(), TooManyRows> {
    let Rules { days, most, .. } = rules;
    let mut term = contract.term_after(days.start.previous());
    while let Some(day) = term.filter(|&day| day < contract.end.min(days.end)) {
        if dues.len() >= *most {
            return Err(TooManyRows);
        }
        let is_first = contract.term_end == Some(day);
        dues.push(Due { held: at, day, event: Event::RunsOn, is_first, next: Next::None });
        term = contract.term_after(day);
    }
    Ok(())
}

impl Due {
    /// That a contract ends, if it does: whatever days are asked for, since its follower is then used up.
    fn at_end(at: usize, contract: &Held) -> Option<Self> {
        let day = Some(contract.end).filter(|&end| end != Day::NEVER)?;
        let is_early = match contract.term_end {
            Some(first) if day <= first => day < first,
            // The end of a term beyond all days is after this one.
            Some(_) if contract.renews_itself => contract.term_after(day.previous()) != Some(day),
            _ => false,
        };
        let is_first = contract.term_end.is_none_or(|first| day <= first);
        let event = if is_early { Event::EndsEarly } else { Event::Ends };
        Some(Self { held: at, day, event, is_first, next: Next::None })
    }

    /// The contracts that take the place of one that ends.
    pub(super) fn successors(&self, successors: &Successors) -> impl Iterator<Item = usize> {
        let found = if let Next::Found(next) = self.next { Some(next) } else { None };
        let linked = (self.next == Next::Linked).then(|| successors.linked(self.held, self.day));
        found.into_iter().chain(linked.into_iter().flatten())
    }

    /// Whether it is known that the contract runs on: on the day, and before where its end is known.
    fn runs_on(&self, held: &[Held], rules: &Rules) -> bool {
        let has_end = || held.get(self.held).is_some_and(|contract| contract.end != Day::NEVER);
        self.event == Event::RunsOn && (self.day <= rules.seen || has_end())
    }

    /// Whether something may still follow.
    fn is_open(&self, held: &[Held], rules: &Rules) -> bool {
        match self.event {
            Event::RunsOn => !self.runs_on(held, rules),
            Event::Ends | Event::EndsEarly => rules.seen < rules.window.last(self.day),
        }
    }
}

impl DueLine {
    fn of(held: &[Held], rules: &Rules, line: &[Due], successors: &Successors) -> Option<Self> {
        let day = line.first()?.day;
        let unit = held.get(line.first()?.held)?.unit;
        // They come in the order of their places.
        let due: Vec<usize> = line.iter().map(|due| due.held).collect();
        let runs_on = line.iter().filter(|due| due.runs_on(held, rules)).map(|due| due.held);
        let mut following: Vec<usize> = line.iter().flat_map(|due| due.successors(successors)).chain(runs_on).collect();
        sort_by_key(&mut following, |&at| at as u64);
        following.dedup();
        let mrr = |at: &usize| held.get(*at).map_or(0, |held| i128::from(held.mrr));
        let [due_mrr, renewed_mrr] = [&due, &following].map(|contracts| contracts.iter().map(mrr).sum::<i128>());
        let outcome = if due_mrr == 0 {
            RenewalOutcome::Free
        } else if renewed_mrr < due_mrr && line.iter().any(|due| due.is_open(held, rules)) {
            RenewalOutcome::Pending
        } else if following.is_empty() {
            let all_early = line.iter().all(|due| due.event == Event::EndsEarly);
            if all_early { RenewalOutcome::EarlyTermination } else { RenewalOutcome::Lost }
        } else {
            match renewed_mrr.cmp(&due_mrr) {
                Ordering::Less => RenewalOutcome::Downgraded,
                Ordering::Equal => RenewalOutcome::Renewed,
                Ordering::Greater => RenewalOutcome::Upgraded,
            }
        };
        let others = following.iter().filter(|at| due.binary_search(at).is_err());
        let last = others.filter_map(|&at| held.get(at)).map(|held| held.start).max();
        let timing = (!following.is_empty()).then(|| match last.unwrap_or(day).cmp(&day) {
            Ordering::Less => RenewalTiming::Early,
            Ordering::Equal => RenewalTiming::OnTime,
            Ordering::Greater => RenewalTiming::Late,
        });
        let is_first = line.iter().all(|due| due.is_first && !successors.is_later(due.held));
        Some(Self { unit, day, due, following, due_mrr, renewed_mrr, outcome, timing, is_first })
    }
}

#[cfg(test)]
mod tests {
    use rstest::rstest;

    use super::{Day, Definitions, DueLine, RenewalOutcome, RenewalTiming, Rules, due_lines};
    use crate::ledger::Held;
    use RenewalOutcome::{Downgraded, EarlyTermination, Free, Lost, Pending, Renewed, Upgraded};
    use RenewalTiming::{Early, Late, OnTime};

    fn day(text: &str) -> Day {
        text.parse::<chrono::NaiveDate>().ok().and_then(|date| Day::try_from(date).ok()).unwrap_or(Day::MIN)
    }

    /// A contract of a year or more: from, until when it runs, when its term ends.
    fn held(start: &str, end: &str, term_end: &str, mrr: i64) -> Held {
        let some = |text: &str| (!text.is_empty()).then(|| day(text));
        Held {
            contract: 0,
            start: day(start),
            end: some(end).unwrap_or(Day::NEVER),
            term_end: some(term_end),
            renews_itself: true,
            unit: 0,
            mrr,
            list_price: None,
            renews: None,
        }
    }

    fn of(contracts: &[Held], seen: &str) -> Vec<DueLine> {
        let rules = Rules::of(&Definitions::default(), day(seen), Day::MIN..day("2030-01-01"), 100);
        due_lines(contracts, &rules).unwrap_or_default()
    }

    fn told(contracts: &[Held], seen: &str) -> Vec<(i128, i128, RenewalOutcome, Option<RenewalTiming>, bool)> {
        let told = |line: DueLine| (line.due_mrr, line.renewed_mrr, line.outcome, line.timing, line.is_first);
        of(contracts, seen).into_iter().map(told).collect()
    }

    const LATER: &str = "2029-12-31";

    #[rstest]
    // Before, on and after the day; a day too early, and a day too late.
    #[case("2024-11-02", 100, Renewed, Some(Early))]
    #[case("2025-01-01", 100, Renewed, Some(OnTime))]
    #[case("2025-01-31", 100, Renewed, Some(Late))]
    #[case("2025-01-01", 150, Upgraded, Some(OnTime))]
    #[case("2025-01-01", 50, Downgraded, Some(OnTime))]
    #[case("2024-11-01", 0, Lost, None)]
    #[case("2025-02-01", 0, Lost, None)]
    fn what_starts_about_then_follows(
        #[case] start: &str,
        #[case] renewed: i128,
        #[case] outcome: RenewalOutcome,
        #[case] timing: Option<RenewalTiming>,
    ) {
        let mrr = if renewed == 0 { 100 } else { renewed as i64 };
        let contracts = [held("2024-01-01", "2025-01-01", "2025-01-01", 100), held(start, "", "", mrr)];
        assert_eq!(told(&contracts, LATER), [(100, renewed, outcome, timing, true)]);
    }

    #[test]
    fn an_upsell_after_the_renewal_is_none() {
        let contracts = [
            held("2024-01-01", "2025-01-01", "2025-01-01", 100),
            held("2025-01-01", "", "", 100),
            held("2025-01-20", "", "", 60),
        ];
        assert_eq!(told(&contracts, LATER), [(100, 100, Renewed, Some(OnTime), true)]);
    }

    #[test]
    fn lines_of_one_day_are_one_and_one_contract_may_renew_them() {
        let two = [held("2024-01-01", "2025-01-01", "", 100), held("2024-03-01", "2025-01-01", "", 50)];
        let one = Held { renews: Some(0), ..held("2025-01-01", "", "", 150) };
        assert_eq!(told(&[two[0], two[1], one], LATER), [(150, 150, Renewed, Some(OnTime), true)]);
        // Of two products each is by itself, and a migration is told by the link.
        let other = Held { unit: 1, ..two[1] };
        assert_eq!(
            told(&[two[0], other, one], LATER),
            [(100, 150, Upgraded, Some(OnTime), true), (50, 0, Lost, None, true)]
        );
        let migrated = Held { unit: 2, renews: Some(0), ..held("2025-01-01", "", "", 100) };
        assert_eq!(told(&[two[0], migrated], LATER), [(100, 100, Renewed, Some(OnTime), true)]);
        let unlinked = Held { renews: None, ..migrated };
        assert_eq!(told(&[two[0], unlinked], LATER), [(100, 0, Lost, None, true)]);
    }

    #[test]
    fn one_that_renews_itself_falls_due_with_every_term() {
        let runs_on = held("2024-01-01", "", "2025-01-01", 100);
        let line = |outcome, renewed, timing, is_first| (100, renewed, outcome, timing, is_first);
        let renewed = |is_first| line(Renewed, 100, Some(OnTime), is_first);
        assert_eq!(
            told(&[runs_on], "2026-06-01"),
            [
                renewed(true),
                renewed(false),
                line(Pending, 0, None, false),
                line(Pending, 0, None, false),
                line(Pending, 0, None, false)
            ]
        );
        let ends = Held { end: day("2026-01-01"), ..runs_on };
        assert_eq!(told(&[ends], LATER), [renewed(true), line(Lost, 0, None, false)]);
        let between = Held { end: day("2026-03-01"), ..runs_on };
        assert_eq!(told(&[between], LATER), [renewed(true), renewed(false), line(EarlyTermination, 0, None, false)]);
        // Another that takes its place in the middle of a term is an amendment.
        let other = held("2026-03-01", "", "", 120);
        assert_eq!(told(&[between, other], LATER), [renewed(true), renewed(false)]);
        let far = Held { renews: Some(0), ..held("2026-08-01", "", "", 120) };
        assert_eq!(told(&[between, far], LATER), [renewed(true), renewed(false)]);
        let by_hand = Held { renews_itself: false, ..runs_on };
        assert_eq!(told(&[by_hand], LATER), [renewed(true)]);
    }

    #[test]
    fn what_has_no_term_and_no_end_is_not_due() {
        assert_eq!(told(&[held("2024-01-01", "", "", 100)], LATER), []);
    }

    #[rstest]
    #[case("2025-01-30", Pending)]
    #[case("2025-01-31", Lost)]
    fn nothing_is_lost_before_the_grace_is_over(#[case] seen: &str, #[case] outcome: RenewalOutcome) {
        let contract = held("2024-01-01", "2025-01-01", "2025-01-01", 100);
        assert_eq!(told(&[contract], seen), [(100, 0, outcome, None, true)]);
    }

    #[test]
    fn what_costs_nothing_is_free() {
        let contracts = [held("2024-01-01", "2025-01-01", "", 0), held("2025-01-01", "2026-01-01", "", 100)];
        assert_eq!(told(&contracts, LATER), [(0, 100, Free, Some(OnTime), true), (100, 0, Lost, None, false)]);
    }

    #[test]
    fn each_follows_one_only() {
        // The second follows the first, so that nothing is left to follow the third.
        let contracts = [
            held("2024-01-01", "2025-01-01", "", 100),
            held("2024-02-01", "2025-01-15", "", 70),
            held("2025-01-10", "2026-01-01", "", 100),
        ];
        assert_eq!(
            told(&contracts, LATER),
            [(100, 100, Renewed, Some(Late), true), (70, 0, Lost, None, true), (100, 0, Lost, None, false)]
        );
    }

    #[test]
    fn days_before_the_range_are_followed_and_not_told() {
        let contracts = [held("2024-01-01", "2025-01-01", "", 100), held("2025-01-01", "2026-01-01", "", 100)];
        let rules = Rules::of(&Definitions::default(), day(LATER), day("2025-06-01")..day("2027-01-01"), 100);
        let found = due_lines(&contracts, &rules).unwrap_or_default();
        assert_eq!(found.len(), 1);
        assert!(!found[0].is_first && found[0].due == [1]);
    }

    #[test]
    fn no_more_days_are_written_down_than_a_result_may_have() {
        let daily = held("2024-01-01", "", "2024-01-02", 100);
        let days = day("2024-02-01")..day("2024-02-11");
        let lines = |most| due_lines(&[daily], &Rules::of(&Definitions::default(), day(LATER), days.clone(), most));
        assert_eq!(lines(10).map_or(0, |lines| lines.len()), 10);
        assert!(lines(9).is_err());
    }

    #[test]
    fn one_that_does_not_renew_itself_may_end_before_its_term() {
        let by_hand = Held { renews_itself: false, ..held("2024-01-01", "2024-06-01", "2025-01-01", 100) };
        assert_eq!(told(&[by_hand], LATER), [(100, 0, EarlyTermination, None, true)]);
        let in_time = Held { end: day("2025-01-01"), ..by_hand };
        assert_eq!(told(&[in_time], LATER), [(100, 0, Lost, None, true)]);
    }

    #[test]
    fn what_is_all_there_does_not_wait_for_more() {
        let due = [held("2024-01-01", "2025-01-01", "", 100), held("2024-03-01", "2025-01-01", "", 50)];
        let next = |mrr| Held { renews: Some(0), ..held("2025-01-01", "", "", mrr) };
        assert_eq!(told(&[due[0], due[1], next(150)], "2025-01-10"), [(150, 150, Renewed, Some(OnTime), true)]);
        assert_eq!(told(&[due[0], due[1], next(149)], "2025-01-10"), [(150, 149, Pending, Some(OnTime), true)]);
        // One that names the contract may still be joined by another.
        assert_eq!(told(&[due[0], next(40)], "2025-01-10"), [(100, 40, Pending, Some(OnTime), true)]);
        assert_eq!(told(&[due[0], next(40)], "2025-01-31"), [(100, 40, Downgraded, Some(OnTime), true)]);
        // The end of the contract is on record: it is known to run on until then.
        let runs_on = held("2024-01-01", "2025-06-01", "2025-01-01", 100);
        assert_eq!(told(&[runs_on], "2024-06-01")[0], (100, 100, Renewed, Some(OnTime), true));
    }

    #[test]
    fn each_is_followed_by_those_that_name_it() {
        let names = |renewed, start: &str, mrr| Held { renews: Some(renewed), ..held(start, "", "", mrr) };
        let contracts = [
            held("2024-01-01", "2025-01-01", "", 100),
            held("2024-02-01", "2025-02-01", "", 200),
            held("2024-03-01", "2025-03-01", "", 300),
            names(1, "2025-02-01", 90),
            names(0, "2025-01-01", 40),
            names(1, "2025-02-01", 20),
            names(2, "2025-03-01", 300),
        ];
        assert_eq!(
            told(&contracts, LATER),
            [
                (100, 40, Downgraded, Some(OnTime), true),
                (200, 110, Downgraded, Some(OnTime), true),
                (300, 300, Renewed, Some(OnTime), true)
            ]
        );
    }

    #[test]
    fn what_is_over_by_then_follows_nothing_though_it_says_so() {
        let due = held("2024-01-01", "2026-01-01", "", 100);
        let over = |end: &str| Held { renews: Some(0), ..held("2025-06-01", end, "", 150) };
        assert_eq!(told(&[due, over("2025-12-01")], LATER).last(), Some(&(100, 0, Lost, None, true)));
        assert_eq!(told(&[due, over("2026-01-01")], LATER), [(250, 0, Lost, None, false)]);
        assert_eq!(told(&[due, over("2026-01-02")], LATER)[0], (100, 150, Upgraded, Some(Early), true));
        // Another may take its place.
        let next = held("2026-01-01", "", "", 80);
        assert_eq!(
            told(&[due, over("2025-12-01"), next], LATER).last(),
            Some(&(100, 80, Downgraded, Some(OnTime), true))
        );
    }

    #[test]
    fn what_ends_on_the_day_itself_follows_nothing() {
        let contracts = [held("2024-01-01", "2025-01-01", "", 100), held("2024-12-01", "2025-01-01", "", 70)];
        assert_eq!(told(&contracts, LATER), [(170, 0, Lost, None, true)]);
    }
}
