//! What a product and its support desk record: signals month by month, and cases.

use super::dice::{Subject, later};
use super::drawn::Drawn;
use super::life::{Life, Month};
use super::progress;
use super::recipe::Recipe;
use super::rows::{TableRows, ratio};
use super::strains::ChurnCause;
use super::{PlantedFault, market};
use crate::table::{Cell, Kind};

pub(super) const SIGNALS: Drawn = Drawn {
    name: "signals",
    columns: &[
        ("customer_id", Kind::Text),
        ("signal", Kind::Text),
        ("observed_on", Kind::Date),
        ("value", Kind::Ratio),
    ],
    write: signals,
};

pub(super) const CASES: Drawn = Drawn {
    name: "cases",
    columns: &[
        ("customer_id", Kind::Text),
        ("case_id", Kind::Text),
        ("opened_on", Kind::Date),
        ("closed_on", Kind::Date),
        ("priority", Kind::Text),
        ("agent", Kind::Text),
        ("resolved_by_self", Kind::Flag),
        ("satisfaction", Kind::Ratio),
    ],
    write: cases,
};

const FEATURES: i64 = 24;

/// The signals of each month, observed on its last day.
fn signals(recipe: &Recipe, life: &Life, rows: &mut TableRows) {
    let customer = life.profile.id();
    let dice = &mut recipe.dice(life.profile.number, Subject::Signals);
    let onboarded = progress::onboarded(recipe, life);
    let habit = dice.between(58, 92);
    for (month, contacts) in caseload(recipe, life) {
        let observed = later(month.next, -1);
        // Drawn also where nobody records them, so that the months after stay as they are.
        let [noise, breadth, depth, self_served, opened] = [4, 8, 5, 30, 25].map(|most| dice.between(-most, most));
        let (posts, overdue, meetings) = (dice.below(100), dice.below(100), dice.below(100));
        if life.is_under(ChurnCause::Unmonitored, observed) || !life.is_customer(observed) {
            continue;
        }
        let seats = life.seats(month.first);
        let percent = (habit + noise - burden(life, month)).clamp(2, 100);
        let percent = if month.next <= onboarded { percent * 4 / 10 } else { percent };
        // What is paused is not used.
        let active = seats * percent * life.days_open(month) / (100 * month.next.days_after(month.first)).max(1);
        let is_used = active > 0;
        let has_champion = !life.is_under(ChurnCause::ChampionLeft, observed);
        let is_weak = life.is_under(ChurnCause::WeakProduct, observed);
        let is_led = is_weak || life.is_under(ChurnCause::HandHeld, observed);
        let is_reached = recipe.fault != Some(PlantedFault::LoyaltyWithoutPersonalTies);
        let sent = if is_reached { 4 } else { 0 };
        let reads = (opened + 50 - 15 * life.burden(observed)).clamp(0, 100);
        let read = if life.is_under(ChurnCause::PersonalTies, observed) { 0 } else { sent * reads / 100 };
        let values = [
            ("licensed_users", seats),
            ("active_users", active),
            ("executive_users", if has_champion { active.min(life.profile.employees / 400 + 1) } else { 0 }),
            ("logins", (active * (70 + 2 * depth) / 100).max(i64::from(is_used))),
            ("features_used", if is_used { (FEATURES * (percent + breadth) / 120).clamp(1, FEATURES) } else { 0 }),
            ("features_available", FEATURES),
            ("key_feature_uses", active * (20 + depth) / 4),
            ("self_service_resolutions", if is_led { 0 } else { active * (40 + self_served) / 400 }),
            ("support_contacts", contacts),
            ("emails_sent", sent),
            ("emails_opened", read),
            ("emails_clicked", read / 2),
            ("community_posts", if posts < 12 && is_reached { 1 + posts as i64 / 5 } else { 0 }),
            ("days_past_due", past_due(life, month, overdue)),
            ("used_in_executive_meetings", i64::from(has_champion && is_used && percent > 70 && meetings < 60)),
        ];
        for (signal, value) in values {
            rows.push(&[Cell::Text(&customer), Cell::Text(signal), Cell::Date(observed), ratio(value)]);
        }
    }
}

/// How many seats of a hundred are used less for what strains the relation, and for the season.
fn burden(life: &Life, month: Month) -> i64 {
    let weight = |cause| match cause {
        ChurnCause::Silence => (life.days_under(ChurnCause::Silence, month.first) / 5).min(45),
        ChurnCause::WrongFit => 22,
        ChurnCause::ChampionLeft | ChurnCause::UnmetOutcomes => 14,
        ChurnCause::WeakProduct | ChurnCause::NoCommitment => 12,
        ChurnCause::SupportStorm | ChurnCause::BrokenPromise | ChurnCause::PersonalTies => 9,
        _ => 0,
    };
    let strained: i64 = life.strains.iter().filter(|strain| strain.acts_on(month.first)).map(|s| weight(s.cause)).sum();
    strained + market::quiet(month.first)
}

/// The days that an invoice is overdue; a payment that fails for good is late before.
fn past_due(life: &Life, month: Month, drawn: u64) -> i64 {
    let fails = |day| life.departures.iter().any(|left| left.cause == ChurnCause::PaymentFailure && day == left.day);
    let soon = (0..75).any(|days| fails(later(month.next, days)));
    match drawn {
        _ if soon => 20 + drawn as i64 / 4,
        0..6 => 3 + drawn as i64 * 3,
        _ => 0,
    }
}

/// How many cases were opened in each month.
fn caseload(recipe: &Recipe, life: &Life) -> Vec<(Month, i64)> {
    let dice = &mut recipe.dice(life.profile.number, Subject::Caseload);
    let contacts = |month: Month| {
        let usual = 2 + life.seats(month.first).min(400) / 40;
        let times = if life.is_under(ChurnCause::SupportStorm, month.first) { 5 } else { 1 }
            + if life.is_under(ChurnCause::WeakProduct, month.first) { 3 } else { 0 }
            + i64::from(life.is_under(ChurnCause::WrongFit, month.first));
        (month, dice.between(0, usual) * times / 2)
    };
    life.months(recipe).map(contacts).collect()
}

fn cases(recipe: &Recipe, life: &Life, rows: &mut TableRows) {
    let customer = life.profile.id();
    let dice = &mut recipe.dice(life.profile.number, Subject::Cases);
    let mut serial = 0;
    for (month, contacts) in caseload(recipe, life) {
        for _ in 0..contacts {
            serial += 1;
            let id = format!("case-{:07}-{serial}", life.profile.number);
            let opened = dice.days_after(month.first, 0, 27);
            let is_storm = life.is_under(ChurnCause::SupportStorm, opened);
            let (least, most) = if is_storm { (6, 30) } else { (0, 6) };
            let closed = dice.days_after(opened, least, most);
            // A case that is open when the customer leaves is closed, and nobody is asked how it was.
            let last = life.last_day(recipe, opened);
            let is_asked = last.is_none_or(|last| closed <= last);
            let closed = last.map_or(closed, |last| closed.min(last));
            let priority = dice.weighted([30, 50, 15, if is_storm { 30 } else { 5 }].into_iter());
            let is_led =
                [ChurnCause::WeakProduct, ChurnCause::HandHeld].iter().any(|&cause| life.is_under(cause, opened));
            let self_served = dice.happens(300) && !is_led;
            let answer = dice.between(3, 5) - if is_storm { 2 } else { 0 };
            let answers = dice.happens(450);
            let agent = dice.one(&["tom", "uma", "vik", "wen"]);
            if !life.is_customer(opened) {
                continue;
            }
            rows.push(&[
                Cell::Text(&customer),
                Cell::Text(&id),
                Cell::Date(opened),
                recipe.seen(closed),
                Cell::Text(["low", "normal", "high", "urgent"].get(priority).copied().unwrap_or("normal")),
                if self_served { Cell::Absent } else { Cell::Text(agent) },
                Cell::Flag(self_served),
                if answers && is_asked && closed < recipe.end { ratio(answer) } else { Cell::Absent },
            ]);
        }
    }
}
