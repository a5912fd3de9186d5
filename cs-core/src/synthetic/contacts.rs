//! What people and programs of the company do with a customer, and what it says: engagements, surveys, feedback,
//! advocacy, actions.

use super::dice::{Dice, Subject, later};
use super::drawn::Drawn;
use super::fault::PlantedFault;
use super::life::{Life, Month};
use super::people::{self, person_id};
use super::recipe::Recipe;
use super::rows::{TableRows, count, day, ratio, text};
use super::strains::ChurnCause;
use crate::order::sort_by_key;
use crate::period::Day;
use crate::table::{Cell, Kind};

pub(super) const ENGAGEMENTS: Drawn = Drawn {
    name: "engagements",
    columns: &[
        ("customer_id", Kind::Text),
        ("date", Kind::Date),
        ("kind", Kind::Text),
        ("channel", Kind::Text),
        ("two_way", Kind::Flag),
        ("minutes", Kind::Count),
        ("person_id", Kind::Text),
        ("owner", Kind::Text),
    ],
    write: engagements,
};

pub(super) const SURVEYS: Drawn = Drawn {
    name: "surveys",
    columns: &[
        ("customer_id", Kind::Text),
        ("date", Kind::Date),
        ("kind", Kind::Text),
        ("score", Kind::Ratio),
        ("scale_max", Kind::Count),
        ("role", Kind::Text),
    ],
    write: surveys,
};

pub(super) const FEEDBACK: Drawn = Drawn {
    name: "feedback",
    columns: &[
        ("customer_id", Kind::Text),
        ("date", Kind::Date),
        ("kind", Kind::Text),
        ("topic", Kind::Text),
        ("answered_on", Kind::Date),
        ("released_on", Kind::Date),
    ],
    write: feedback,
};

pub(super) const ADVOCACY: Drawn = Drawn {
    name: "advocacy",
    columns: &[("customer_id", Kind::Text), ("date", Kind::Date), ("kind", Kind::Text)],
    write: advocacy,
};

pub(super) const ACTIONS: Drawn = Drawn {
    name: "actions",
    columns: &[
        ("play", Kind::Text),
        ("opened_on", Kind::Date),
        ("customer_id", Kind::Text),
        ("finding_id", Kind::Text),
        ("owner", Kind::Text),
        ("due_on", Kind::Date),
        ("closed_on", Kind::Date),
        ("result", Kind::Text),
        ("snoozed_until", Kind::Date),
    ],
    write: actions,
};

/// An engagement: its day, kind and channel, whether the customer answered, and its minutes.
type Engagement = (Day, &'static str, &'static str, bool, i64);

fn engagements(recipe: &Recipe, life: &Life, rows: &mut TableRows) {
    let dice = &mut recipe.dice(life.profile.number, Subject::Engagements);
    let mut all: Vec<Engagement> = Vec::new();
    at_start(dice, life, &mut all);
    for month in life.months(recipe) {
        in_month(recipe, dice, life, month, &mut all);
    }
    for play in life.strains.iter().filter_map(|strain| strain.play) {
        let kind = if play.name == "qbr" || play.name == "training" { play.name } else { "outreach" };
        all.push((dice.days_after(play.opened, 1, 9), kind, "human", play.helped, dice.between(20, 60)));
    }
    all.retain(|&(day, ..)| day < recipe.end && life.is_customer(day));
    sort_by_key(&mut all, |&(day, ..)| u64::from(day.key()));
    let (customer, people) = (life.profile.id(), people::of(recipe, life));
    for (day, kind, channel, two_way, minutes) in all {
        let is_human = channel == "human";
        let person = people::met(&people, day).filter(|_| is_human && two_way);
        let person = person.map(|person| person_id(life.profile.number, person.number));
        // Where nobody is left to meet, nobody answers.
        let two_way = two_way && (!is_human || person.is_some());
        rows.push(&[
            Cell::Text(&customer),
            Cell::Date(day),
            Cell::Text(kind),
            Cell::Text(channel),
            Cell::Flag(two_way),
            if is_human { count(minutes) } else { Cell::Absent },
            text(person.as_deref()),
            if is_human { Cell::Text(life.profile.owner) } else { Cell::Absent },
        ]);
    }
}

/// The meetings with which a customer gets started.
fn at_start(dice: &mut Dice, life: &Life, all: &mut Vec<Engagement>) {
    let Some(first) = life.first_day() else { return };
    let is_small = life.profile.segment.cadence.is_none();
    let is_led = life.strains.iter().any(|strain| strain.cause == ChurnCause::HandHeld);
    let channel = if is_small && !is_led { "digital" } else { "human" };
    for days in [2, 12, 30] {
        all.push((dice.days_after(first, days, days + 6), "onboarding", channel, channel == "human", 60));
    }
    if is_led {
        let mut more = |weeks: i64| all.push((later(first, weeks * 7), "training", "human", true, 90));
        (6..14).for_each(&mut more);
    }
}

/// What happens in a month: mails to everybody, meetings with those who have somebody, events for a few.
fn in_month(recipe: &Recipe, dice: &mut Dice, life: &Life, month: Month, all: &mut Vec<Engagement>) {
    let [mail, meeting, visit] = [0; 3].map(|_| dice.days_after(month.first, 1, 26));
    let (reads, answers, comes) = (dice.happens(350), dice.happens(820), dice.happens(60));
    let minutes = dice.between(25, 60);
    let is_silent = life.is_under(ChurnCause::Silence, meeting) || life.is_under(ChurnCause::PersonalTies, meeting);
    let cadence = life.profile.segment.cadence;
    if recipe.fault != Some(PlantedFault::LoyaltyWithoutPersonalTies) {
        let answered = reads && cadence.is_none() && !is_silent;
        all.push((mail, "marketing", "digital", answered, 0));
        if comes && !is_silent {
            all.push((visit, "event", "digital", true, 0));
        }
    }
    let Some(every) = cadence.map(|days| (days / 30) as u32).filter(|_| !is_silent) else { return };
    if month.number % (every * 3) == every * 3 - 1 {
        all.push((meeting, "qbr", "human", true, minutes + 30));
    } else if month.number % every == every - 1 {
        all.push((meeting, "outreach", "human", answers, minutes));
    }
}

fn surveys(recipe: &Recipe, life: &Life, rows: &mut TableRows) {
    let (customer, people) = (life.profile.id(), people::of(recipe, life));
    let dice = &mut recipe.dice(life.profile.number, Subject::Surveys);
    for month in life.months(recipe) {
        let date = dice.days_after(month.first, 1, 26);
        let (mood, drawn) = (dice.between(6, 11).min(10), dice.below(1_000));
        let role = dice.one(&["champion", "admin", "user"]);
        let burden = life.burden(date);
        let is_there = people.iter().any(|person| person.role == role && person.is_there(date));
        let answers = drawn < (620 - 200 * burden).max(80) as u64 && is_there;
        let (kind, score, scale) = match month.number % 12 {
            5 | 11 => ("nps", (mood - 2 * burden).max(0), None),
            3 => ("csat", (mood / 2 - burden).clamp(1, 5), Some(5)),
            1 if month.number == 1 => ("ces", (mood - 3 - burden).clamp(1, 7), None),
            _ => continue,
        };
        if !life.is_customer(date) {
            continue;
        }
        rows.push(&[
            Cell::Text(&customer),
            Cell::Date(date),
            Cell::Text(kind),
            if answers { ratio(score) } else { Cell::Absent },
            scale.map_or(Cell::Absent, Cell::Count),
            text(answers.then_some(role)),
        ]);
    }
}

const TOPICS: [&str; 8] =
    ["reports", "permissions", "mobile", "integrations", "speed", "search", "exports", "templates"];

fn feedback(recipe: &Recipe, life: &Life, rows: &mut TableRows) {
    let customer = life.profile.id();
    let dice = &mut recipe.dice(life.profile.number, Subject::Feedback);
    let mut row = |date: Day, kind: &str, topic: &str, answered: Option<Day>, released: Option<Day>| {
        if !life.is_customer(date) {
            return;
        }
        let known = |day: Option<Day>| day.map_or(Cell::Absent, |day| recipe.seen(day));
        // Who has left is answered no more, and what is released afterwards was not for it.
        let [answered, released] = [answered, released].map(|day| day.filter(|&day| life.is_customer(day)));
        let texts = [&customer, kind, topic].map(Cell::Text);
        let [customer, kind, topic] = texts;
        rows.push(&[customer, Cell::Date(date), kind, topic, known(answered), known(released)]);
    };
    if let Some(first) = life.first_day() {
        let (promised, topic) = (dice.happens(250), dice.one(&TOPICS));
        let delivered = dice.days_after(first, 10, 80);
        let is_broken = life.strains.iter().any(|strain| strain.cause == ChurnCause::BrokenPromise);
        if promised || is_broken {
            row(first, "promise", topic, Some(first), (!is_broken).then_some(delivered));
        }
    }
    for month in life.months(recipe) {
        let (date, drawn) = (dice.days_after(month.first, 0, 26), dice.below(1_000));
        let topic = dice.one(&TOPICS);
        let (answered, released) = (dice.days_after(date, 1, 30), dice.days_after(date, 20, 200));
        let (is_answered, is_released) = (dice.happens(750), dice.happens(350));
        let is_off_target = life.profile.is_misfit;
        let bugs = if life.is_under(ChurnCause::WeakProduct, date) { 200 } else { 40 };
        let kind = match drawn {
            _ if drawn < bugs => "bug",
            300..380 => "request",
            380..520 if is_off_target => "request",
            600..660 if life.burden(date) == 0 => "praise",
            _ => continue,
        };
        let is_work = kind != "praise";
        let answered = (is_work && is_answered).then_some(answered);
        let released = released.max(answered.unwrap_or(released));
        let topic = if is_off_target && kind == "request" { "time_billing" } else { topic };
        row(date, kind, topic, answered, (is_work && is_answered && is_released && !is_off_target).then_some(released));
    }
}

fn advocacy(recipe: &Recipe, life: &Life, rows: &mut TableRows) {
    let customer = life.profile.id();
    let dice = &mut recipe.dice(life.profile.number, Subject::Advocacy);
    for month in life.months(recipe) {
        let (date, drawn) = (dice.days_after(month.first, 0, 26), dice.below(1_000));
        let kind = dice.one(&["reference", "review", "referral", "case_study", "word_of_mouth"]);
        if drawn < 25 && life.burden(date) == 0 && month.number > 3 && life.is_customer(date) {
            rows.push(&[Cell::Text(&customer), Cell::Date(date), Cell::Text(kind)]);
        }
    }
}

/// The plays against what strains the relation, as far as the book reaches and the customer stayed.
fn actions(recipe: &Recipe, life: &Life, rows: &mut TableRows) {
    let customer = life.profile.id();
    let plays = life.strains.iter().filter_map(|strain| strain.play);
    for play in plays.filter(|play| play.opened < recipe.end && life.is_customer(play.opened)) {
        // What is still open when the customer leaves is closed on its last day, and has not helped.
        let last = life.last_day(recipe, play.opened);
        let helped = play.helped && last.is_none_or(|last| play.closed.is_some_and(|closed| closed <= last));
        let closed = play.closed.map(|closed| last.map_or(closed, |last| closed.min(last)));
        let closed = closed.filter(|&closed| play.opened < closed && closed < recipe.end);
        rows.push(&[
            Cell::Text(play.name),
            Cell::Date(play.opened),
            Cell::Text(&customer),
            Cell::Absent,
            Cell::Text(life.profile.owner),
            Cell::Date(later(play.opened, 45)),
            day(closed),
            text(closed.map(|_| if helped { "resolved" } else { "no_effect" })),
            Cell::Absent,
        ]);
    }
}
