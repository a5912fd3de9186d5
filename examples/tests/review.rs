//! The review as its users meet it: called with a command line, read as text.
#![expect(clippy::unwrap_used, clippy::panic, reason = "the helpers stop where a test itself would")]

use std::ffi::OsString;
use std::path::PathBuf;

use examples::review::{Ink, Outcome, run};

const CONTRACTS: &str = include_str!("../review/contracts.csv");
const CUSTOMERS: &str = include_str!("../review/customers.csv");

/// Whether it worked, what it wrote and what it complained of.
fn review(arguments: impl IntoIterator<Item = impl Into<OsString>>) -> (Outcome, String, String) {
    let (mut out, mut err) = (Vec::new(), Vec::new());
    let outcome = run(arguments.into_iter().map(Into::into), Ink::Plain, &mut out, &mut err);
    (outcome, String::from_utf8(out).unwrap(), String::from_utf8(err).unwrap())
}

/// The same with the arguments in one line.
fn called(line: &str) -> (Outcome, String, String) {
    review(line.split_whitespace())
}

/// A file of this run of the tests.
fn file(name: &str, content: impl AsRef<[u8]>) -> String {
    let path = PathBuf::from(env!("CARGO_TARGET_TMPDIR")).join(name);
    std::fs::write(&path, content).unwrap();
    path.to_str().unwrap().to_owned()
}

/// A review of the given contracts, in dollars.
fn reviewed(name: &str, contracts: impl AsRef<[u8]>, more: &[&str]) -> (Outcome, String, String) {
    let path = file(name, contracts);
    review(["--contracts", &path, "--currency", "USD"].into_iter().chain(more.iter().copied()))
}

/// The line that starts with a label, its cells.
fn cells<'a>(text: &'a str, label: &str) -> Vec<&'a str> {
    let line = text.lines().find(|line| line.split_whitespace().next() == Some(label));
    line.unwrap_or_else(|| panic!("no line {label} in {text}")).split_whitespace().skip(1).collect()
}

#[test]
fn the_book_that_comes_with_the_program() {
    let (outcome, text, complaints) = called("");
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

#[test]
fn every_month_opens_where_the_one_before_closed() {
    let (_, text, _) = called("--as-of 2025-06-30");
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
fn files_are_read_as_the_book_itself_is() {
    let (contracts, customers) = (file("same_contracts.csv", CONTRACTS), file("same_customers.csv", CUSTOMERS));
    let (outcome, text, _) = called(&format!("--contracts {contracts} --customers {customers} --currency USD"));
    assert_eq!(outcome, Outcome::Reviewed);
    let figures = |text: &str| text.split_once("The last 12 months").map(|(_, figures)| figures.to_owned());
    assert_eq!(figures(&text), figures(&called("").1));
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

/// The library's help stays; only what it calls its arguments becomes what the program calls them.
#[test]
fn help_is_the_librarys_in_the_words_of_the_program() {
    let header = "contract_id,customer_id,start_date";
    let cases: [(&str, String, &[&str], &str); 6] = [
        ("help_map.csv", format!("{header},price\n"), &[], "give the column, or map yours to it with --columns"),
        (
            "help_extra.csv",
            format!("{header},mrr,price\n"),
            &[],
            "map it with --columns, or leave such columns out (--extra-columns ignore)",
        ),
        ("help_nameless.csv", format!("{header},mrr,\n"), &[], "name it, or leave it out"),
        (
            "help_mapped.csv",
            format!("{header},price with columns\n"),
            &["--columns", "contracts.mrr_amount=mrr"],
            "its columns are `contract_id`, `customer_id`, `start_date`, `price with columns`",
        ),
        ("help_commas.csv", header.replace(',', ";"), &[], "the header is one column: separate columns by commas"),
        (
            "help_equal.csv",
            format!("{header},mrr\nc-1,acme,2026-01-05,1\nc-1,acme,2026-01-05,1\n"),
            &[],
            "remove it, or leave such rows out (--duplicates drop)",
        ),
    ];
    for (name, contracts, columns, help) in cases {
        let (outcome, _, complaints) = reviewed(name, contracts, columns);
        assert_eq!(outcome, Outcome::Refused);
        assert!(complaints.contains(&format!("{help}\n")), "{help} is not in {complaints}");
    }

    let path = file(
        "help_currency.csv",
        "contract_id,customer_id,start_date,mrr,currency\nc-1,a,2026-01-05,1,\nc-2,a,2026-01-05,1,USD\n",
    );
    let (_, _, complaints) = called(&format!("--contracts {path}"));
    let help = "give the row its currency, or the portfolio a reporting currency such as --currency USD\n";
    assert!(complaints.contains(help), "{complaints}");
}

/// Rows with one problem each, by line: an end before the start, a bad date, too many decimals, an equal row.
const FAULTY: &str = "contract_id,customer_id,start_date,end_date,mrr
c-1,acme,2026-01-05,,100.00
c-2,acme,2026-01-05,2026-01-05,100.00
c-3,acme,2026-02-30,,100.00
c-4,acme,2026-01-05,,100.005

c-1,acme,2026-01-05,,100.00
";

#[test]
fn problems_are_located_and_nothing_is_half_done() {
    let (outcome, text, complaints) = reviewed("faulty.csv", FAULTY, &[]);
    assert_eq!((outcome, text.as_str()), (Outcome::Refused, ""));
    for line in [
        "4 problems",
        "end_not_after_start, 1",
        "line 3  row 2  `c-2`  end_date  the contract ends on `2026-01-05`, not after its start on `2026-01-05`",
        "line 4  row 3  `c-3`  start_date  `2026-02-30` is not a date",
        "line 5  row 4  `c-4`  mrr  `100.005` has more than 2 decimals",
        "line 7  row 6  `c-1`  contract_id  row 1 has the same contract_id",
        "help: write it like 2026-01-31",
        "the other rows can be reviewed with --on-invalid reject",
    ] {
        assert!(complaints.contains(line), "{line} is not in {complaints}");
    }
}

#[test]
fn rejected_rows_are_told_and_the_rest_is_reviewed() {
    let (outcome, text, complaints) = reviewed("rejected.csv", FAULTY, &["--on-invalid", "reject"]);
    assert_eq!((outcome, complaints.as_str()), (Outcome::Reviewed, ""));
    assert_eq!(cells(&text, "2026-01")[1], "100.00");
    assert!(text.contains("contracts    1 of 6 rows from "), "{text}");
    assert!(text.contains("  contracts          6         1         4      1\n"), "{text}");
    assert!(text.contains("4 problems") && text.contains("line 3  row 2  `c-2`  end_date"), "{text}");

    let more = ["--on-invalid", "reject", "--duplicates", "drop"];
    let (_, text, _) = reviewed("rejected.csv", FAULTY, &more);
    assert!(text.contains("3 problems") && text.contains("1 warning\n"), "{text}");
}

/// A person knows a row by the id that the file gives it.
#[test]
fn rows_at_fault_are_called_by_their_ids() {
    let contracts = "note,sub,customer_id,start_date,mrr\r\n\"one,\ntwo\",S-1,acme,2026-01-05,-1\r\n\r\n\
                     ,,acme,2026-01-05,1\r\n,S-3,acme,2026-01-05\r\n,S-4,acme,2026-01-05,1\r\n\
                     ,\"S,\"\"5\",acme,2026-01,1\r\n";
    let customers = file("called_customers.csv", "customer_id,since\nacme,1\nacme,2\n");
    let more = ["--columns", "contracts.sub=contract_id", "--extra-columns", "ignore", "--customers", &customers];
    let (outcome, _, complaints) = reviewed("called.csv", contracts, &more);
    assert_eq!(outcome, Outcome::Refused);
    for line in [
        "contracts  line 2  row 1  `S-1`  mrr  `-1` is below zero",
        "contracts  line 5  row 3  contract_id  contract_id has no value",
        // Nothing of a record that cannot be cut into cells is believed.
        "contracts  line 6  row 4  the record has 4 fields, and the header 5",
        "contracts  line 8  row 6  `S,\"5`  start_date  `2026-01` is not a date",
        "customers  line 3  row 2  `acme`  customer_id  row 1 has the same customer_id and other content",
    ] {
        assert!(complaints.contains(line), "{line} is not in {complaints}");
    }
}

/// A person sees what kinds of problems there are, and not thousands of lines; all of them when asked for.
#[test]
fn many_problems_are_counted_by_kind_and_listed_when_asked_for() {
    let mut contracts = "contract_id,customer_id,start_date,mrr\nc-0,acme,2026-01-05,1\n".to_owned();
    (1..=12_000).for_each(|row| contracts.push_str(&format!("c-{row},acme,2026-01-05,-1\n")));
    contracts.push_str("c-12001,acme,5 January,1\n");
    let (outcome, text, _) = reviewed("many.csv", &contracts, &["--on-invalid", "reject"]);
    assert_eq!(outcome, Outcome::Reviewed);
    assert!(
        text.contains("  12,001 problems, 20 of them listed\n\n  negative_amount, 20 of at least 10,000\n"),
        "{text}"
    );
    assert_eq!(text.matches("is below zero").count(), 20);
    assert_eq!(text.matches("help: ").count(), 1);
    let others = concat!(
        "  and 11,981 more:\n",
        "    9,980  negative_amount  contracts  mrr\n",
        "    2,001  behind the first 10,000, of any kind\n",
        "  --all-problems lists every problem\n",
    );
    assert!(text.ends_with(others), "{text}");

    let (outcome, text, _) = reviewed("many.csv", &contracts, &["--on-invalid", "reject", "--all-problems"]);
    assert_eq!(outcome, Outcome::Reviewed);
    assert!(text.contains("  12,001 problems\n\n  negative_amount, 12,000\n"), "no heading");
    assert_eq!(text.matches("is below zero").count(), 12_000);
    assert_eq!(text.matches("help: ").count(), 2);
    assert!(text.contains("`5 January` is not a date"), "the last row is not listed");
}

/// Problems of a refusal, of the load report and of a computation are told alike.
#[test]
fn refusals_are_as_short() {
    let mut contracts = "contract_id,customer_id,start_date,mrr\n".to_owned();
    (1..=5_000).for_each(|row| match row % 50 {
        0 => contracts.push_str(&format!("c-{row},acme,2026-01-05,-1\n")),
        _ => contracts.push_str(&format!("c-{row},acme,05.01.2026,1\n")),
    });
    let (outcome, _, complaints) = reviewed("short.csv", &contracts, &[]);
    assert_eq!(outcome, Outcome::Refused);
    assert!(complaints.lines().count() < 40, "{complaints}");
    assert!(complaints.contains("invalid_date, 10 of 4,900") && complaints.contains("negative_amount, 10 of 100"));
    assert!(complaints.contains("    4,890  invalid_date     contracts  start_date\n"), "{complaints}");
    assert!(complaints.contains("       90  negative_amount  contracts  mrr\n"), "{complaints}");
    let (_, _, complaints) = reviewed("short.csv", &contracts, &["--on-invalid", "reject"]);
    assert!(complaints.contains("no contract was accepted") && complaints.lines().count() < 40, "{complaints}");

    let mut contracts = "contract_id,customer_id,start_date,mrr,currency\n".to_owned();
    (1..=500).for_each(|row| contracts.push_str(&format!("c-{row},acme,2026-01-05,1,EUR\n")));
    for (more, listed) in [([].as_slice(), 20), (&["--all-problems"], 500)] {
        let (outcome, _, complaints) = reviewed("euros.csv", &contracts, more);
        assert_eq!((outcome, complaints.matches("  line ").count()), (Outcome::Refused, listed), "{complaints}");
    }
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
    run(Vec::<OsString>::new(), Ink::Coloured, &mut coloured, &mut err);
    let coloured = String::from_utf8(coloured).unwrap();
    assert!(coloured.contains("\x1b[31m-1,740.00\x1b[0m"), "{coloured}");
    let plain: String = coloured
        .split('\x1b')
        .map(|part| part.split_once('m').filter(|_| part.starts_with('[')).map_or(part, |p| p.1))
        .collect();
    let words = |text: &str| text.split_whitespace().map(str::to_owned).collect::<Vec<_>>();
    assert_eq!(words(&plain), words(&called("").1));
}

#[test]
fn rubbish_is_refused_in_words() {
    let truncated = "contract_id,customer_id,start_date,mrr\nc-1,acme,2026-01-05,100\nc-2,\"ac";
    for (name, content, told) in [
        ("empty.csv", b"".as_slice(), "the column contract_id is missing"),
        ("binary.csv", b"\x00\xff\xfe\x1b[2J\x80,\n\n\"".as_slice(), "line 1  the header"),
        ("header.csv", b"contract_id,customer_id,start_date,mrr\n".as_slice(), "no contract was accepted"),
        ("truncated.csv", truncated.as_bytes(), "line 3  row 2  the record has a quote that is never closed"),
    ] {
        for policy in ["raise", "reject"] {
            let (outcome, text, complaints) = reviewed(name, content, &["--on-invalid", policy]);
            if (name, policy) == ("truncated.csv", "reject") {
                assert_eq!(outcome, Outcome::Reviewed);
                assert!(text.contains(told), "{text}");
            } else {
                assert_eq!((outcome, text.as_str()), (Outcome::Refused, ""), "{name}");
                assert!(complaints.contains(told), "{complaints}");
                assert!(!complaints.contains('\x1b'), "{complaints}");
            }
        }
    }
}

/// Neither a file nor a call can move the cursor, turn the direction of writing or fill the screen.
#[test]
fn what_others_wrote_stays_on_its_line() {
    let steering = format!("a\x1b[2J\u{85}\u{2028}\u{61C}\u{202E}b{}", "x".repeat(100));
    let shown = format!("`a [2J    b{}…`", "x".repeat(54));
    let contracts = format!("contract_id,customer_id,start_date,mrr\n{steering},acme,{steering},5\n");
    let columns = format!("contract_id,customer_id,start_date,mrr,\"{steering}\"\nc-1,acme,2026-01-05,5,\n");
    for (_, text, complaints) in [
        review([steering.as_str()]),
        review(["--on-invalid", &steering]),
        review(["--as-of", &steering]),
        review(["--contracts", &steering]),
        review(["--currency", &steering]),
        reviewed("steering.csv", &contracts, &[]),
        reviewed("steering_columns.csv", &columns, &[]),
        reviewed("steering_columns.csv", &columns, &["--columns", &format!("contracts.no={steering}")]),
    ] {
        assert!(text.is_empty() && complaints.contains(&shown), "{complaints}");
        let steers = |c: char| (c.is_control() && c != '\n') || matches!(c, '\u{61C}' | '\u{2028}' | '\u{202E}');
        assert!(!complaints.contains(steers), "{complaints:?}");
    }
}

/// Neither a cut nor a wrong byte anywhere ends in anything but a review or a refusal in words.
#[test]
fn damaged_files_never_break_the_program() {
    for position in (0..CONTRACTS.len()).step_by(13) {
        let mut damaged = CONTRACTS.as_bytes().to_vec();
        damaged[position] = [b'"', b',', b'\n', 0xFF, b'9', 0][position % 6];
        for content in [&CONTRACTS.as_bytes()[..position], &damaged] {
            let (outcome, text, complaints) = reviewed("damaged.csv", content, &["--on-invalid", "reject"]);
            match outcome {
                Outcome::Reviewed => assert!(text.contains("What was read") && complaints.is_empty(), "{position}"),
                _ => assert!(text.is_empty() && complaints.starts_with("review: "), "{position}: {complaints}"),
            }
        }
    }
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
    let (outcome, text, _) = called("--as-of 1999-12-31");
    assert_eq!(outcome, Outcome::Reviewed);
    assert!(text.contains("MRR  $0.00   as at the close of 1998-12-31"), "{text}");
}

#[test]
fn a_wrong_call_is_told_with_the_usage() {
    let path = file("call.csv", "contract_id,customer_id,start_date,mrr\nc-1,acme,2026-01-05,5\n");
    for (line, sentence) in [
        ("--nonsense".to_owned(), "there is no option `--nonsense`"),
        ("contracts.csv".to_owned(), "`contracts.csv` stands without an option in front of it"),
        ("--contracts".to_owned(), "--contracts needs a value"),
        (
            "--contracts no/such/file.csv --currency USD".to_owned(),
            "the contracts in `no/such/file.csv` cannot be read",
        ),
        (format!("--contracts {path} --customers no.csv"), "the customers in `no.csv` cannot be read"),
        (format!("--contracts {path}"), "give the reporting currency, such as --currency USD"),
        (format!("--contracts {path} --currency dollars"), "`dollars` is not a currency"),
        (format!("--contracts {path} --columns contract.a=mrr --currency USD"), "there is no table `contract`"),
        (format!("--contracts {path} --columns contracts.a=price --currency USD"), "has no column `price`"),
        ("--as-of yesterday".to_owned(), "--as-of `yesterday` is not a date of the form 2026-01-31"),
    ] {
        let (outcome, text, complaints) = called(&line);
        assert_eq!((outcome, text.as_str()), (Outcome::WrongCall, ""), "{line}");
        assert!(complaints.starts_with("review: ") && complaints.contains(sentence), "{line}: {complaints}");
        assert!(complaints.contains("\nusage: review "), "{complaints}");
    }
}

#[test]
fn help_is_written_out() {
    let (outcome, text, complaints) = called("--help");
    assert_eq!((outcome, complaints.as_str()), (Outcome::Reviewed, ""));
    for option in [
        "--contracts",
        "--customers",
        "--columns",
        "--on-invalid",
        "--currency",
        "--as-of",
        "--all-problems",
        "Exit code",
    ] {
        assert!(text.contains(option), "{text}");
    }
    assert!(text.lines().all(|line| line.chars().count() <= 120), "{text}");
}

/// A reader who goes away is none of the program's business; a full disk is.
#[test]
fn what_cannot_be_written_is_told() {
    struct Broken(std::io::ErrorKind);
    impl std::io::Write for Broken {
        fn write(&mut self, _: &[u8]) -> std::io::Result<usize> {
            Err(self.0.into())
        }
        fn flush(&mut self) -> std::io::Result<()> {
            Ok(())
        }
    }
    let outcome = |kind| {
        let mut err = Vec::new();
        let outcome = run(Vec::<OsString>::new(), Ink::Plain, &mut Broken(kind), &mut err);
        (outcome, err.starts_with(b"review: the review could not be written"))
    };
    assert_eq!(outcome(std::io::ErrorKind::BrokenPipe), (Outcome::Reviewed, false));
    assert_eq!(outcome(std::io::ErrorKind::StorageFull), (Outcome::Refused, true));
}
