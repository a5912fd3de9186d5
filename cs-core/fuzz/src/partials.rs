//! Results of parts of the customers, as another process gives them.

use cs_core::{Json, Partial, Portfolio};

use crate::calls::calls;
use crate::checks::refused;

const CONTRACTS: &str = "contract_id,customer_id,start_date,mrr\nc-1,own,2026-01-10,100\n";

/// Bytes as a partial: what is read is written as it was, and merges with a part of this program or is refused.
pub fn partials(bytes: &[u8]) {
    let partial = match Partial::from_bytes(bytes) {
        Ok(partial) => partial,
        Err(error) => return refused(&error),
    };
    let written = partial.to_bytes();
    let again = Partial::from_bytes(&written).expect("a partial is read back");
    assert_eq!(again.to_bytes(), written);
    // Merged alone it is what it says, in the order and with the ratios that follow from its sums.
    match Partial::merge([again]) {
        Err(error) => refused(&error),
        Ok(alone) => {
            let once_more = Partial::merge([alone.clone()]).expect("what was merged is merged again");
            assert_eq!(once_more.to_bytes(), alone.to_bytes());
        }
    }
    let portfolio = Portfolio::from_csv(CONTRACTS).currency("USD").load().expect("a valid book");
    let calls = calls(&[("start", Json::from("2026-01-01")), ("end", Json::from("2026-03-01"))]);
    for own in calls.iter().filter_map(|call| call.partial(&portfolio)) {
        let own = own.expect("a valid book has results");
        let merged = Partial::merge([partial.clone(), own.clone()]);
        match (merged, Partial::merge([own, partial.clone()])) {
            (Ok(merged), Ok(turned)) => assert_eq!(merged.to_bytes(), turned.to_bytes()),
            (Err(error), Err(other)) => {
                refused(&error);
                refused(&other);
            }
            (one, other) => panic!("one order merges and the other does not: {one:?}, {other:?}"),
        }
    }
}
