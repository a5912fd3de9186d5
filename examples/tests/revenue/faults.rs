//! Input that is at fault: located, named, counted, and never the end of the program.

use examples::program::Outcome;

use crate::{CONTRACTS, called, cells, file, review, reviewed};

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
                _ => assert!(text.is_empty() && complaints.starts_with("revenue: "), "{position}: {complaints}"),
            }
        }
    }
}
