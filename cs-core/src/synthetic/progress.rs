//! How a customer gets where it wanted to be, and who of its people are there: milestones, outcomes, stakeholders.

use super::Recipe;
use super::dice::{Dice, Subject, later};
use super::life::Life;
use super::market::id;
use super::rows::{TableRows, ratio};
use super::strains::ChurnCause;
use super::tables::{CHAMPION, Facts, count, day, person_id, text};
use crate::period::Day;
use crate::table::{Cell, Kind};

pub(super) const MILESTONES: Facts = Facts {
    name: "milestones",
    columns: &[
        ("customer_id", Kind::Text),
        ("milestone", Kind::Text),
        ("due_on", Kind::Date),
        ("reached_on", Kind::Date),
    ],
    write: milestones,
};

pub(super) const OUTCOMES: Facts = Facts {
    name: "outcomes",
    columns: &[
        ("customer_id", Kind::Text),
        ("outcome_id", Kind::Text),
        ("measure", Kind::Text),
        ("baseline", Kind::Ratio),
        ("target", Kind::Ratio),
        ("current", Kind::Ratio),
        ("observed_on", Kind::Date),
        ("agreed_on", Kind::Date),
        ("agreed_by_customer", Kind::Flag),
        ("due_on", Kind::Date),
        ("achieved_on", Kind::Date),
        ("experience", Kind::Count),
    ],
    write: outcomes,
};

pub(super) const STAKEHOLDERS: Facts = Facts {
    name: "stakeholders",
    columns: &[
        ("customer_id", Kind::Text),
        ("person_id", Kind::Text),
        ("role", Kind::Text),
        ("since", Kind::Date),
        ("left_on", Kind::Date),
        ("moved_to_customer_id", Kind::Text),
    ],
    write: stakeholders,
};

/// The days that getting started was planned to take, and takes if nothing is wrong.
fn planned(recipe: &Recipe, life: &Life) -> i64 {
    let [least, most] = life.profile.segment.onboarding;
    Dice::of(recipe.seed, life.profile.number.into(), Subject::Milestones).between(least, most)
}

/// The day on which the customer has got started.
pub(super) fn onboarded(recipe: &Recipe, life: &Life) -> Day {
    life.onboarded(planned(recipe, life))
}

/// Milestones with the hundredths of the way at which they lie.
const WAY: [(&str, i64); 4] = [("kickoff", 12), ("setup_done", 45), ("first_value", 75), ("onboarded", 100)];

fn milestones(recipe: &Recipe, life: &Life, rows: &mut TableRows) {
    let Some(first) = life.first_day() else { return };
    let customer = life.profile.id();
    let (plan, takes) = (planned(recipe, life), onboarded(recipe, life).days_after(first));
    for (milestone, share) in WAY {
        let reached = later(first, (takes * share / 100).max(1));
        let is_reached = reached < recipe.end && life.is_customer(reached);
        rows.push(&[
            Cell::Text(&customer),
            Cell::Text(milestone),
            Cell::Date(later(first, (plan * share / 100).max(1))),
            day(is_reached.then_some(reached)),
        ]);
    }
}

/// What customers want to reach, from where to where.
const MEASURES: [(&str, i64, i64); 5] = [
    ("days_to_deliver", 40, 24),
    ("projects_on_time_percent", 55, 80),
    ("hours_of_reporting_a_week", 20, 8),
    ("work_in_progress", 120, 70),
    ("answers_within_a_day_percent", 40, 75),
];

fn outcomes(recipe: &Recipe, life: &Life, rows: &mut TableRows) {
    let Some(first) = life.first_day() else { return };
    let customer = life.profile.id();
    let dice = &mut Dice::of(recipe.seed, life.profile.number.into(), Subject::Outcomes);
    let unmet = life.strains.iter().find(|strain| strain.cause == ChurnCause::UnmetOutcomes);
    let (is_undefined, has_two) = (dice.happens(500), dice.happens(350));
    // Success that was never agreed leaves no row.
    if unmet.is_some() && is_undefined {
        return;
    }
    let last_seen = life.spans.last().map_or(first, |&(_, until)| until.min(recipe.end));
    for serial in 1..=if has_two { 2 } else { 1 } {
        let id = format!("out-{serial}");
        let (measure, baseline, target) = dice.one(&MEASURES);
        let agreed = dice.days_after(first, 0, 40);
        let due = dice.days_after(agreed, 200, 380);
        let pace = dice.between(85, 130) - 25 * life.burden(last_seen.min(due)).min(2);
        let pace = if unmet.is_some() { pace / 3 } else { pace };
        let experience = dice.between(6, 9);
        if agreed >= last_seen {
            continue;
        }
        let share = |day: Day| day.days_after(agreed) * pace / due.days_after(agreed).max(1);
        let reached = share(later(last_seen, -1)).clamp(0, 110);
        let achieved = (reached >= 100).then(|| later(agreed, due.days_after(agreed) * 100 / pace.max(1)));
        let is_agreed = !life.strains.iter().any(|strain| strain.cause == ChurnCause::NoCommitment);
        // What good people can do for the mood, they do, also where nothing is reached.
        let experience = if unmet.is_some() { experience } else { (experience - 2 * life.burden(last_seen)).max(0) };
        rows.push(&[
            Cell::Text(&customer),
            Cell::Text(&id),
            Cell::Text(measure),
            ratio(baseline),
            ratio(target),
            ratio(baseline + (target - baseline) * reached.min(105) / 100),
            Cell::Date(later(last_seen, -1)),
            Cell::Date(agreed),
            Cell::Flag(is_agreed),
            Cell::Date(due),
            achieved.map_or(Cell::Absent, |day| recipe.seen(day)),
            count(experience),
        ]);
    }
}

fn stakeholders(recipe: &Recipe, life: &Life, rows: &mut TableRows) {
    let Some(first) = life.first_day() else { return };
    let customer = life.profile.id();
    let dice = &mut Dice::of(recipe.seed, life.profile.number.into(), Subject::Stakeholders);
    let mut person = CHAMPION;
    let mut row = |role: &str, since: Day, left: Option<Day>, moved: Option<u32>| {
        let (name, moved) = (person_id(life.profile.number, person), moved.map(id));
        person += 1;
        let left = left.filter(|&left| left < recipe.end);
        rows.push(&[
            Cell::Text(&customer),
            Cell::Text(&name),
            Cell::Text(role),
            Cell::Date(since),
            day(left),
            text(moved.as_deref().filter(|_| left.is_some())),
        ]);
    };
    // One champion after the other.
    let tie = life.strains.iter().find(|strain| strain.cause == ChurnCause::PersonalTies).map(|strain| strain.began);
    let mut since = Some(first);
    let moved = recipe.moved_from(life.profile.number);
    let gone =
        life.strains.iter().filter(|strain| strain.cause == ChurnCause::ChampionLeft && strain.began < recipe.end);
    for (turn, strain) in gone.enumerate() {
        let Some(from) = since.filter(|&from| from < strain.began) else { break };
        row("champion", from, Some(strain.began), moved.filter(|_| turn == 0));
        since = strain.ended.filter(|&ended| ended < recipe.end);
    }
    if let Some(from) = since {
        row("champion", from, tie.filter(|&day| day > from), None);
    }
    if tie.is_some() {
        return;
    }
    row("admin", first, None, None);
    if life.profile.segment.cadence.is_some() {
        let left = dice.happens(100).then(|| dice.days_after(first, 100, 700));
        row("executive_sponsor", first, left, None);
    }
    for _ in 0..dice.between(1, 3) {
        row("user", dice.days_after(first, 5, 90).min(later(recipe.end, -1)), None, None);
    }
}
