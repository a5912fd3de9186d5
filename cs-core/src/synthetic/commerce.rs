//! What is sold: contracts that begin, change, renew, pause and end, as the strains on a customer and chance will have it.

use super::dice::{Dice, Subject, is_within, later, months_later};
use super::market::{ADD_ONS, MAIN_PRODUCT, PLANS, Plan, Profile};
use super::recipe::Recipe;
use super::strains::{ChurnCause, Strain};
use crate::definitions::ContractKind;
use crate::money::divide_half_even;
use crate::period::Day;
use crate::portfolio::BillingPeriod;

/// A contract.
#[derive(Clone, Copy, Debug)]
pub(super) struct Line {
    pub(super) serial: u32,
    pub(super) product: &'static str,
    pub(super) plan: Option<Plan>,
    pub(super) seats: i64,
    pub(super) kind: ContractKind,
    pub(super) start: Day,
    pub(super) end: Option<Day>,
    /// In the currency's smallest unit.
    pub(super) amount: i64,
    pub(super) billed: Billed,
    pub(super) list_mrr: i64,
    pub(super) signed: Day,
    pub(super) term_end: Option<Day>,
    pub(super) auto_renew: bool,
    pub(super) notice: Option<Day>,
    pub(super) notice_withdrawn: Option<Day>,
    pub(super) renews: Option<u32>,
    /// Why it ended, where the customer left.
    pub(super) ended_by: Option<ChurnCause>,
}

/// What an amount is for.
#[derive(Clone, Copy, Debug)]
pub(super) enum Billed {
    Per(BillingPeriod),
    Months(u64),
}

impl Line {
    /// Monthly recurring revenue in the smallest unit, as the library computes it.
    pub(super) fn mrr(&self) -> i64 {
        let months = match self.billed {
            _ if self.kind != ContractKind::Subscription => return 0,
            Billed::Per(BillingPeriod::Year) => 12,
            Billed::Per(_) => 1,
            Billed::Months(months) => months,
        };
        divide_half_even(self.amount.into(), months.into()).and_then(|mrr| i64::try_from(mrr).ok()).unwrap_or(0)
    }

    pub(super) fn is_in_force(&self, day: Day) -> bool {
        self.start <= day && self.end.is_none_or(|end| day < end)
    }
}

/// An end of all that a customer had.
#[derive(Clone, Copy, Debug)]
pub(super) struct Departure {
    /// The first day without it.
    pub(super) day: Day,
    /// The day on which the company knew.
    pub(super) known: Day,
    pub(super) cause: ChurnCause,
    /// The day on which the strain began that ended it; none for a cause without one.
    pub(super) strain: Option<Day>,
    pub(super) mrr: i64,
}

/// A pause of a contract.
#[derive(Clone, Copy, Debug)]
pub(super) struct Paused {
    pub(super) serial: u32,
    pub(super) from: Day,
    pub(super) to: Option<Day>,
}

/// All that was sold to a customer.
pub(super) struct Commerce<'a> {
    recipe: &'a Recipe,
    profile: &'a Profile,
    strains: &'a [Strain],
    dice: Dice,
    pub(super) lines: Vec<Line>,
    pub(super) pauses: Vec<Paused>,
    pub(super) departures: Vec<Departure>,
    /// Days from which, and until when, the customer was one.
    pub(super) spans: Vec<(Day, Day)>,
}

/// A subscription while it lasts.
struct Subscription {
    plan: usize,
    seats: i64,
    discount: i64,
    /// Months of a term; none for one that is paid by the month.
    term: Option<u32>,
    auto_renew: bool,
    term_end: Option<Day>,
    /// The line of the main product by its position.
    main: usize,
    /// Add-ons and the positions of their lines.
    add_ons: Vec<(usize, usize)>,
    /// The last day on which something of it changed.
    changed: Day,
}

/// The likelihood of leaving, as it came together month by month.
#[derive(Default)]
struct Hazard {
    of_million: u64,
    parts: Vec<(Reason, u64)>,
}

/// What makes a customer leave: a cause, and the day on which the strain began that it is of, if it is of one.
type Reason = (ChurnCause, Option<Day>);

impl Hazard {
    fn add(&mut self, of_million: u64, reason: Reason) {
        self.of_million += of_million;
        match self.parts.iter_mut().find(|(known, _)| *known == reason) {
            Some((_, sum)) => *sum += of_million,
            None => self.parts.push((reason, of_million)),
        }
    }
}

impl<'a> Commerce<'a> {
    pub(super) fn of(recipe: &'a Recipe, profile: &'a Profile, strains: &'a [Strain]) -> Self {
        let dice = recipe.dice(profile.number, Subject::Commerce);
        let (lines, pauses, departures, spans) = Default::default();
        let mut commerce = Self { recipe, profile, strains, dice, lines, pauses, departures, spans };
        commerce.sell();
        commerce
    }

    fn sell(&mut self) {
        let profile = self.profile;
        self.before(profile.first_day);
        if profile.is_trial_only {
            return;
        }
        let (mut start, mut seats) = (profile.first_day, profile.seats);
        while let Some(left) = self.subscribe(start, seats) {
            // A few come back, with fewer people than before.
            let back = self.dice.days_after(left.day, 60, 240);
            let comes_back = self.dice.happens(80) && left.cause != ChurnCause::BusinessClosed;
            if !comes_back || back >= self.recipe.end {
                break;
            }
            (start, seats) = (back, (seats * 6 / 10).max(3));
        }
        self.usage();
    }

    /// What comes before and beside a subscription: a trial, a fee for getting started.
    fn before(&mut self, first_day: Day) {
        let (tries, is_large) = (self.dice.happens(400), self.profile.segment.cadence.is_some());
        let trial = Line { kind: ContractKind::Trial, ..self.line(first_day, 0, Billed::Per(BillingPeriod::Month)) };
        let begun = later(first_day, -14);
        if self.profile.is_trial_only {
            self.push(Line { end: Some(later(first_day, 14)), ..trial });
        } else if tries && !is_large && begun >= self.recipe.start {
            self.push(Line { start: begun, signed: begun, end: Some(first_day), ..trial });
        }
        if is_large && !self.profile.is_trial_only {
            let fee = self.recipe.units(self.dice.between(5, 40) * 100);
            let line = self.line(first_day, fee, Billed::Months(1));
            let end = Some(months_later(first_day, 1));
            self.push(Line { kind: ContractKind::OneTime, product: "onboarding", end, ..line });
        }
    }

    /// What some of the large customers use beyond what they have, quarter by quarter.
    fn usage(&mut self) {
        if self.profile.segment.cadence != Some(30) || !self.dice.happens(250) {
            return;
        }
        for (from, until) in self.spans.clone() {
            for quarter in 1.. {
                let (start, end) = (months_later(from, quarter * 3 - 3), months_later(from, quarter * 3));
                if end > until || end >= self.recipe.end {
                    break;
                }
                let amount = self.recipe.units(self.dice.between(2, 60) * 10);
                let line = self.line(start, amount, Billed::Months(3));
                self.push(Line { kind: ContractKind::Usage, product: "api_calls", end: Some(end), ..line });
            }
        }
    }

    /// A line of a day with what most have in common.
    fn line(&self, start: Day, amount: i64, billed: Billed) -> Line {
        Line {
            serial: 0,
            product: MAIN_PRODUCT,
            plan: None,
            seats: self.profile.seats,
            kind: ContractKind::Subscription,
            start,
            end: None,
            amount,
            billed,
            list_mrr: amount,
            signed: start,
            term_end: None,
            auto_renew: false,
            notice: None,
            notice_withdrawn: None,
            renews: None,
            ended_by: None,
        }
    }

    fn push(&mut self, line: Line) -> usize {
        self.lines.push(Line { serial: self.lines.len() as u32 + 1, ..line });
        self.lines.len() - 1
    }

    fn at(&mut self, position: usize, change: impl FnOnce(&mut Line)) {
        if let Some(line) = self.lines.get_mut(position) {
            change(line);
        }
    }

    /// A line of the main product as the subscription has it now.
    fn main_line(&self, held: &Subscription, start: Day, signed: Day) -> Line {
        let plan = PLANS.get(held.plan).copied().unwrap_or_default();
        let list = self.recipe.units(plan.price * held.seats);
        let mrr = list * (100 - held.discount) / 100;
        let (amount, billed) = priced(mrr, held.term);
        Line {
            plan: Some(plan),
            seats: held.seats,
            list_mrr: list,
            signed,
            term_end: held.term_end,
            auto_renew: held.auto_renew,
            ..self.line(start, amount, billed)
        }
    }

    /// A subscription from its first day until it ends, if it ends within the book.
    fn subscribe(&mut self, start: Day, seats: i64) -> Option<Departure> {
        let profile = self.profile;
        let term = if self.dice.happens(60) { 24 } else { 12 };
        let term = (!profile.is_monthly).then_some(term);
        let auto_renew = term.is_none() || self.dice.happens(650);
        let term_end = term.map(|months| months_later(start, months));
        let (plan, discount) = (profile.plan, profile.discount);
        let (main, add_ons, changed) = (0, Vec::new(), start);
        let mut held = Subscription { plan, seats, discount, term, auto_renew, term_end, main, add_ons, changed };
        let signed = if term.is_some() { self.dice.days_after(start, -20, 0).max(self.recipe.start) } else { start };
        held.main = self.push(self.main_line(&held, start, signed));
        self.spans.push((start, self.recipe.end));
        let left = self.months(start, &mut held);
        if let (Some(left), Some((_, end))) = (left, self.spans.last_mut()) {
            *end = left.day;
        }
        left
    }

    fn months(&mut self, start: Day, held: &mut Subscription) -> Option<Departure> {
        let (first, mut anchor, mut months) = (start, start, 0);
        let mut hazard = Hazard::default();
        loop {
            let (month, next) = (months_later(anchor, months), months_later(anchor, months + 1));
            if month >= self.recipe.end {
                return None;
            }
            months += 1;
            self.strained(month, first, &mut hazard);
            let is_term_over = held.term.is_none_or(|term| months % term == 0);
            if is_term_over && self.dice.rarely(hazard.of_million.min(900_000)) {
                return self.leave(next, &hazard, held);
            }
            if held.term.is_some() && self.dice.rarely(self.profile.segment.hazard / 10) {
                let day = self.dice.days_after(month, 2, 27);
                return self.stop(day, held);
            }
            let day = self.dice.days_after(month, 2, 26);
            if day < self.recipe.end {
                self.change(day, next, held);
            }
            if is_term_over {
                hazard = Hazard::default();
                if let Some(term) = held.term {
                    let from = self.renew(next, term, held);
                    if from != next {
                        (anchor, months) = (from, 0);
                    }
                }
            }
        }
    }

    /// What is added to the likelihood of leaving by a month.
    fn strained(&self, month: Day, first: Day, hazard: &mut Hazard) {
        let usual = self.profile.segment.hazard;
        let is_first_year = month.days_after(first) < 365;
        for cause in [ChurnCause::Chance, ChurnCause::PaymentFailure, ChurnCause::BusinessClosed] {
            hazard.add(usual * cause.weight(is_first_year) / 10, (cause, None));
        }
        for strain in self.acting(month) {
            hazard.add(usual * strain.cause.weight(is_first_year) / 10, (strain.cause, Some(strain.began)));
        }
    }

    /// The strains at work on a day. What came over a customer who was gone came over nobody.
    fn acting(&self, day: Day) -> impl Iterator<Item = &Strain> {
        self.strains.iter().filter(move |strain| strain.acts_on(day) && is_within(&self.spans, strain.began))
    }

    /// The customer leaves on a day, as a rule with notice.
    fn leave(&mut self, day: Day, hazard: &Hazard, held: &Subscription) -> Option<Departure> {
        let position = self.dice.weighted(hazard.parts.iter().map(|&(_, weight)| weight));
        let reason = hazard.parts.get(position).map_or((ChurnCause::Chance, None), |&(reason, _)| reason);
        let (cause, strain) = reason;
        let (least, most) = if held.term.is_some() { (20, 90) } else { (3, 25) };
        // Who has given notice buys no more: it is given after the last change, for all lines on one day, and not before
        // there is a reason for it.
        let earliest = later(held.changed, 1).max(strain.unwrap_or(held.changed));
        let notice = self.dice.days_after(day, -most, -least).max(earliest);
        let is_sudden =
            matches!(cause, ChurnCause::PaymentFailure | ChurnCause::BusinessClosed) || self.dice.happens(150);
        self.end(day, reason, (!is_sudden && notice < day).then_some(notice), held)
    }

    /// The customer is gone from one day to the next.
    fn stop(&mut self, day: Day, held: &Subscription) -> Option<Departure> {
        let cause = if self.dice.happens(500) { ChurnCause::PaymentFailure } else { ChurnCause::BusinessClosed };
        self.end(day, (cause, None), None, held)
    }

    /// Ends all lines, unless the book ends before anybody knows.
    fn end(&mut self, day: Day, reason: Reason, notice: Option<Day>, held: &Subscription) -> Option<Departure> {
        let book_end = self.recipe.end;
        let known = notice.unwrap_or(day);
        if known >= book_end {
            return None;
        }
        let ((cause, strain), mut mrr) = (reason, 0);
        for position in std::iter::once(held.main).chain(held.add_ons.iter().map(|&(_, position)| position)) {
            self.at(position, |line| {
                mrr += line.mrr();
                line.notice = notice;
                line.notice_withdrawn = None;
                line.ended_by = Some(cause);
                line.end = Some(day);
            });
        }
        if day < book_end
            && let Some(pause) = self.pauses.last_mut()
        {
            // A pause ends with what is paused.
            pause.to = Some(pause.to.map_or(day, |to| to.min(day)));
        }
        let left = Departure { day, known, cause, strain, mrr };
        self.departures.push(left);
        Some(left)
    }

    /// What changes in a month: seats, the plan, products beside the main one, a pause.
    fn change(&mut self, day: Day, next: Day, held: &mut Subscription) {
        let is_strained = self.acting(day).next().is_some();
        let drawn = self.dice.below(1_000);
        let (grow, shrink) = if is_strained { (14, 46) } else { (68, 76) };
        let percent = self.dice.between(5, 32);
        // Nobody changes what is paused, and nobody has more seats than people.
        if self.pauses.last().is_some_and(|pause| pause.to.is_none_or(|to| day < to)) {
            return;
        }
        let grown = (held.seats * (100 + percent) / 100).max(held.seats + 1).min(self.profile.employees);
        match drawn {
            _ if drawn < grow && grown > held.seats => {
                held.seats = grown;
                self.amend(day, held);
            }
            _ if (grow..shrink).contains(&drawn) && held.term.is_none() && held.seats > 3 => {
                held.seats = (held.seats * (100 - percent) / 100).clamp(3, held.seats - 1);
                self.amend(day, held);
            }
            80..90 if !is_strained && held.plan + 1 < PLANS.len() => {
                held.plan += 1;
                self.amend(day, held);
            }
            100..120 if !is_strained => self.add(day, held),
            130..136 => self.drop(next, held),
            140..143 if held.term.is_none() => {
                let to = self.dice.days_after(day, 30, 75);
                let serial = self.lines.get(held.main).map_or(0, |line| line.serial);
                self.pauses.push(Paused { serial, from: day, to: (to < self.recipe.end).then_some(to) });
            }
            _ => {}
        }
    }

    /// The main line goes on as another.
    fn amend(&mut self, day: Day, held: &mut Subscription) {
        held.changed = day;
        let before = held.main;
        let mut renews = None;
        self.at(before, |line| {
            line.end = Some(day);
            renews = Some(line.serial);
        });
        held.main = self.push(Line { renews, ..self.main_line(held, day, day) });
    }

    /// One more product.
    fn add(&mut self, day: Day, held: &mut Subscription) {
        let drawn = self.dice.below(ADD_ONS.len() as u64) as usize;
        let Some(&(product, share)) = ADD_ONS.get(drawn) else { return };
        if held.add_ons.iter().any(|&(known, _)| known == drawn) {
            return;
        }
        let main = self.main_line(held, day, day);
        let list = main.list_mrr * share / 100;
        let (amount, billed) = priced(list, held.term);
        let line = Line { product, plan: None, amount, billed, list_mrr: list, auto_renew: true, ..main };
        held.changed = day;
        let position = self.push(line);
        held.add_ons.push((drawn, position));
    }

    /// One product fewer, from the next month on.
    fn drop(&mut self, day: Day, held: &mut Subscription) {
        let may_end = held.term.is_none() || held.term_end == Some(day);
        if may_end
            && day < self.recipe.end
            && let Some((_, position)) = held.add_ons.pop()
        {
            held.changed = day;
            self.at(position, |line| line.end = Some(day));
        }
    }

    /// The next term, from the end of the last one or a little later; gives its first day.
    fn renew(&mut self, due: Day, term: u32, held: &mut Subscription) -> Day {
        let is_strained = self.acting(due).next().is_some();
        let shrinks = self.dice.happens(if is_strained { 500 } else { 120 });
        let (dearer, is_late) = (self.dice.happens(450), self.dice.happens(60));
        let percent = self.dice.between(5, 25);
        let (notice, days) = (self.dice.days_after(due, -85, -45), self.dice.between(7, 30));
        let changed = held.changed;
        if self.dice.happens(30) && later(notice, days) < self.recipe.end {
            // Notice was given and taken back.
            self.at(held.main, |line| {
                if changed < notice {
                    (line.notice, line.notice_withdrawn) = (Some(notice), Some(later(notice, days)));
                }
            });
        }
        let is_cut = shrinks && held.seats > 3;
        if is_cut {
            held.seats = (held.seats * (100 - percent) / 100).clamp(3, held.seats - 1);
        }
        let is_dearer = dearer && held.discount > 0;
        if is_dearer {
            held.discount -= 5;
        }
        let runs_on = held.auto_renew && !is_cut && !is_dearer;
        let late = if is_late && !runs_on { self.dice.days_after(due, 1, 25) } else { due };
        // Who renews late has renewed by the end of the book, or else would be gone for all that the book knows.
        let start = if late < self.recipe.end { late } else { due };
        let signed = if start == due { self.dice.days_after(due, -40, -1) } else { start };
        held.term_end = Some(months_later(start, term));
        if runs_on || signed >= self.recipe.end {
            return due;
        }
        let mut renews = None;
        self.at(held.main, |line| {
            line.end = Some(due);
            renews = Some(line.serial);
        });
        let signed = signed.max(self.lines.get(held.main).map_or(signed, |line| line.start));
        held.changed = start;
        held.main = self.push(Line { renews, ..self.main_line(held, start, signed) });
        start
    }
}

/// What is billed for an MRR: by the month, or by the year at ten times the month.
fn priced(mrr: i64, term: Option<u32>) -> (i64, Billed) {
    match term {
        None => (mrr, Billed::Per(BillingPeriod::Month)),
        Some(_) => (mrr * 10, Billed::Per(BillingPeriod::Year)),
    }
}
