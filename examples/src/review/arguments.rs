//! What is asked: the command line, read by hand and strictly.

use std::ffi::OsString;
use std::fmt::Display;
use std::path::PathBuf;

use cs_core::wire::quoted;
use cs_core::{Day, Duplicates, ExtraColumns, Locale, OnInvalid};

use super::facts::FACTS;

/// How to call the program, in short.
pub(super) const USAGE: &str = "\
usage: review [--synthetic CUSTOMERS] [--seed NUMBER] [--html FILE] [--locale en|ja]
       review --contracts FILE [--customers FILE] [--facts TABLE=FILE] [--scorecard FILE]
              [--html FILE] [--locale en|ja] [--columns TABLE.THEIRS=OURS,...]
              [--extra-columns error|ignore] [--on-invalid raise|reject] [--duplicates error|drop]
              [--currency CODE] [--as-of DAY] [--all-problems] [--help]
";

/// How to call the program.
pub(super) const HELP: &str = "\
Reviews a book of contracts: the last twelve months of recurring revenue, how much of it stayed, what became of those
who came, how healthy customers are, and what became of every row. The same, with pictures, who may leave and where
churn comes from, goes into a page of its own.

usage: review [options]

Without --contracts, a synthetic book is reviewed.

  --synthetic CUSTOMERS         a synthetic book of so many customers (1000)
  --seed NUMBER                 which of many such books (1)
  --contracts FILE              contracts as CSV in UTF-8: contract_id, customer_id, start_date, and mrr or
                                amount with billing_period or term_months; end_date, product and others as needed
  --customers FILE              customers as CSV; without it, they are those of the contracts
  --facts TABLE=FILE            what else is known of customers as CSV, such as signals=signals.csv; again for each of
                                signals, engagements, cases, surveys, milestones, outcomes, stakeholders, feedback,
                                advocacy, actions, practices, pauses
  --scorecard FILE              the scorecard of health scores as JSON (the standard one)
  --columns TABLE.THEIRS=OURS   reads a column of yours as one of ours; several with commas, or the option again:
                                --columns contracts.subscription_id=contract_id,customers.account_id=customer_id
  --extra-columns error|ignore  what becomes of columns that contracts do not have (error)
  --on-invalid raise|reject     rows with a problem: no review, or one of the other rows (raise)
  --duplicates error|drop       rows that say the same as an earlier one: a problem, or left out (error)
  --currency CODE               the currency of the review and of rows without one, such as USD
  --as-of DAY                   the day whose month is the last one shown, such as 2026-01-31;
                                without it, the latest start of a contract that
                                the data knows to have begun
  --html FILE                   where the page goes (revenue-review.html)
  --locale en|ja                the language of the page (en)
  --all-problems                lists every problem, and not just the first ones of each kind
  --help                        this text

Exit code: 0 with a review, 1 where the input is refused, 2 where the call is wrong.
Colours are for terminals, and not where NO_COLOR is set.
";

/// What the program is to do.
pub(super) enum Call {
    Help,
    Review(Box<Arguments>),
}

/// A column of the user's tables that is read as one of the library's.
#[derive(Debug, PartialEq, Eq)]
pub(super) struct Mapping {
    pub(super) table: String,
    pub(super) theirs: String,
    pub(super) ours: String,
}

/// How to review which book.
#[derive(Debug, Default, PartialEq, Eq)]
pub(super) struct Arguments {
    /// Customers of the synthetic book, where there are no contracts.
    pub(super) synthetic: Option<u32>,
    pub(super) seed: Option<u64>,
    /// None: a synthetic book.
    pub(super) contracts: Option<PathBuf>,
    pub(super) customers: Option<PathBuf>,
    /// The other tables, by their names.
    pub(super) facts: Vec<(String, PathBuf)>,
    pub(super) scorecard: Option<PathBuf>,
    pub(super) columns: Vec<Mapping>,
    pub(super) extra_columns: Option<ExtraColumns>,
    pub(super) on_invalid: Option<OnInvalid>,
    pub(super) duplicates: Option<Duplicates>,
    pub(super) currency: Option<String>,
    pub(super) as_of: Option<Day>,
    pub(super) html: Option<PathBuf>,
    pub(super) locale: Option<Locale>,
    pub(super) all_problems: bool,
}

/// Reads a command line without the program's name, or says in a sentence what is wrong with it.
pub(super) fn parse(arguments: impl IntoIterator<Item = OsString>) -> Result<Call, String> {
    let mut rest = arguments.into_iter();
    let mut asked = Arguments::default();
    while let Some(argument) = rest.next() {
        let Some(text) = argument.to_str() else {
            return Err(format!("{} is not text in UTF-8", quoted(&argument.to_string_lossy())));
        };
        // Both `--option value` and `--option=value`.
        let (option, attached) = match text.split_once('=') {
            Some((option, value)) if option.starts_with("--") => (option, Some(OsString::from(value))),
            _ => (text, None),
        };
        if matches!(option, "--help" | "-h" | "--all-problems") {
            match option {
                _ if attached.is_some() => return Err(format!("{option} takes no value")),
                "--all-problems" if asked.all_problems => return Err(twice(option)),
                "--all-problems" => asked.all_problems = true,
                _ => return Ok(Call::Help),
            }
            continue;
        }
        if !OPTIONS.contains(&option) {
            return Err(match option.starts_with('-') {
                true => format!("there is no option {}", quoted(option)),
                false => format!("{} stands without an option in front of it", quoted(option)),
            });
        }
        let next = || rest.next().filter(|value| !value.to_string_lossy().starts_with("--"));
        let value = attached.or_else(next).filter(|value| !value.is_empty());
        asked.set(option, value.ok_or_else(|| format!("{option} needs a value"))?)?;
    }
    for (given, option) in [
        (asked.customers.is_some(), "--customers"),
        (!asked.facts.is_empty(), "--facts"),
        (!asked.columns.is_empty(), "--columns"),
    ] {
        if given && asked.contracts.is_none() {
            return Err(format!("{option} goes with --contracts, which is missing"));
        }
    }
    for (given, option) in [(asked.synthetic.is_some(), "--synthetic"), (asked.seed.is_some(), "--seed")] {
        if given && asked.contracts.is_some() {
            return Err(format!("{option} does not go with --contracts"));
        }
    }
    Ok(Call::Review(Box::new(asked)))
}

const OPTIONS: [&str; 14] = [
    "--synthetic",
    "--seed",
    "--html",
    "--locale",
    "--contracts",
    "--customers",
    "--facts",
    "--scorecard",
    "--columns",
    "--extra-columns",
    "--on-invalid",
    "--duplicates",
    "--currency",
    "--as-of",
];

impl Arguments {
    fn set(&mut self, option: &str, value: OsString) -> Result<(), String> {
        // A file may have any name that the system takes.
        match option {
            "--contracts" => return once(&mut self.contracts, option, PathBuf::from(value)),
            "--customers" => return once(&mut self.customers, option, PathBuf::from(value)),
            "--scorecard" => return once(&mut self.scorecard, option, PathBuf::from(value)),
            "--html" => return once(&mut self.html, option, PathBuf::from(value)),
            _ => {}
        }
        let Some(text) = value.to_str() else { return Err(format!("the value of {option} is not text in UTF-8")) };
        match option {
            "--facts" => {
                let (table, path) = facts_of(text)?;
                if self.facts.iter().any(|(given, _)| given == table) {
                    return Err(format!("{option} {table} is given twice"));
                }
                self.facts.push((table.to_owned(), PathBuf::from(path)));
                Ok(())
            }
            "--columns" => {
                for mapping in text.split(',') {
                    self.columns.push(mapping_of(mapping)?);
                }
                Ok(())
            }
            "--extra-columns" => once(&mut self.extra_columns, option, choice(option, text, ExtraColumns::ALL)?),
            "--on-invalid" => once(&mut self.on_invalid, option, choice(option, text, OnInvalid::ALL)?),
            "--duplicates" => once(&mut self.duplicates, option, choice(option, text, Duplicates::ALL)?),
            "--locale" => once(&mut self.locale, option, choice(option, text, Locale::ALL)?),
            "--synthetic" => once(&mut self.synthetic, option, number(option, text)?),
            "--seed" => once(&mut self.seed, option, number(option, text)?),
            "--currency" => once(&mut self.currency, option, text.to_owned()),
            _ => {
                let day = text.parse().map_err(|fault| format!("{option} {} is {fault}", quoted(text)))?;
                once(&mut self.as_of, option, day)
            }
        }
    }
}

fn once<T>(slot: &mut Option<T>, option: &str, value: T) -> Result<(), String> {
    match slot.replace(value) {
        None => Ok(()),
        Some(_) => Err(twice(option)),
    }
}

fn twice(option: &str) -> String {
    format!("{option} is given twice")
}

fn choice<T: Copy + Display>(option: &str, text: &str, choices: &[T]) -> Result<T, String> {
    let found = choices.iter().find(|choice| choice.to_string() == text);
    found.copied().ok_or_else(|| format!("{option} is {}, not {}", words(choices, " or "), quoted(text)))
}

fn number<T: std::str::FromStr>(option: &str, text: &str) -> Result<T, String> {
    text.parse().map_err(|_| format!("{option} takes a whole number, not {}", quoted(text)))
}

fn words(choices: &[impl Display], separator: &str) -> String {
    choices.iter().map(ToString::to_string).collect::<Vec<_>>().join(separator)
}

/// `signals=signals.csv`: the name of a table, and its file.
fn facts_of(text: &str) -> Result<(&str, &str), String> {
    match text.split_once('=') {
        Some((table, path)) if FACTS.iter().any(|(name, _)| *name == table) && !path.is_empty() => Ok((table, path)),
        Some((table, path)) if !path.is_empty() => {
            Err(format!("--facts takes {}, not {}", words(&FACTS.map(|(name, _)| name), ", "), quoted(table)))
        }
        _ => Err(format!("--facts takes TABLE=FILE, such as signals=signals.csv, not {}", quoted(text))),
    }
}

/// `contracts.subscription_id=contract_id`: the table ends at the first point, ours starts behind the last `=`.
fn mapping_of(text: &str) -> Result<Mapping, String> {
    let parts = text.rsplit_once('=').and_then(|(theirs, ours)| Some((theirs.split_once('.')?, ours)));
    match parts {
        Some(((table, theirs), ours)) if ![table, theirs, ours].contains(&"") => {
            Ok(Mapping { table: table.to_owned(), theirs: theirs.to_owned(), ours: ours.to_owned() })
        }
        _ => {
            let example = "contracts.subscription_id=contract_id";
            Err(format!("--columns takes TABLE.THEIRS=OURS, such as {example}, not {}", quoted(text)))
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn parsed(line: &str) -> Result<Arguments, String> {
        match parse(line.split(' ').filter(|word| !word.is_empty()).map(OsString::from))? {
            Call::Review(arguments) => Ok(*arguments),
            Call::Help => Err("help".to_owned()),
        }
    }

    #[test]
    fn nothing_is_needed() {
        assert_eq!(parsed(""), Ok(Arguments::default()));
    }

    #[test]
    fn every_option_is_read() {
        let asked = parsed(
            "--contracts a.csv --customers=b.csv --facts signals=s=1.csv --scorecard card.json --columns contracts.x=mrr,customers.a.b==c --extra-columns ignore \
             --on-invalid reject --duplicates drop --currency USD --as-of 2026-01-31 --columns contracts.y=product \
             --all-problems --html page.html --locale ja",
        )
        .unwrap();
        let mapping = |table: &str, theirs: &str, ours: &str| Mapping {
            table: table.to_owned(),
            theirs: theirs.to_owned(),
            ours: ours.to_owned(),
        };
        assert_eq!(asked.contracts, Some(PathBuf::from("a.csv")));
        assert_eq!(asked.facts, [("signals".to_owned(), PathBuf::from("s=1.csv"))]);
        assert_eq!(asked.scorecard, Some(PathBuf::from("card.json")));
        assert_eq!(asked.customers, Some(PathBuf::from("b.csv")));
        assert_eq!(
            asked.columns,
            [mapping("contracts", "x", "mrr"), mapping("customers", "a.b=", "c"), mapping("contracts", "y", "product")]
        );
        assert_eq!(asked.extra_columns, Some(ExtraColumns::Ignore));
        assert_eq!(asked.on_invalid, Some(OnInvalid::Reject));
        assert_eq!(asked.duplicates, Some(Duplicates::Drop));
        assert_eq!(asked.currency.as_deref(), Some("USD"));
        assert_eq!(asked.as_of.map(|day| day.to_string()).as_deref(), Some("2026-01-31"));
        assert!(asked.all_problems);
        assert_eq!((asked.html, asked.locale), (Some(PathBuf::from("page.html")), Some(Locale::Ja)));
        let drawn = parsed("--synthetic 50 --seed=7").unwrap();
        assert_eq!((drawn.synthetic, drawn.seed), (Some(50), Some(7)));
    }

    #[test]
    fn help_names_every_word() {
        for (option, words) in [
            ("--extra-columns", words(ExtraColumns::ALL, "|")),
            ("--on-invalid", words(OnInvalid::ALL, "|")),
            ("--duplicates", words(Duplicates::ALL, "|")),
            ("--locale", words(Locale::ALL, "|")),
        ] {
            for text in [USAGE, HELP] {
                assert!(text.contains(&format!("{option} {words}")), "{option} {words}");
            }
        }
        let all = HELP.split_whitespace().collect::<Vec<_>>().join(" ");
        assert!(all.contains(&words(&FACTS.map(|(name, _)| name), ", ")), "{all}");
    }

    #[test]
    fn help_wins() {
        assert_eq!(parsed("--currency USD --help --nonsense"), Err("help".to_owned()));
        assert_eq!(parsed("-h"), Err("help".to_owned()));
    }

    #[test]
    fn a_wrong_call_is_told_in_a_sentence() {
        for (line, expected) in [
            ("--contract a.csv", "there is no option `--contract`"),
            ("-x", "there is no option `-x`"),
            ("a.csv", "`a.csv` stands without an option in front of it"),
            ("--contracts", "--contracts needs a value"),
            ("--contracts --customers b.csv", "--contracts needs a value"),
            ("--currency=", "--currency needs a value"),
            ("--help=yes", "--help takes no value"),
            ("--all-problems=yes", "--all-problems takes no value"),
            ("--all-problems yes", "`yes` stands without an option in front of it"),
            ("--all-problems --all-problems", "--all-problems is given twice"),
            ("--currency USD --currency EUR", "--currency is given twice"),
            ("--customers b.csv", "--customers goes with --contracts, which is missing"),
            ("--columns contracts.a=mrr", "--columns goes with --contracts, which is missing"),
            ("--facts signals=s.csv", "--facts goes with --contracts, which is missing"),
            ("--facts signals", "--facts takes TABLE=FILE, such as signals=signals.csv, not `signals`"),
            ("--contracts a.csv --facts pauses=a --facts pauses=b", "--facts pauses is given twice"),
            ("--scorecard", "--scorecard needs a value"),
            ("--synthetic many", "--synthetic takes a whole number, not `many`"),
            ("--seed -1", "--seed takes a whole number, not `-1`"),
            ("--locale fr", "--locale is en or ja, not `fr`"),
            ("--contracts a.csv --synthetic 5", "--synthetic does not go with --contracts"),
            ("--contracts a.csv --seed 5", "--seed does not go with --contracts"),
            ("--on-invalid skip", "--on-invalid is raise or reject, not `skip`"),
            ("--extra-columns IGNORE", "--extra-columns is error or ignore, not `IGNORE`"),
            ("--as-of 31.01.2026", "--as-of `31.01.2026` is not a date of the form 2026-01-31"),
            ("--as-of 2201-01-01", "--as-of `2201-01-01` is a date outside 1900-01-01 to 2200-12-31"),
        ] {
            assert_eq!(parsed(line), Err(expected.to_owned()));
        }
        let sentence = parsed("--contracts a.csv --facts logins=s.csv").unwrap_err();
        assert!(sentence.starts_with("--facts takes signals, engagements, ") && sentence.ends_with("not `logins`"));
        for mapping in ["a=b", "contracts.a", "contracts.=mrr", ".a=mrr", "contracts.a=", "contracts.a=mrr,"] {
            let sentence = parsed(&format!("--contracts a.csv --columns {mapping}")).unwrap_err();
            assert!(sentence.starts_with("--columns takes TABLE.THEIRS=OURS"), "{sentence}");
        }
    }
}
