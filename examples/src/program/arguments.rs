//! What is asked: the command line, read by hand and strictly.

use std::ffi::OsString;
use std::fmt::Display;
use std::path::PathBuf;

use cs_core::wire::quoted;
use cs_core::{Day, Duplicates, Edition, ExtraColumns, Locale, OnInvalid};

use super::facts::FACTS;

/// How a program is called.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Manual {
    pub(crate) name: &'static str,
    /// What it does, in a few lines.
    pub(crate) about: &'static str,
    /// What it can be asked beside what all can, as the usage shows it.
    pub(crate) usage: &'static str,
    /// The same, a line or more for each: an option, what it takes, what it does.
    pub(crate) options: &'static str,
}

impl Manual {
    /// How to call the program, in short.
    pub(crate) fn usage(&self) -> String {
        let Self { name, usage, .. } = self;
        let (before, beside) = (" ".repeat("usage:".len()), " ".repeat("usage: ".len() + name.len()));
        format!(
            "\
usage: {name} [--synthetic CUSTOMERS] [--seed NUMBER] [--currency CODE] [--as-of DAY]
{before} {name} --contracts FILE [--customers FILE] [--facts TABLE=FILE] [--columns TABLE.THEIRS=OURS,...]
{beside} [--extra-columns error|ignore] [--on-invalid raise|reject] [--duplicates error|drop]
{beside} [--currency CODE] [--as-of DAY] [--all-problems]
both:  {usage}
       [--html FILE] [--locale en|ja] [--help]
"
        )
    }

    /// How to call the program.
    pub(crate) fn help(&self) -> String {
        let Self { name, about, options, .. } = self;
        format!("{about}\nusage: {name} [options]\n\n{OF_BOOKS}{options}{OF_ALL}")
    }

    /// Whether the program takes an option of this name, and with it a value.
    fn takes(&self, option: &str) -> bool {
        let is_own = || self.options.lines().any(|line| line.split_whitespace().next() == Some(option));
        let is_of = |help: &str| help.lines().any(|line| line.split_whitespace().next() == Some(option));
        option.starts_with("--") && !FLAGS.contains(&option) && (is_own() || is_of(OF_BOOKS) || is_of(OF_ALL))
    }
}

/// Options that take no value.
const FLAGS: [&str; 2] = ["--help", "--all-problems"];

/// Which book, and how it comes in.
const OF_BOOKS: &str = "\
Without --contracts, a synthetic book is reviewed.

  --synthetic CUSTOMERS         a synthetic book of so many customers (1000)
  --seed NUMBER                 which of many such books (1)
  --contracts FILE              contracts as CSV in UTF-8: contract_id, customer_id, start_date, and mrr or
                                amount with billing_period or term_months; end_date, product and others as needed
  --customers FILE              customers as CSV; without it, they are those of the contracts
  --facts TABLE=FILE            what else is known of customers as CSV, such as signals=signals.csv; again for each of
                                signals, engagements, cases, surveys, milestones, outcomes, stakeholders, feedback,
                                advocacy, actions, practices, pauses
  --columns TABLE.THEIRS=OURS   reads a column of yours as one of ours; several with commas, or the option again:
                                --columns contracts.subscription_id=contract_id,customers.account_id=customer_id
  --extra-columns error|ignore  what becomes of columns that contracts do not have (error)
  --on-invalid raise|reject     rows with a problem: no review, or one of the other rows (raise)
  --duplicates error|drop       rows that say the same as an earlier one: a problem, or left out (error)
  --currency CODE               the currency of the review and of rows without one, such as USD
";

/// What is told, and how.
const OF_ALL: &str = "  --locale en|ja                the language of the page (en)
  --all-problems                lists every problem, and not just the first ones of each kind
  --help                        this text

Exit code: 0 with a review, 1 where the input is refused, 2 where the call is wrong.
Colours are for terminals, and not where NO_COLOR is set.
";

/// What the program is to do.
pub(crate) enum Call {
    Help,
    Review(Box<Arguments>),
}

/// A column of the user's tables that is read as one of the library's.
#[derive(Debug, PartialEq, Eq)]
pub(crate) struct Mapping {
    pub(crate) table: String,
    pub(crate) theirs: String,
    pub(crate) ours: String,
}

/// How to review which book.
#[derive(Debug, Default, PartialEq, Eq)]
pub(crate) struct Arguments {
    /// Customers of the synthetic book, where there are no contracts.
    pub(crate) synthetic: Option<u32>,
    pub(crate) seed: Option<u64>,
    /// None: a synthetic book.
    pub(crate) contracts: Option<PathBuf>,
    pub(crate) customers: Option<PathBuf>,
    /// The other tables, by their names.
    pub(crate) facts: Vec<(String, PathBuf)>,
    pub(crate) scorecard: Option<PathBuf>,
    pub(crate) columns: Vec<Mapping>,
    pub(crate) extra_columns: Option<ExtraColumns>,
    pub(crate) on_invalid: Option<OnInvalid>,
    pub(crate) duplicates: Option<Duplicates>,
    pub(crate) currency: Option<String>,
    pub(crate) as_of: Option<Day>,
    pub(crate) html: Option<PathBuf>,
    pub(crate) locale: Option<Locale>,
    pub(crate) edition: Option<Edition>,
    pub(crate) settings: Option<PathBuf>,
    pub(crate) previous: Option<PathBuf>,
    pub(crate) json: Option<PathBuf>,
    pub(crate) markdown: Option<PathBuf>,
    pub(crate) all_problems: bool,
}

/// Reads a command line without the program's name, or says in a sentence what is wrong with it.
pub(crate) fn parse(manual: &Manual, arguments: impl IntoIterator<Item = OsString>) -> Result<Call, String> {
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
        if option == "-h" || FLAGS.contains(&option) {
            match option {
                _ if attached.is_some() => return Err(format!("{option} takes no value")),
                "--all-problems" if asked.all_problems => return Err(twice(option)),
                "--all-problems" => asked.all_problems = true,
                _ => return Ok(Call::Help),
            }
            continue;
        }
        if !manual.takes(option) {
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

impl Arguments {
    fn set(&mut self, option: &str, value: OsString) -> Result<(), String> {
        // A file may have any name that the system takes.
        match option {
            "--contracts" => return once(&mut self.contracts, option, PathBuf::from(value)),
            "--customers" => return once(&mut self.customers, option, PathBuf::from(value)),
            "--scorecard" => return once(&mut self.scorecard, option, PathBuf::from(value)),
            "--html" => return once(&mut self.html, option, PathBuf::from(value)),
            "--settings" => return once(&mut self.settings, option, PathBuf::from(value)),
            "--previous" => return once(&mut self.previous, option, PathBuf::from(value)),
            "--json" => return once(&mut self.json, option, PathBuf::from(value)),
            "--markdown" => return once(&mut self.markdown, option, PathBuf::from(value)),
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
            "--edition" => once(&mut self.edition, option, choice(option, text, Edition::ALL)?),
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
    use crate::revenue::REVENUE;
    use crate::review::REVIEW;

    fn parsed(line: &str) -> Result<Arguments, String> {
        parsed_of(&REVENUE.manual, line)
    }

    fn parsed_of(manual: &Manual, line: &str) -> Result<Arguments, String> {
        match parse(manual, line.split(' ').filter(|word| !word.is_empty()).map(OsString::from))? {
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
            for text in [REVENUE.manual.usage(), REVENUE.manual.help()] {
                assert!(text.contains(&format!("{option} {words}")), "{option} {words}");
            }
        }
        for text in [REVIEW.manual.usage(), REVIEW.manual.help()] {
            assert!(text.contains(&format!("--edition {}", words(Edition::ALL, "|"))), "{text}");
        }
        let all = REVENUE.manual.help().split_whitespace().collect::<Vec<_>>().join(" ");
        assert!(all.contains(&words(&FACTS.map(|(name, _)| name), ", ")), "{all}");
    }

    /// What the usage of a program shows, its help explains, and the program takes.
    #[test]
    fn every_option_of_a_usage_is_taken() {
        for manual in [REVENUE.manual, REVIEW.manual] {
            let (usage, help) = (manual.usage(), manual.help());
            let options = |text: &str| -> Vec<String> {
                let words = text.split(|letter: char| letter.is_whitespace() || letter == '[' || letter == ']');
                words.filter(|word| word.starts_with("--")).map(str::to_owned).collect()
            };
            let taken = |option: &str| FLAGS.contains(&option) || manual.takes(option);
            for option in options(&usage) {
                assert!(taken(&option) && help.contains(&format!("\n  {option} ")), "{option} of {}", manual.name);
            }
            for line in help.lines().filter_map(|line| line.strip_prefix("  --")) {
                let option = format!("--{}", line.split(' ').next().unwrap());
                assert!(options(&usage).contains(&option), "{option} of {}", manual.name);
            }
            assert!(
                [usage, help].iter().all(|text| text.lines().all(|line| line.chars().count() <= 120)),
                "{}",
                manual.name
            );
        }
    }

    #[test]
    fn options_of_one_program_are_none_of_the_other() {
        let review =
            parsed_of(&REVIEW.manual, "--edition both --settings s.json --previous p.json --json j --markdown m")
                .unwrap();
        assert_eq!(review.edition, Some(Edition::Both));
        assert_eq!(
            [review.settings, review.previous, review.json, review.markdown],
            ["s.json", "p.json", "j", "m"].map(|name| Some(PathBuf::from(name)))
        );
        assert_eq!(parsed("--edition both"), Err("there is no option `--edition`".to_owned()));
        let other = parsed_of(&REVIEW.manual, "--scorecard card.json");
        assert_eq!(other, Err("there is no option `--scorecard`".to_owned()));
        let wrong = parsed_of(&REVIEW.manual, "--edition 2017");
        assert_eq!(wrong, Err("--edition is 2016 or 2021 or both, not `2017`".to_owned()));
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
