//! How much stayed, and what became of those who came.

use crate::{cells, review, reviewed, small};

#[test]
fn what_stayed_is_told_from_close_to_close() {
    let (_, text, _) = review(small("stayed"));
    let (_, text) = text.split_once("How much of it stayed").unwrap();
    let (retained, cohorts) = text.split_once("What became of those who came").unwrap();
    // Of the 24,008.33 of twelve customers a year before: fjord (950) and inkwell (150) left, cobalt pays 300 and ember
    // 80 less, which leaves 22,528.33; with what the others pay more it is 27,228.33.
    assert_eq!(cells(retained, "2026-01")[..6], ["93.8%", "113.4%", "83.3%*", "55%", "to", "95%"]);
    // In January nobody left or paid less, of thirteen.
    assert_eq!(cells(retained, "2026-01")[7..], ["100.0%", "100.0%", "100.0%*", "77%", "to", "100%"]);
    // In May fjord left, one of fifteen, with 950 of 28,008.33; nimbus came to pay 200 more.
    assert_eq!(cells(retained, "2025-05")[7..10], ["96.6%", "97.3%", "93.3%*"]);

    // quill came in April 2025 and left in December; whoever came in February has paid 620 for 420 since May.
    let (customers, revenue) = cohorts.split_once("monthly recurring revenue").unwrap();
    assert_eq!(cells(customers, "2025-04")[..3], ["1", "│", "100%"]);
    assert_eq!(cells(customers, "2025-04")[9..], ["100%", "0%", "0%"]);
    assert_eq!(cells(revenue, "2025-02")[..6], ["420.00", "│", "100%", "100%", "100%", "148%"]);
    assert_eq!(cells(revenue, "2026-01"), ["310.00", "│", "100%"]);
    // Thirteen of the seventeen came before; of the 29,328.33 the four pay 620, 0, 880 and 310.
    let earlier = "left out: 13 customers of 13 earlier months, with $27,518.33 of the MRR at the last close\n";
    assert!(revenue.contains(earlier), "{revenue}");
    assert!(retained.contains("*: fewer than 30 customers") && !retained.contains('·'), "{retained}");
}

/// What stayed in a book of the given periods of customers, in text behind its title.
fn stayed(name: &str, rows: &str) -> String {
    let contracts = format!("contract_id,customer_id,start_date,end_date,mrr\n{rows}");
    let (_, text, _) = reviewed(name, contracts, &["--as-of", "2026-01-31"]);
    assert!(text.lines().all(|line| line.chars().count() <= 120), "{text}");
    text.split_once("How much of it stayed").unwrap().1.to_owned()
}

#[test]
fn where_a_year_has_no_base_yet_the_month_stands_beside() {
    // acme pays 100, and 130 from March; bolt pays 50 and leaves in June.
    let rows = "c-1,acme,2024-12-10,2025-03-01,100\nc-2,acme,2025-03-01,,130\nc-3,bolt,2024-12-15,2025-06-20,50\n";
    let text = stayed("base.csv", rows);
    let month = ["72.2%", "72.2%", "50.0%*", "9%", "to", "91%"]; // 130 of 180; one of two
    assert_eq!(cells(&text, "2025-06")[..5], ["·", "·", "·", "·", "│"]);
    assert_eq!(cells(&text, "2025-06")[5..], month);
    let year = ["66.7%", "86.7%", "50.0%*", "9%", "to", "91%"]; // 100 and 130 of 150
    assert_eq!(cells(&text, "2025-12")[..6], year);
    assert!(text.contains("·: nobody paid at the start, over 12 months in 2025-02 to 2025-11\n"), "{text}");
    assert!(text.contains("nobody came in these months\n"), "{text}");
    let earlier = "left out: 2 customers of an earlier month, with $130.00 of the MRR at the last close\n";
    assert!(text.contains(earlier), "{text}");
}

#[test]
fn months_without_a_base_are_named() {
    let first = "c-1,acme,2025-01-10,2025-04-10,100\n";
    for (rows, months) in [
        ("c-2,acme,2025-05-05,,100\n", "2025-05"),
        ("c-2,acme,2025-06-05,,100\n", "2025-05 to 2025-06"),
        ("c-2,acme,2025-06-05,2025-08-10,100\nc-3,acme,2025-10-03,,100\n", "4 months from 2025-05 to 2025-10"),
    ] {
        let text = stayed("named.csv", &format!("{first}{rows}"));
        let told =
            format!("·: nobody paid at the start, over 12 months in 2025-02 to 2025-12, over the month in {months}\n");
        assert!(text.contains(&told), "{told} is not in {text}");
    }
}

#[test]
fn what_grew_beyond_the_page_is_told_as_more() {
    let text = stayed(
        "grew.csv",
        "c-1,acme,2025-02-10,2025-03-10,1\nc-2,acme,2025-03-10,2025-04-01,99.99\nc-3,acme,2025-04-01,,100\n",
    );
    let (_, revenue) = text.split_once("monthly recurring revenue").unwrap();
    assert_eq!(cells(revenue, "2025-02")[..5], ["1.00", "│", "100%", "9999%", ">9999%"]);
    assert!(!revenue.contains("left out"), "{revenue}");
}

#[test]
fn enough_customers_have_no_mark() {
    let rows = |count: u32| (0..count).map(|row| format!("c-{row},a-{row},2025-01-10,,100\n")).collect::<String>();
    let text = stayed("enough.csv", &rows(30));
    assert_eq!(cells(&text, "2026-01")[..6], ["100.0%", "100.0%", "100.0%", "89%", "to", "100%"]);
    assert!(!text.contains('*'), "{text}");
    assert!(stayed("few.csv", &rows(29)).contains("100.0%*"));
}

#[test]
fn where_nobody_was_there_is_nothing_to_divide_by() {
    let contracts = "contract_id,customer_id,start_date,mrr\nc-1,acme,2026-01-05,1200\n";
    let (_, text, _) = reviewed("first.csv", contracts, &[]);
    let (_, text) = text.split_once("How much of it stayed").unwrap();
    assert_eq!(cells(text, "2026-01"), ["·", "·", "·", "·", "│", "·", "·", "·", "·"]);
    let months = "2025-02 to 2026-01";
    let told = format!("·: nobody paid at the start, over 12 months in {months}, over the month in {months}\n");
    assert!(text.contains(&told), "{text}");
    assert!(!text.contains("left out"), "{text}");
}
