//! How much stayed, and what became of those who came.

use crate::{called, cells, reviewed};

#[test]
fn what_stayed_is_told_from_close_to_close() {
    let (_, text, _) = called("");
    let (_, text) = text.split_once("How much of it stayed").unwrap();
    let (retained, cohorts) = text.split_once("What became of those who came").unwrap();
    // Of the 24,008.33 of twelve customers a year before: fjord (950) and inkwell (150) left, cobalt pays 300 and ember
    // 80 less, which leaves 22,528.33; with what the others pay more it is 27,228.33.
    assert_eq!(cells(retained, "2026-01")[..6], ["93.8%", "113.4%", "83.3%*", "5%", "to", "45%"]);
    // In January nobody left or paid less, of thirteen.
    assert_eq!(cells(retained, "2026-01")[7..], ["100.0%", "100.0%", "100.0%*", "0%", "to", "23%"]);
    // In May fjord left, one of fifteen, with 950 of 28,008.33; nimbus came to pay 200 more.
    assert_eq!(cells(retained, "2025-05")[7..10], ["96.6%", "97.3%", "93.3%*"]);

    // quill came in April 2025 and left in December; whoever came in February has paid 620 for 420 since May.
    let (customers, revenue) = cohorts.split_once("monthly recurring revenue").unwrap();
    assert_eq!(cells(customers, "2025-04")[..3], ["1", "│", "100%"]);
    assert_eq!(cells(customers, "2025-04")[9..], ["100%", "0%", "0%"]);
    assert_eq!(cells(revenue, "2025-02")[..6], ["420.00", "│", "100%", "100%", "100%", "148%"]);
    assert_eq!(cells(revenue, "2026-01"), ["310.00", "│", "100%"]);
    assert!(revenue.contains("13 months of earlier customers are left out"), "{revenue}");
}

#[test]
fn where_nobody_was_there_is_nothing_to_divide_by() {
    let contracts = "contract_id,customer_id,start_date,mrr\nc-1,acme,2026-01-05,1200\n";
    let (_, text, _) = reviewed("first.csv", contracts, &[]);
    let (_, text) = text.split_once("How much of it stayed").unwrap();
    assert_eq!(cells(text, "2026-01"), ["·", "·", "·", "·", "│", "·", "·", "·", "·"]);
    assert!(text.contains("no customers at the start"), "{text}");
    assert!(!text.contains("left out"), "{text}");
}
