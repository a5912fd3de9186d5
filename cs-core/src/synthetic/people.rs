//! Who of a customer's people are there, from when until when: what tables say of people follows from this.

use super::dice::{Dice, Subject, later};
use super::drawn::Drawn;
use super::life::Life;
use super::market::id;
use super::recipe::Recipe;
use super::rows::{TableRows, day, text};
use super::strains::ChurnCause;
use crate::period::Day;
use crate::table::{Cell, Kind};

pub(super) const STAKEHOLDERS: Drawn = Drawn {
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

/// One of a customer's people.
#[derive(Clone, Copy, Debug)]
pub(super) struct Person {
    /// From 1, in the order of the table.
    pub(super) number: u32,
    pub(super) role: &'static str,
    pub(super) since: Day,
    /// The first day without the person, as far as the book tells.
    pub(super) left: Option<Day>,
}

impl Person {
    pub(super) fn is_there(&self, day: Day) -> bool {
        self.since <= day && self.left.is_none_or(|left| day < left)
    }
}

/// A customer's people, champions first and in their order.
pub(super) fn of(recipe: &Recipe, life: &Life) -> Vec<Person> {
    let mut people = Vec::new();
    let Some(first) = life.first_day() else { return people };
    let dice = &mut recipe.dice(life.profile.number, Subject::Stakeholders);
    let mut add = |role, since: Day, left: Option<Day>| {
        let left = left.filter(|&left| left < recipe.end && life.is_customer(left));
        // Nobody is met for the first time at a customer who is none.
        if since < recipe.end && life.is_customer(since) {
            people.push(Person { number: people.len() as u32 + 1, role, since, left });
        }
    };
    // One champion after the other, until all that there was to hold the customer is gone.
    let mut since = Some(first);
    for strain in &life.strains {
        let is_last = strain.cause == ChurnCause::PersonalTies;
        if !is_last && strain.cause != ChurnCause::ChampionLeft {
            continue;
        }
        let Some(from) = since else { break };
        if from < strain.began {
            add("champion", from, Some(strain.began));
        }
        since = strain.ended.filter(|_| !is_last).and_then(|ended| life.next_day(ended));
    }
    if let Some(from) = since {
        add("champion", from, None);
    }
    if life.strains.iter().any(|strain| strain.cause == ChurnCause::PersonalTies) {
        return people;
    }
    add("admin", first, None);
    if life.profile.segment.cadence.is_some() {
        let left = dice.happens(100).then(|| dice.days_after(first, 100, 700));
        add("executive_sponsor", first, left);
    }
    for _ in 0..dice.between(1, 3) {
        add("user", dice.days_after(first, 5, 90), None);
    }
    people
}

/// Who comes to a meeting: the champion, or who is there in that place.
pub(super) fn met(people: &[Person], day: Day) -> Option<&Person> {
    let there = |role| people.iter().find(|person| person.role == role && person.is_there(day));
    ["champion", "executive_sponsor", "admin"].into_iter().find_map(there)
}

/// What a person of a customer is called.
pub(super) fn person_id(customer: u32, person: u32) -> String {
    format!("per-{customer:07}-{person}")
}

/// Where the first champion of a customer goes to afterwards.
///
/// A customer is the same whatever comes after it, so either side tells of a move alone: who goes to a customer that is
/// one already is known where the person left, and goes to one of a lower number; who brings a new customer is known
/// from that one's contract, and it has a higher number. Each goes to one, whoever asks.
pub(super) enum Move {
    /// To a customer that is one already.
    Known(Dice),
    /// To a customer so many numbers on, if it comes in time.
    New(u32),
}

/// How far a customer can stand behind that from which its champion came.
pub(super) const FARTHEST: u32 = 12;

impl Move {
    pub(super) fn of(recipe: &Recipe, number: u32) -> Self {
        let mut dice = recipe.dice(number, Subject::Moves);
        let (is_known, farther) = (dice.happens(300), dice.between(1, FARTHEST.into()));
        if is_known { Self::Known(dice) } else { Self::New(farther as u32) }
    }

    /// The customer to which somebody went who left on a day, if the company heard of it.
    fn heard(self, recipe: &Recipe, life: &Life, left: Day) -> Option<u32> {
        let Self::Known(mut dice) = self else { return None };
        let there = later(left, 30);
        let is_one = |other: u32| recipe.life(other).is_customer(there).then_some(other);
        if there < recipe.end { life.profile.earlier(&mut dice, is_one) } else { None }
    }
}

fn stakeholders(recipe: &Recipe, life: &Life, rows: &mut TableRows) {
    let (number, customer) = (life.profile.number, life.profile.id());
    for person in of(recipe, life) {
        let left = person.left.filter(|_| person.role == "champion" && person.number == 1);
        let moved = left.and_then(|left| Move::of(recipe, number).heard(recipe, life, left)).map(id);
        rows.push(&[
            Cell::Text(&customer),
            Cell::Text(&person_id(number, person.number)),
            Cell::Text(person.role),
            Cell::Date(person.since),
            day(person.left),
            text(moved.as_deref()),
        ]);
    }
}
