//! Nothing recorded later changes what was known.

use chrono::{Days, NaiveDate};
use cs_core::{Contract, Customer, Day, Pause, Portfolio};
use proptest::prelude::*;
use proptest::sample::Index;

use crate::config;
use crate::facts::Draw;
use crate::worlds::{World, within, worlds};

/// A world of which all is told up to the day whose knowledge is asked for: without that, rows recorded later would tell
/// that the data goes on.
fn seen(world: &World) -> Portfolio {
    let load = world.prepared();
    let load = if let Some(known_on) = world.known_on { load.observed_until(known_on) } else { load };
    load.load().unwrap()
}

/// Everything that is computed of a world as bytes.
fn bytes(world: &World, portfolio: &Portfolio) -> Vec<String> {
    let calls = world.calls(&["customer_id", "cohort", "product"]);
    let whole = calls.iter().map(|call| call.run(portfolio).unwrap().to_json());
    // With the customers that they are of, too.
    let partials = calls.iter().filter_map(|call| call.partial(portfolio));
    whole.chain(partials.map(|partial| String::from_utf8(partial.unwrap().to_bytes()).unwrap())).collect()
}

/// What each row says that was not known at the close of a day, left out or put otherwise.
fn forgotten(row: &Contract, known_on: NaiveDate, later: NaiveDate) -> Contract {
    let mut row = row.clone();
    if row.recorded_on.is_some() {
        return row;
    }
    let is_later = |day: Option<NaiveDate>| day.is_some_and(|day| day > known_on);
    let stands = row.notice_date.filter(|_| !is_later(row.notice_date)).is_some()
        && row.notice_withdrawn_on.filter(|_| !is_later(row.notice_withdrawn_on)).is_none();
    let planned = row.auto_renew == Some(false) && row.term_end == row.end_date;
    if is_later(row.end_date) && !stands && !planned {
        row.end_date = None;
    }
    if is_later(row.notice_date) {
        row.notice_date = None;
    }
    if is_later(row.notice_withdrawn_on) {
        row.notice_withdrawn_on = Some(later).filter(|later| *later <= Day::MAX.date());
    }
    row
}

proptest! {
    #![proptest_config(config())]

    #[test]
    fn rows_recorded_later_change_nothing(world in worlds(), more in prop::collection::vec((any::<Index>(), 1_u64..200, any::<bool>()), 1..5)) {
        let Some(known_on) = world.known_on else { return Ok(()) };
        let before = bytes(&world, &seen(&world));
        let mut later = world.clone();
        for (position, (pick, days, is_withdrawn)) in more.into_iter().enumerate() {
            let day = known_on + Days::new(days);
            if day > Day::MAX.date() {
                continue;
            }
            if !later.book.contracts.is_empty() {
                // Another revision of a contract, one of a new contract, and a pause.
                let row = pick.get(&later.book.contracts).clone();
                if later.book.contracts.iter().all(|known| known.contract_id != row.contract_id || known.recorded_on != Some(day)) {
                    let withdrawn = Some(is_withdrawn);
                    let revision = Contract { recorded_on: Some(day), product: None, end_date: None, withdrawn, ..row.clone() };
                    later.book.contracts.push(revision);
                }
                let new = Contract { recorded_on: Some(day), withdrawn: None, contract_id: format!("later {position}"), ..row.clone() };
                later.book.contracts.push(new);
                later.pauses.push(Pause::new(&*row.contract_id, day));
            }
            if !later.customers.is_empty() {
                let row = pick.get(&later.customers).clone();
                // More facts about a customer, and what became of those that were known: cases closed, people gone.
                let until = is_withdrawn.then(|| within(day + Days::new(days)));
                later.facts.add_known_from(Draw { customer: &row.customer_id, day, until, choice: days as u8 });
                later.facts.happen(day);
                if later.customers.iter().all(|known| known.customer_id != row.customer_id || known.recorded_on != Some(day)) {
                    later.customers.push(Customer { recorded_on: Some(day), segment: Some("new".to_owned()), parent_id: None, ..row });
                }
            }
        }
        prop_assert_eq!(bytes(&later, &seen(&later)), before);
    }

    #[test]
    fn what_is_not_known_does_not_matter(world in worlds()) {
        let Some(known_on) = world.known_on else { return Ok(()) };
        let before = bytes(&world, &seen(&world));
        let mut now = world.clone();
        let later = known_on + Days::new(17);
        for row in &mut now.book.contracts {
            *row = forgotten(row, known_on, later);
        }
        for pause in &mut now.pauses {
            pause.to_date = pause.to_date.filter(|to| *to <= known_on);
        }
        now.pauses.retain(|pause| pause.from_date <= known_on);
        now.facts.forget(known_on);
        prop_assert_eq!(bytes(&now, &seen(&now)), before);
    }

    #[test]
    fn periods_that_close_later_are_not_told(world in worlds()) {
        let Some(known_on) = world.known_on else { return Ok(()) };
        let portfolio = world.load();
        for row in world.movements(&portfolio).run().unwrap().rows() {
            prop_assert!(row.period_end <= known_on + Days::new(1));
        }
        let all = world.clone();
        let all = World { known_on: None, ..all };
        let told = world.movements(&portfolio).run().unwrap().table().len();
        let there = all.movements(&portfolio).run().unwrap();
        let closed = there.rows().filter(|row| row.period_end <= known_on + Days::new(1)).count();
        prop_assert_eq!(told, closed);
    }
}
