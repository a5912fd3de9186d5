//! The months, where they led, and how figures are written.

use std::ffi::OsString;

use cs_core::Unwatched;
use examples::program::{Ink, Outcome};
use examples::revenue::REVENUE;

use crate::{called, cells, file, review, reviewed, small};

#[test]
fn the_months_of_a_small_book() {
    let (outcome, text, complaints) = review(small("months"));
    assert_eq!((outcome, complaints.as_str()), (Outcome::Reviewed, ""));

    // pepper starts on 12 January 2026, and no contract starts later.
    assert!(text.contains("as of        2026-01-12, the latest start of a contract"), "{text}");
    assert!(text.contains("currency     USD"), "{text}");

    // In force at the close of 31 January 2025, MRR of each customer:
    //   alder 9,000/12 = 750, bluewater 1,600, cobalt 14,400/12 = 1,200, ember 480 + 120, fjord 950,
    //   granite 72,000/12 = 6,000, harbor 360, inkwell 150, juniper 100,000/12 = 8,333.33 and 18,000/12 = 1,500,
    //   kestrel 5,400/3 = 1,800, lumen 8,400/12 = 700, maple 15 x 52/12 = 65: 24,008.33 of 12 customers.
    // Then, month by month:
    let february = ["24,008.33", "420.00", "·", "·", "·", "·", "24,428.33", "│", "12", "1", "·", "·", "13"];
    assert_eq!(cells(&text, "2025-02"), february); // nimbus is new; alder renews at the same MRR
    // dovetail is back at 290; granite buys payments (1,450), juniper grows 118,000/12 = 9,833.33 (by 1,500).
    assert_eq!(cells(&text, "2025-03")[2..4], ["290.00", "2,950.00"]);
    // cobalt renews at 10,800/12 = 900, 300 less; quill is new at 640.
    assert_eq!(cells(&text, "2025-04")[1..5], ["640.00", "·", "·", "-300.00"]);
    // fjord leaves with 950; nimbus buys payments for 200.
    assert_eq!(cells(&text, "2025-05")[3..6], ["200.00", "·", "-950.00"]);
    // ember gives up analytics (120), juniper's costs 15,000/12 = 1,250, 250 less; orchard's trial has become a contract.
    let september = ["28,058.33", "880.00", "·", "·", "-370.00", "·", "28,568.33", "│", "14", "1", "·", "·", "15"];
    assert_eq!(cells(&text, "2025-09"), september);
    // A trial is no recurring revenue: orchard is not there in August, only kestrel's 400 more are.
    assert_eq!(cells(&text, "2025-08")[1..4], ["·", "·", "400.00"]);
    // nimbus exchanges payments for analytics at the same MRR, and quill leaves.
    assert_eq!(cells(&text, "2025-12")[1..6], ["·", "·", "·", "·", "-640.00"]);

    // new 420 + 640 + 880 + 310; expansion 2,950 + 200 + 220 + 180 + 400 + 1,240; churn 950 + 150 + 640:
    // 24,008.33 + 2,250 + 290 + 5,190 - 670 - 1,740 = 29,328.33, and 12 + 4 + 1 - 3 = 14 customers.
    let total = ["24,008.33", "2,250.00", "290.00", "5,190.00", "-670.00", "-1,740.00", "29,328.33"];
    assert_eq!(cells(&text, "total")[..7], total);
    assert_eq!(cells(&text, "total")[8..], ["12", "4", "1", "-3", "14"]);

    // ARR is the exact yearly sum: juniper's 118,000 count, not 12 x 9,833.33. 118,000 + 12 x 19,495 = 351,940.
    assert!(text.contains("MRR   $29,328.33   up $5,320.00 from $24,008.33 at the close of 2025-01-31"), "{text}");
    assert!(text.contains("ARR  $351,940.00   14 paying customers, 12 then"), "{text}");

    // Gross by product: nimbus' exchange of 200 stands in cross-sell and in product churn.
    assert_eq!(cells(&text, "upsell")[0], "$3,360.00"); // 1,500 + 40 + 180 + 400 + 1,000 + 240
    assert_eq!(cells(&text, "cross-sell")[0], "$2,030.00"); // 1,450 + 200 + 180 + 200
    assert_eq!(cells(&text, "downsell")[0], "-$550.00"); // 300 + 250
    assert_eq!(cells(&text, "product")[1], "-$320.00"); // 120 + 200
    assert_eq!(cells(&text, "net")[0], "$4,520.00"); // 5,190 - 670
    assert!(text.contains("$200.00 went from one product of a customer to another"), "{text}");

    assert!(text.contains("  contracts         39        39         ·      ·\n"), "{text}");
    assert!(text.ends_with("  no problems\n"), "{text}");
    let widest = text.lines().map(|line| line.chars().count()).max();
    assert!(widest <= Some(120), "{widest:?}");
}

#[test]
fn every_month_opens_where_the_one_before_closed() {
    let (_, text, _) = review([small("past"), vec!["--as-of=2025-06-30".to_owned()]].concat());
    let (text, _) = text.split_once("How much of it stayed").unwrap();
    let months: Vec<Vec<&str>> = text
        .lines()
        .filter(|line| line.starts_with("  2024-") || line.starts_with("  2025-"))
        .map(|line| line.split_whitespace().collect())
        .collect();
    assert_eq!(months.len(), 12);
    assert_eq!((months[0][0], months[11][0]), ("2024-07", "2025-06"));
    for pair in months.windows(2) {
        assert_eq!((pair[0][7], pair[0][13]), (pair[1][1], pair[1][9]));
    }
}

#[test]
fn columns_of_other_names_are_mapped() {
    let contracts = "sub,account,start_date,end_date,monthly,tier,arr\nS-1,A-1,2026-01-05,,1200,gold,14400\n";
    let mapping = "contracts.sub=contract_id,contracts.account=customer_id,contracts.monthly=mrr";
    let (outcome, text, _) = reviewed("mapped.csv", contracts, &["--columns", mapping, "--extra-columns", "ignore"]);
    assert_eq!(outcome, Outcome::Reviewed);
    assert_eq!(cells(&text, "2026-01")[1], "1,200.00");
    assert!(text.contains("no paying customer came to pay more or less"), "{text}");

    let (outcome, text, complaints) = reviewed("mapped.csv", contracts, &["--columns", mapping]);
    assert_eq!((outcome, text.as_str()), (Outcome::Refused, ""));
    assert!(complaints.contains("unknown_column, 2"), "{complaints}");
    assert!(complaints.contains("contracts  arr   the table contracts has no column `arr`"), "{complaints}");
    assert!(complaints.contains("--extra-columns ignore"), "{complaints}");
}

#[test]
fn money_is_written_in_its_own_form() {
    let contracts = "contract_id,customer_id,start_date,mrr\nc-1,acme,2026-01-05,1200\n";
    let path = file("currencies.csv", contracts);
    for (code, mrr) in [("JPY", "MRR   ¥1,200 "), ("CHF", "MRR   CHF 1,200.00 "), ("KWD", "MRR   KWD 1,200.000 ")] {
        let (outcome, text, _) = called(&format!("--contracts {path} --currency {code}"));
        assert_eq!(outcome, Outcome::Reviewed);
        assert!(text.contains(mrr), "{text}");
    }
}

#[test]
fn a_wide_table_is_set_in_two() {
    let contracts = "contract_id,customer_id,start_date,end_date,mrr\n\
                     c-1,acme,2025-01-05,2026-01-07,123456789.00\nc-2,b,2026-01-05,,123456789.00\n";
    let (_, text, _) = reviewed("wide.csv", contracts, &[]);
    let (movements, _) = text.split_once("How much of it stayed").unwrap();
    assert_eq!(movements.matches("\n  month ").count(), 2);
    assert!(text.lines().all(|line| line.chars().count() <= 120), "{text}");
}

#[test]
fn colours_change_no_word() {
    let (mut coloured, mut err) = (Vec::new(), Vec::new());
    let page = format!("--html={}", file("coloured.html", ""));
    let call = [small("coloured"), vec![page]].concat().into_iter().map(OsString::from);
    REVENUE.run(call, Ink::Coloured, &Unwatched, &mut coloured, &mut err);
    let coloured = String::from_utf8(coloured).unwrap();
    assert!(coloured.contains("\x1b[31m-1,740.00\x1b[0m"), "{coloured}");
    let plain: String = coloured
        .split('\x1b')
        .map(|part| part.split_once('m').filter(|_| part.starts_with('[')).map_or(part, |p| p.1))
        .collect();
    let words = |text: &str| text.split_whitespace().map(str::to_owned).collect::<Vec<_>>();
    // The page is another file, and nothing else differs.
    let text = |words: Vec<String>| words.into_iter().filter(|word| !word.contains("html")).collect::<Vec<_>>();
    assert_eq!(text(words(&plain)), text(words(&review(small("coloured")).1)));
}

#[test]
fn the_ends_of_the_calendar_are_reviewed() {
    for day in ["1900-01-01", "2200-12-31"] {
        let contracts = format!("contract_id,customer_id,start_date,mrr\nc-1,acme,{day},5\n");
        let (outcome, text, _) = reviewed("calendar.csv", contracts, &[]);
        assert_eq!(outcome, Outcome::Reviewed);
        assert_eq!(cells(&text, "total")[6], "5.00");
    }
    // Before the book begins there is nothing, and that is a review too.
    let (outcome, text, _) = review([small("before"), vec!["--as-of=1999-12-31".to_owned()]].concat());
    assert_eq!(outcome, Outcome::Reviewed);
    assert!(text.contains("MRR  $0.00   as at the close of 1998-12-31"), "{text}");
}
