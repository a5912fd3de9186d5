//! How a customer gets where it wanted to be: milestones and outcomes.

use super::dice::{Subject, later};
use super::drawn::Drawn;
use super::life::Life;
use super::recipe::Recipe;
use super::rows::{TableRows, day, ratio};
use super::strains::ChurnCause;
use crate::period::Day;
use crate::table::{Cell, Kind};

pub(super) const MILESTONES: Drawn = Drawn {
    name: "milestones",
    columns: &[
        ("customer_id", Kind::Text),
        ("milestone", Kind::Text),
        ("due_on", Kind::Date),
        ("reached_on", Kind::Date),
    ],
    write: milestones,
};

pub(super) const OUTCOMES: Drawn = Drawn {
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
        ("experience", Kind::Ratio),
    ],
    write: outcomes,
};

/// The days that getting started was planned to take, and takes if nothing is wrong.
fn planned(recipe: &Recipe, life: &Life) -> i64 {
    let [least, most] = life.profile.segment.onboarding;
    recipe.dice(life.profile.number, Subject::Milestones).between(least, most)
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
    // Who left on the way and came back starts no more from the beginning.
    let last = life.last_day(recipe, first).unwrap_or(later(recipe.end, -1));
    for (milestone, share) in WAY {
        let reached = later(first, (takes * share / 100).max(1));
        let is_reached = reached <= last;
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
    let dice = &mut recipe.dice(life.profile.number, Subject::Outcomes);
    let unmet = life.strains.iter().find(|strain| strain.cause == ChurnCause::UnmetOutcomes);
    let (is_undefined, has_two) = (dice.happens(500), dice.happens(350));
    // Success that was never agreed leaves no row.
    if unmet.is_some() && is_undefined {
        return;
    }
    let last_seen = life.spans.last().map_or(first, |&(_, until)| until.min(recipe.end));
    let (one, other) = (dice.below(MEASURES.len() as u64), 1 + dice.below(MEASURES.len() as u64 - 1));
    for serial in 1..=if has_two { 2 } else { 1 } {
        let id = format!("out-{serial}");
        let position = (one + (serial - 1) * other) as usize % MEASURES.len();
        let (measure, baseline, target) = MEASURES.get(position).copied().unwrap_or_default();
        let agreed = dice.days_after(first, 0, 40);
        let due = dice.days_after(agreed, 200, 380);
        let pace = dice.between(85, 130) - 25 * life.burden(last_seen.min(due)).min(2);
        let pace = if unmet.is_some() { pace / 3 } else { pace };
        let experience = dice.between(6, 9);
        if agreed >= last_seen || !life.is_customer(agreed) {
            continue;
        }
        let share = |day: Day| day.days_after(agreed) * pace / due.days_after(agreed).max(1);
        let reached = share(later(last_seen, -1)).clamp(0, 110);
        let achieved = (reached >= 100).then(|| later(agreed, due.days_after(agreed) * 100 / pace.max(1)));
        let achieved = achieved.and_then(|day| life.next_day(day));
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
            ratio(experience),
        ]);
    }
}
