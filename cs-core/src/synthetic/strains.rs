//! What strains the relation to a customer, from when until when: the causes of churn, decided before anything is sold.

use super::dice::{Dice, Subject, later, months_later};
use super::fault::PlantedFault;
use super::market::Profile;
use super::recipe::Recipe;
use crate::period::Day;
use crate::word::words;

words! {
    /// Why a customer of a synthetic book leaves, or a company does not know whether one will.
    ChurnCause {
        /// The product is not made for what the customer does.
        WrongFit,
        /// Nobody has spoken with the customer for long, and use falls.
        Silence,
        /// What success means was never agreed, or is not being reached.
        UnmetOutcomes,
        /// The customer's signals stopped being recorded, so that nobody sees trouble.
        Unmonitored,
        /// All that held the customer was one person, who is gone.
        PersonalTies,
        /// The product needs help at every step.
        WeakProduct,
        /// It took very long to get started.
        SlowOnboarding,
        /// The champion left the customer.
        ChampionLeft,
        /// Many cases in a short time, slowly answered.
        SupportStorm,
        /// What was promised before the sale was not delivered.
        BrokenPromise,
        /// The customer's own people never took part.
        NoCommitment,
        /// Plays are opened and not carried through.
        StalledPlays,
        /// Value is reached only with the vendor's people beside the customer.
        HandHeld,
        /// The company has no signed definition of its metrics.
        UndefinedMetrics,
        /// Metrics have no owner, or several.
        UnownedMetrics,
        /// A payment failed for good.
        PaymentFailure,
        /// The customer went out of business.
        BusinessClosed,
        /// Nothing that the book knows of.
        Chance,
    }
}

impl ChurnCause {
    /// How much likelier a customer is to leave in a month under the strain, in tenths of its segment's usual hazard.
    pub(super) fn weight(self, is_first_year: bool) -> u64 {
        match self {
            Self::WrongFit if is_first_year => 90,
            Self::Silence => 90,
            Self::ChampionLeft => 75,
            Self::SlowOnboarding | Self::WeakProduct => 60,
            Self::SupportStorm | Self::BrokenPromise | Self::PersonalTies => 55,
            Self::UnmetOutcomes | Self::NoCommitment => 45,
            Self::WrongFit | Self::HandHeld | Self::StalledPlays => 25,
            Self::Unmonitored => 15,
            Self::PaymentFailure | Self::BusinessClosed => 1,
            Self::Chance => 8,
            Self::UndefinedMetrics | Self::UnownedMetrics => 0,
        }
    }
}

/// A cause at work on a customer.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) struct Strain {
    pub(super) cause: ChurnCause,
    pub(super) began: Day,
    /// The first day without it; none where it goes on.
    pub(super) ended: Option<Day>,
    /// Whether it is there because of the fault that was asked for.
    pub(super) is_planted: bool,
    /// The play that somebody opened against it.
    pub(super) play: Option<Play>,
}

/// What somebody undertook against a strain.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) struct Play {
    pub(super) name: &'static str,
    pub(super) opened: Day,
    pub(super) closed: Option<Day>,
    /// Whether the strain ended by it.
    pub(super) helped: bool,
}

impl Strain {
    pub(super) fn acts_on(&self, day: Day) -> bool {
        self.began <= day && self.ended.is_none_or(|end| day < end)
    }
}

/// Causes that come over a customer in any month: how many times of a million, and how many days they last.
const COMING: [(ChurnCause, u64, [i64; 2]); 3] = [
    (ChurnCause::Silence, 9_000, [90, 270]),
    (ChurnCause::ChampionLeft, 10_000, [60, 240]),
    (ChurnCause::SupportStorm, 9_000, [30, 100]),
];

/// The strains of a customer, in the order in which they began.
pub(super) fn of(recipe: &Recipe, profile: &Profile) -> Vec<Strain> {
    let dice = &mut recipe.dice(profile.number, Subject::Strains);
    let start = profile.first_day;
    let mut strains = Vec::new();
    let mut add = |cause, began, ended, is_planted| {
        strains.push(Strain { cause, began, ended, is_planted, play: None });
    };
    if profile.is_misfit {
        add(ChurnCause::WrongFit, start, None, profile.is_planted);
    }
    if dice.happens(140) {
        let onboarded = dice.days_after(start, 110, 230);
        add(ChurnCause::SlowOnboarding, later(start, 45), Some(onboarded), false);
    }
    if dice.happens(90) {
        add(ChurnCause::UnmetOutcomes, dice.days_after(start, 60, 150), None, false);
    }
    let mut month = start;
    let mut at = 0;
    while month < recipe.end {
        for (cause, of_million, [least, most]) in COMING {
            if dice.rarely(of_million) {
                let began = dice.days_after(month, 0, 27).max(later(start, 1));
                let ended = if dice.happens(250) { None } else { Some(dice.days_after(began, least, most)) };
                add(cause, began, ended, false);
            }
        }
        at += 1;
        month = months_later(start, at);
    }
    planted(recipe, profile, &mut add);
    strains.sort_by_key(|strain| (strain.began, strain.cause, !strain.is_planted));
    let mut strains = told_apart(strains);
    strains.iter_mut().for_each(|strain| fight(recipe, dice, strain));
    strains
}

/// At most one strain of a cause on any day: one that begins while its like acts is the same strain, but one that is
/// planted takes the place of its like.
fn told_apart(strains: Vec<Strain>) -> Vec<Strain> {
    let mut kept: Vec<Strain> = Vec::with_capacity(strains.len());
    for next in strains {
        match kept.iter_mut().rev().find(|strain| strain.cause == next.cause && strain.acts_on(next.began)) {
            Some(like) if next.is_planted => {
                like.ended = Some(next.began);
                kept.push(next);
            }
            Some(_) => {}
            None => kept.push(next),
        }
    }
    kept
}

/// The strains that the fault brings.
fn planted(recipe: &Recipe, profile: &Profile, add: &mut impl FnMut(ChurnCause, Day, Option<Day>, bool)) {
    let dice = &mut recipe.dice(profile.number, Subject::Fault);
    let is_small = profile.segment.cadence.is_none();
    let start = profile.first_day;
    // What goes wrong in the company goes wrong from a third of the book on.
    let onset = months_later(recipe.start, recipe.months / 3);
    let begun = dice.days_after(onset.max(start), 20, 200);
    let (struck, late) = (dice.happens(750), dice.days_after(start, 130, 260));
    let strain = match recipe.fault {
        Some(PlantedFault::NaturalDrift) if struck => (ChurnCause::Silence, begun, None),
        Some(PlantedFault::WildlySuccessful) if struck => (ChurnCause::UnmetOutcomes, later(start, 60), None),
        Some(PlantedFault::MonitorHealth) if struck => (ChurnCause::Unmonitored, begun, None),
        Some(PlantedFault::LoyaltyWithoutPersonalTies) if struck && !is_small => {
            (ChurnCause::PersonalTies, begun, None)
        }
        Some(PlantedFault::ProductDifferentiator) if struck => (ChurnCause::WeakProduct, begun, None),
        Some(PlantedFault::TimeToValue) if struck && start >= onset => {
            (ChurnCause::SlowOnboarding, later(start, 45), Some(late))
        }
        Some(PlantedFault::TopDown) if struck && start >= onset => (ChurnCause::BrokenPromise, later(start, 30), None),
        Some(PlantedFault::CustomerCommitment) if struck => (ChurnCause::NoCommitment, later(start, 30), None),
        Some(PlantedFault::CsOperations) if struck => (ChurnCause::StalledPlays, begun, None),
        Some(PlantedFault::ProductLed) if struck => (ChurnCause::HandHeld, later(start, 30), None),
        _ => return,
    };
    let (cause, began, ended) = strain;
    add(cause, began, ended, true);
}

/// Somebody may notice, open a play, and end the strain with it.
fn fight(recipe: &Recipe, dice: &mut Dice, strain: &mut Strain) {
    let name = match strain.cause {
        ChurnCause::Silence => "outreach",
        ChurnCause::UnmetOutcomes => "qbr",
        ChurnCause::SlowOnboarding => "training",
        ChurnCause::ChampionLeft => "risk_mitigation",
        ChurnCause::SupportStorm => "risk_assessment",
        _ => return,
    };
    let opened = dice.days_after(strain.began, 14, 70);
    let days = dice.between(15, 60);
    let (is_noticed, helps) = (dice.happens(500), dice.happens(600));
    let is_neglected = strain.is_planted || matches!(recipe.fault, Some(PlantedFault::MonitorHealth));
    if !is_noticed || is_neglected || !strain.acts_on(opened) {
        return;
    }
    let is_stalled = recipe.fault == Some(PlantedFault::CsOperations) && dice.happens(800);
    // Where nobody measures what helps, what is done does not help.
    let helped = helps && !is_stalled && recipe.fault != Some(PlantedFault::HardMetrics);
    let closed = later(opened, days);
    if helped {
        strain.ended = Some(strain.ended.map_or(closed, |end| end.min(closed)));
    }
    strain.play = Some(Play { name, opened, closed: (!is_stalled).then_some(closed), helped });
}
