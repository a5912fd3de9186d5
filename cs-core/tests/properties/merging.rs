//! Of any split by top parent, in any order and any grouping, the parts make the whole, byte for byte.

use std::collections::BTreeMap;

use cs_core::{Code, Definitions, Error, Level, Partial, Table};
use proptest::prelude::*;
use proptest::sample::Index;

use crate::config;
use crate::facts::Facts;
use crate::worlds::{World, worlds};

/// The partials of a world, of every operation that has any in turn.
fn partials(world: &World, by: &[&str]) -> Vec<Partial> {
    let portfolio = world.load();
    world.calls(by).iter().filter_map(|call| call.partial(&portfolio)).map(Result::unwrap).collect()
}

/// The single runs' results.
fn wholes(world: &World, by: &[&str]) -> Vec<Table> {
    partials(world, by).into_iter().map(Partial::into_result).collect()
}

/// Customers by the top of their latest parents; none of the parts tears a family apart.
fn split(world: &World, into: &[usize], parts: usize) -> Vec<World> {
    let mut parent: BTreeMap<&str, Option<&str>> = BTreeMap::new();
    for row in &world.customers {
        let slot = parent.entry(&row.customer_id).or_default();
        *slot = row.parent_id.as_deref().or(*slot);
    }
    let top = |name: &str| {
        let mut at = name.to_owned();
        while let Some(Some(next)) = parent.get(at.as_str()) {
            at = (*next).to_owned();
        }
        at
    };
    let tops: Vec<String> = parent.keys().filter(|name| top(name) == **name).map(|name| (*name).to_owned()).collect();
    let part_of =
        |name: &str| tops.iter().position(|known| *known == top(name)).map_or(0, |at| into[at % into.len()] % parts);
    let part = |number: usize| {
        let mut part = world.clone();
        part.customers.retain(|row| part_of(&row.customer_id) == number);
        // Practices, and actions for all, go with every part.
        part.facts.keep(|customer| part_of(customer) == number);
        part.book.contracts.retain(|row| part_of(&row.customer_id) == number);
        let ids: Vec<String> = part.book.contracts.iter().map(|row| row.contract_id.clone()).collect();
        part.pauses.retain(|row| ids.contains(&row.contract_id));
        part
    };
    (0..parts).map(part).collect()
}

fn code(result: Result<Partial, Error>) -> Option<Code> {
    result.err().and_then(|error| error.problems().first().map(|problem| problem.code))
}

proptest! {
    #![proptest_config(config())]

    #[test]
    fn parts_make_the_whole(world in worlds(), into in prop::collection::vec(0_usize..16, 8), parts in 1_usize..=16, seed in any::<Index>()) {
        // A column that only some parts have a value in is a column of every part.
        let by = ["customer_id", "product", "cohort"];
        let whole = wholes(&world, &by);
        let portfolio = world.load();
        let runs = world.calls(&by).into_iter().filter(|call| call.operation.adds_up());
        let runs: Vec<Table> = runs.map(|call| call.run(&portfolio).unwrap().into_table().unwrap()).collect();
        prop_assert_eq!(&runs, &whole);
        let split = split(&world, &into, parts);
        let mut of_parts: Vec<Vec<Partial>> = split.iter().map(|part| partials(part, &by)).collect();
        let turn = seed.index(of_parts.len());
        of_parts.rotate_left(turn);
        for (operation, whole) in whole.iter().enumerate() {
            let parts: Vec<Partial> = of_parts.iter().map(|parts| parts[operation].clone()).collect();
            let merged = Partial::merge(parts.clone()).unwrap();
            prop_assert_eq!(merged.result().to_json(), whole.to_json());
            // In two steps, through bytes.
            let (some, others) = parts.split_at(seed.index(parts.len()));
            let first = if some.is_empty() { Vec::new() } else { vec![Partial::merge(some.to_vec()).unwrap()] };
            let steps = first.into_iter().chain([Partial::merge(others.to_vec()).unwrap()]);
            let read = steps.map(|step| Partial::from_bytes(&step.to_bytes()).unwrap());
            let stepwise = Partial::merge(read).unwrap();
            prop_assert_eq!(stepwise.to_bytes(), merged.to_bytes());
            prop_assert_eq!(Partial::from_bytes(&merged.to_bytes()).unwrap().to_bytes(), merged.to_bytes());
        }
    }

    #[test]
    fn nothing_else_is_merged(world in worlds()) {
        let portfolio = world.load();
        let partial = world.movements(&portfolio).partial().unwrap();
        let is_covered = !world.book.contracts.is_empty() && world.known_on.is_none()
            && world.book.contracts.iter().all(|row| row.withdrawn != Some(true));
        if is_covered {
            prop_assert_eq!(code(Partial::merge([partial.clone(), partial.clone()])), Some(Code::OverlappingPartials));
        }
        let empty = World { customers: Vec::new(), pauses: Vec::new(), facts: Facts::default(), book: world.book.with(Vec::new()), ..world.clone() };
        let nothing = empty.load();
        // The part without customers changes nothing.
        let merged = Partial::merge([empty.movements(&nothing).partial().unwrap(), partial.clone()]).unwrap();
        prop_assert_eq!(merged.to_bytes(), partial.to_bytes());
        let other = Definitions { free_counts: !world.book.definitions.free_counts, ..world.book.definitions.clone() };
        let level = if world.level == Level::Parent { Level::Customer } else { Level::Parent };
        let others = [
            empty.movements(&nothing).definitions(&other).partial().unwrap(),
            empty.movements(&nothing).level(level).partial().unwrap(),
            empty.movements(&nothing).by(["product"]).partial().unwrap(),
            empty.journal(&nothing).partial().unwrap(),
        ];
        for other in others {
            prop_assert_eq!(code(Partial::merge([partial.clone(), other])), Some(Code::PartialMismatch));
        }
    }

    #[test]
    fn bytes_are_read_or_refused(world in worlds(), at in any::<Index>(), byte in any::<u8>()) {
        let portfolio = world.load();
        let mut bytes = world.movements(&portfolio).partial().unwrap().to_bytes();
        let position = at.index(bytes.len());
        bytes[position] = byte;
        if let Err(error) = Partial::from_bytes(&bytes) {
            prop_assert!(matches!(code(Err(error)), Some(Code::InvalidPartial | Code::PartialMismatch)));
        }
        prop_assert!(Partial::from_bytes(&bytes[..position]).is_err());
    }
}
