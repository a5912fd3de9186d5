//! Calls that are wrong, and output that cannot be written.

use std::ffi::OsString;

use cs_core::Unwatched;
use examples::program::{Ink, Outcome};
use examples::revenue::REVENUE;

use crate::{called, file};

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
        assert!(complaints.starts_with("revenue: ") && complaints.contains(sentence), "{line}: {complaints}");
        assert!(complaints.contains("\nusage: revenue "), "{complaints}");
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
        let page = format!("--html={}", file("broken.html", ""));
        let call = ["--synthetic=20", &page].map(OsString::from);
        let outcome = REVENUE.run(call, Ink::Plain, &Unwatched, &mut Broken(kind), &mut err);
        (outcome, err.starts_with(b"revenue: the review could not be written"))
    };
    assert_eq!(outcome(std::io::ErrorKind::BrokenPipe), (Outcome::Reviewed, false));
    assert_eq!(outcome(std::io::ErrorKind::StorageFull), (Outcome::Refused, true));
}

#[test]
fn the_command_of_the_readme_works() {
    let readme = include_str!("../../../README.md");
    let command = readme.split("--example revenue -- ").nth(1).unwrap().split("```").next().unwrap();
    let export = "subscription_id,account_id,start_date,end_date,plan_tier,mrr_amount\n\
                  S-1,A-1,2025-01-01,,Pro,100\n\
                  S-2,A-2,2025-03-01,2025-02-01,Basic,50\n";
    let path = file("readme.csv", export);
    let (outcome, text, complaints) = called(&command.replace("subscriptions.csv", &path).replace('\\', " "));
    assert_eq!(outcome, Outcome::Reviewed, "{complaints}");
    assert!(text.contains("100.00"), "{text}");
    // What is impossible is named, by its id too.
    assert!((text + &complaints).contains("S-2"), "{complaints}");
}
