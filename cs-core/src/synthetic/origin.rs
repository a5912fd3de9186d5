//! How a customer came: by sales, by somebody's recommendation, or with a champion who changed employer.

use super::dice::{Dice, Subject, later};
use super::market::Profile;
use super::people::{self, FARTHEST, Move, Person};
use super::recipe::Recipe;
use crate::portfolio::ContractSource;

/// What brought a customer.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) struct Origin {
    pub(super) source: ContractSource,
    /// The customer, and the number of its person, to whom it is owed.
    pub(super) owed_to: Option<(u32, u32)>,
}

/// What brought a customer; where it was not sales, somebody knew the product already.
pub(super) fn of(recipe: &Recipe, profile: &Profile) -> Origin {
    let dice = &mut recipe.dice(profile.number, Subject::Origin);
    let found = match dice.below(100) {
        0..9 => referred(recipe, profile, dice).map(|owed_to| (ContractSource::Referral, Some(owed_to))),
        9..35 => brought(recipe, profile).map(|owed_to| (ContractSource::ChampionMove, Some(owed_to))),
        _ => None,
    };
    let (source, owed_to) = found.unwrap_or((ContractSource::Sales, None));
    Origin { source, owed_to }
}

/// Whether somebody at another customer knew the product well before this one came.
fn is_known_to(other: &Profile, profile: &Profile) -> bool {
    !other.is_trial_only && later(other.first_day, 120) < profile.first_day
}

/// The champion of another customer, both there while the contract was made.
fn referred(recipe: &Recipe, profile: &Profile, dice: &mut Dice) -> Option<(u32, u32)> {
    // No contract is signed earlier.
    let (asked, came) = (later(profile.first_day, -20), profile.first_day);
    profile.earlier(dice, |number| {
        if !is_known_to(&Profile::of(recipe, number), profile) {
            return None;
        }
        let life = recipe.life(number);
        let recommends =
            |person: &&Person| person.role == "champion" && person.is_there(asked) && person.is_there(came);
        let champion = people::of(recipe, &life).iter().find(recommends).map(|person| (number, person.number));
        champion.filter(|_| life.is_customer(asked) && life.is_customer(came))
    })
}

/// The first champion of a customer a little before this one in number, if it went here after it had left there.
fn brought(recipe: &Recipe, profile: &Profile) -> Option<(u32, u32)> {
    (1..=FARTHEST).find_map(|farther| {
        let number = profile.number.checked_sub(farther)?;
        let comes_here = matches!(Move::of(recipe, number), Move::New(to) if to == farther);
        if !comes_here || !is_known_to(&Profile::of(recipe, number), profile) {
            return None;
        }
        let people = people::of(recipe, &recipe.life(number));
        let first = people.first().filter(|person| person.role == "champion")?;
        first.left.filter(|&left| later(left, 30) < profile.first_day).map(|_| (number, first.number))
    })
}
