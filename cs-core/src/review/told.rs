//! What a review tells people, in which order: headings, sentences, tables and pictures, in one language.

use std::cmp::Reverse;

use hashbrown::HashMap;

use super::evidence::ReviewEvidenceRow;
use super::findings::{FindingState, ReviewFindingsRow};
use super::forms::{NONE, amount, count, date, evidence, probability, share};
use super::report::Review;
use super::words::{Fault, Label, Said, Sentence};
use crate::locale::Locale;
use crate::principles::{Check, FindingScope, MissingReason, Principle, Severity, Verdict, VerdictBasis};
use crate::ratio::Ratio;
use crate::table::Table;

/// A part of what is told.
#[derive(Clone, Debug)]
pub(super) enum Block<'r> {
    /// Of the first level, or of the second or third.
    Heading(u8, String),
    Paragraph(String),
    List(Vec<String>),
    Grid(Grid),
    /// The first picture of a table.
    Picture(&'r Table),
}

/// Rows below a head.
#[derive(Clone, Debug)]
pub(super) struct Grid {
    pub(super) head: Vec<String>,
    /// Which columns are numbers.
    pub(super) numbers: Vec<bool>,
    pub(super) rows: Vec<Vec<String>>,
    /// A word for each row that says how it is shown.
    pub(super) marks: Vec<&'static str>,
}

/// So many customers are shown of each principle; all stand in the table of findings.
const SHOWN: usize = 10;

/// So many groups that were compared.
const COMPARED: usize = 30;

/// What all parts are told from.
struct Teller<'r> {
    review: &'r Review,
    locale: Locale,
    /// What was measured, by the name of the finding.
    evidence: HashMap<&'r str, Vec<ReviewEvidenceRow<'r>>>,
    /// What plays are called.
    plays: HashMap<&'r str, &'r str>,
}

/// Whether a character turns the direction of the text behind it, which could hide what stands there.
pub(super) fn turns_text(letter: char) -> bool {
    matches!(letter, '\u{202a}'..='\u{202e}' | '\u{2066}'..='\u{2069}')
}

/// All of it.
pub(super) fn told(review: &Review, locale: Locale) -> Vec<Block<'_>> {
    let mut by_finding: HashMap<&str, Vec<ReviewEvidenceRow<'_>>> = HashMap::new();
    for row in review.evidence().rows() {
        by_finding.entry(row.finding_id).or_default().push(row);
    }
    let plays = review.plays().rows().map(|row| {
        let label = match locale {
            Locale::En => row.label_en,
            Locale::Ja => row.label_ja,
        };
        (row.play, label)
    });
    let teller = Teller { review, locale, evidence: by_finding, plays: plays.collect() };
    let mut blocks = Vec::new();
    teller.summary(&mut blocks);
    teller.verdicts(&mut blocks);
    for row in review.verdicts().rows() {
        teller.principle(&row, &mut blocks);
    }
    teller.comparisons(&mut blocks);
    teller.actions(&mut blocks);
    teller.missing(&mut blocks);
    teller.resolved(&mut blocks);
    teller.exclusions(&mut blocks);
    teller.basis(&mut blocks);
    blocks
}

impl<'r> Teller<'r> {
    fn said(&self, of: impl Said) -> String {
        of.said(self.locale).to_owned()
    }

    fn say(&self, sentence: &Sentence<'_>) -> Block<'r> {
        Block::Paragraph(sentence.text(self.locale))
    }

    fn heading(&self, level: u8, label: Label) -> Block<'r> {
        Block::Heading(level, self.said(label))
    }

    /// A grid of columns, each with its head and whether it is of numbers.
    fn grid(&self, columns: &[(Label, bool)], rows: Vec<(&'static str, Vec<String>)>) -> Block<'r> {
        let (marks, rows) = rows.into_iter().unzip();
        Block::Grid(Grid {
            head: columns.iter().map(|(label, _)| self.said(*label)).collect(),
            numbers: columns.iter().map(|(_, is_number)| *is_number).collect(),
            rows,
            marks,
        })
    }

    fn summary(&self, blocks: &mut Vec<Block<'r>>) {
        blocks.push(self.heading(1, Label::Title));
        let Some(row) = self.review.summary().rows().next() else { return };
        let day = self.review.summary().table().metadata().as_of.map(|day| date(day.date(), self.locale));
        let mrr = amount(row.mrr, self.locale);
        let edition = self.said(row.edition);
        blocks.push(self.say(&Sentence::Reviewed {
            day: &day.unwrap_or_default(),
            edition: &edition,
            customers: row.customers,
            mrr: &mrr,
        }));
        blocks.push(self.say(&Sentence::Standing {
            passed: row.passed,
            attention: row.attention,
            failed: row.failed,
            not_assessable: row.not_assessable,
        }));
        blocks.push(match Ratio::of(row.mrr_at_stake.units(), row.mrr.units()) {
            Ratio::Value(of_all) if row.customers_at_stake > 0 => self.say(&Sentence::AtStake {
                customers: row.customers_at_stake,
                mrr: &amount(row.mrr_at_stake, self.locale),
                share: &share(Some(of_all)),
            }),
            _ => self.say(&Sentence::NothingAtStake { not_assessable: row.not_assessable }),
        });
        blocks.extend(self.news());
        if row.excluded_customers > 0 {
            let mrr = amount(row.excluded_mrr, self.locale);
            blocks.push(self.say(&Sentence::LeftOut { customers: row.excluded_customers, mrr: &mrr }));
        }
    }

    /// Principles that fail or need attention, the largest MRR at stake first.
    fn news(&self) -> Option<Block<'r>> {
        let is_news =
            |row: &super::verdicts::ReviewVerdictsRow| matches!(row.verdict, Verdict::Fail | Verdict::Attention);
        let mut rows: Vec<_> = self.review.verdicts().rows().filter(is_news).collect();
        rows.sort_by_key(|row| (row.verdict as u8 != Verdict::Fail as u8, Reverse(row.mrr_at_stake.units())));
        let tell = |row: &super::verdicts::ReviewVerdictsRow| {
            let (principle, verdict) = (self.numbered(row.principle, row.number), row.verdict.said(self.locale));
            let mrr = amount(row.mrr_at_stake, self.locale);
            Sentence::News { principle: &principle, verdict, mrr: &mrr }.text(self.locale)
        };
        (!rows.is_empty()).then(|| Block::List(rows.iter().map(tell).collect()))
    }

    fn verdicts(&self, blocks: &mut Vec<Block<'r>>) {
        blocks.push(self.heading(2, Label::Verdicts));
        blocks.push(Block::Picture(self.review.verdicts().table()));
        let row = |row: super::verdicts::ReviewVerdictsRow| {
            let cells = vec![
                self.numbered(row.principle, row.number),
                self.said(row.verdict),
                share(row.failing_share),
                share(row.coverage),
                amount(row.mrr_at_stake, self.locale),
                count(row.findings),
            ];
            (row.verdict.name(), cells)
        };
        let columns = [
            (Label::Principle, false),
            (Label::Verdict, false),
            (Label::FailingShare, true),
            (Label::Coverage, true),
            (Label::AtStake, true),
            (Label::Findings, true),
        ];
        blocks.push(self.grid(&columns, self.review.verdicts().rows().map(row).collect()));
    }

    fn numbered(&self, principle: Principle, number: Option<u64>) -> String {
        let name = principle.said(self.locale);
        number.map_or_else(|| name.to_owned(), |number| format!("{number}. {name}"))
    }

    fn principle(&self, row: &super::verdicts::ReviewVerdictsRow, blocks: &mut Vec<Block<'r>>) {
        let name = self.numbered(row.principle, row.number);
        blocks.push(Block::Heading(2, format!("{name}: {}", row.verdict.said(self.locale))));
        let coverage = share(row.coverage);
        let is_covered = row.coverage.is_some_and(|coverage| coverage >= row.min_coverage);
        blocks.push(match row.failing_share.filter(|_| is_covered) {
            Some(failing) => self.say(&Sentence::Fails {
                share: &share(Some(failing)),
                attention_above: &share(Some(row.attention_above)),
                fail_above: &share(Some(row.fail_above)),
                coverage: &coverage,
            }),
            None if row.customers == 0 => self.say(&Sentence::NobodyAsked),
            None => self.say(&Sentence::NotAssessed { coverage: &coverage }),
        });
        if row.decided_by == VerdictBasis::GroupFinding {
            blocks.push(self.say(&Sentence::ByGroups));
        }
        if row.principle == Principle::TimeToValue {
            blocks.push(Block::Picture(self.review.value_incidence().table()));
        }
        self.checks(row.principle, blocks);
        self.findings(row.principle, blocks);
    }

    fn checks(&self, principle: Principle, blocks: &mut Vec<Block<'r>>) {
        let rows = self.review.checks().rows().filter(|row| row.principle == principle);
        let row = |row: super::checks::ReviewChecksRow<'_>| {
            let missing = match (row.missing_reason, row.missing_table, row.missing_column) {
                (Some(MissingReason::NotKnown), Some(table), Some(column)) => format!("{table}: {column}"),
                (Some(MissingReason::NotKnown), Some(table), None) => table.to_owned(),
                (Some(reason), ..) => self.said(reason),
                (None, ..) => NONE.to_owned(),
            };
            let cells = vec![
                self.said(row.check),
                count(row.customers),
                share(row.coverage),
                count(row.found_customers),
                amount(row.found_mrr, self.locale),
                missing,
            ];
            ("", cells)
        };
        let columns = [
            (Label::Question, false),
            (Label::Asked, true),
            (Label::Coverage, true),
            (Label::Found, true),
            (Label::FoundMrr, true),
            (Label::MissingEvidence, false),
        ];
        blocks.push(self.grid(&columns, rows.map(row).collect()));
    }

    fn findings(&self, principle: Principle, blocks: &mut Vec<Block<'r>>) {
        let all = || self.review.findings().rows().filter(move |row| row.principle == principle);
        let is_resting = |row: &ReviewFindingsRow<'_>| row.state == Some(FindingState::Snoozed);
        let is_won = |row: &ReviewFindingsRow<'_>| row.severity == Severity::Opportunity;
        let is_shown = |row: &ReviewFindingsRow<'_>| row.check != Check::PrincipleFails && !is_resting(row);
        let of_groups = all().filter(|row| row.scope != FindingScope::Customer).filter(is_shown);
        let of_customers = || all().filter(|row| row.scope == FindingScope::Customer).filter(is_shown);
        let at_fault = || of_customers().filter(|row| !is_won(row));
        let shown = of_groups.chain(at_fault().take(SHOWN)).map(|row| self.finding(&row)).collect();
        if !self.told_findings(shown, blocks) {
            blocks.push(self.say(&Sentence::NothingFound));
        }
        blocks.extend(self.more(at_fault().skip(SHOWN).count()));
        let openings = || of_customers().filter(is_won);
        if openings().next().is_some() {
            blocks.push(self.heading(3, Label::Opportunities));
            self.told_findings(openings().take(SHOWN).map(|row| self.finding(&row)).collect(), blocks);
            blocks.extend(self.more(openings().skip(SHOWN).count()));
        }
        let resting = all().filter(is_resting).count();
        if resting > 0 {
            blocks.push(self.say(&Sentence::Resting { count: resting as u64 }));
        }
    }

    /// Findings side by side; whether there are any.
    fn told_findings(&self, rows: Vec<(&'static str, Vec<String>)>, blocks: &mut Vec<Block<'r>>) -> bool {
        if rows.is_empty() {
            return false;
        }
        let columns = [
            (Label::Subject, false),
            (Label::Finding, false),
            (Label::Evidence, false),
            (Label::Mrr, true),
            (Label::Since, false),
            (Label::Severity, false),
            (Label::Play, false),
            (Label::State, false),
        ];
        blocks.push(self.grid(&columns, rows));
        true
    }

    /// How many more there are than are shown.
    fn more(&self, count: usize) -> Option<Block<'r>> {
        (count > 0).then(|| self.say(&Sentence::More { count: count as u64 }))
    }

    fn finding(&self, row: &ReviewFindingsRow<'r>) -> (&'static str, Vec<String>) {
        let measured = self.evidence.get(row.finding_id).map(Vec::as_slice).unwrap_or_default();
        let measured: Vec<String> = measured.iter().map(|row| evidence(row, self.locale)).collect();
        let between = match self.locale {
            Locale::En => "; ",
            Locale::Ja => "、",
        };
        let play = row.plays.iter().next();
        let play = play.map(|play| self.plays.get(play).copied().unwrap_or(play));
        let cells = vec![
            self.subject(row.subject, row.name),
            self.said(Fault(row.check)),
            measured.join(between),
            amount(row.mrr_at_stake, self.locale),
            row.since.map_or_else(|| NONE.to_owned(), |day| date(day, self.locale)),
            self.said(row.severity),
            play.unwrap_or(NONE).to_owned(),
            row.state.map_or_else(|| NONE.to_owned(), |state| self.said(state)),
        ];
        (row.severity.name(), cells)
    }

    /// A name beside the id, where there is one.
    fn subject(&self, subject: Option<&str>, name: Option<&str>) -> String {
        match (subject, name) {
            (None, _) => self.said(Label::WholeCompany),
            (Some(subject), None) => subject.to_owned(),
            (Some(subject), Some(name)) => format!("{name} ({subject})"),
        }
    }

    fn comparisons(&self, blocks: &mut Vec<Block<'r>>) {
        let table = self.review.comparisons();
        if table.table().is_empty() {
            return;
        }
        blocks.push(self.heading(2, Label::Segments));
        blocks.push(self.say(&Sentence::Compared));
        if table.rows().all(|row| !row.is_accused) {
            blocks.push(self.say(&Sentence::NobodyStandsOut));
        }
        blocks.push(Block::Picture(table.table()));
        let row = |row: super::comparisons::ReviewComparisonsRow<'_>| {
            let interval = row.excess_low.zip(row.excess_high);
            let interval = interval.map(|(low, high)| format!("{} – {}", share(Some(low)), share(Some(high))));
            let value = row.value.map_or_else(|| self.said(Label::NoValue), str::to_owned);
            let cells = vec![
                format!("{}: {value}", row.column),
                count(row.customers),
                share(row.early_churn),
                share(row.early_churn_of_rest),
                share(row.excess),
                interval.unwrap_or_else(|| NONE.to_owned()),
                row.q_value.map_or_else(|| NONE.to_owned(), probability),
                if row.is_accused { self.said(Label::Yes) } else { NONE.to_owned() },
            ];
            (if row.is_accused { "high" } else { "" }, cells)
        };
        let columns = [
            (Label::Group, false),
            (Label::Customers, true),
            (Label::EarlyChurn, true),
            (Label::OfRest, true),
            (Label::Excess, true),
            (Label::Interval, true),
            (Label::QValue, true),
            (Label::Accused, false),
        ];
        let tested = || table.rows().filter(|row| row.q_value.is_some());
        let (accused, others): (Vec<_>, Vec<_>) = tested().partition(|row| row.is_accused);
        let shown = accused.into_iter().chain(others).take(COMPARED).map(row).collect();
        blocks.push(self.grid(&columns, shown));
        blocks.extend(self.more(tested().skip(COMPARED).count()));
    }

    fn actions(&self, blocks: &mut Vec<Block<'r>>) {
        let plays = self.review.plays();
        if plays.table().is_empty() {
            return;
        }
        blocks.push(self.heading(2, Label::Plays));
        let row = |row: super::plays::ReviewPlaysRow<'_>| {
            let [label, effect, success] = match self.locale {
                Locale::En => [row.label_en, row.effect_en, row.success_en],
                Locale::Ja => [row.label_ja, row.effect_ja, row.success_ja],
            };
            let cells = vec![
                label.to_owned(),
                effect.to_owned(),
                success.to_owned(),
                count(row.findings),
                count(row.customers),
                amount(row.mrr, self.locale),
            ];
            ("", cells)
        };
        let columns = [
            (Label::Play, false),
            (Label::Effect, false),
            (Label::Success, false),
            (Label::Findings, true),
            (Label::Customers, true),
            (Label::Mrr, true),
        ];
        blocks.push(self.grid(&columns, plays.rows().map(row).collect()));
    }

    fn missing(&self, blocks: &mut Vec<Block<'r>>) {
        let least = |principle| {
            let verdict = self.review.verdicts().rows().find(|row| row.principle == principle);
            verdict.map_or(0.0, |row| row.min_coverage)
        };
        let sentence = |row: super::checks::ReviewChecksRow<'_>| {
            // What is asked of somebody and known of enough was assessed.
            let is_assessed = |coverage: f64| coverage > 0.0 && coverage >= least(row.principle);
            if row.coverage.is_some_and(is_assessed) {
                return None;
            }
            let (question, table) = (row.check.said(self.locale), row.missing_table?);
            let sentence = match (row.missing_reason?, row.missing_column) {
                (MissingReason::TooFewCustomers, _) => Sentence::TooFewCustomers { question },
                (MissingReason::WatchedTooBriefly, _) => Sentence::WatchedTooBriefly { question },
                (MissingReason::NotKnown, None) => Sentence::WouldBring { question, table },
                (MissingReason::NotKnown, Some(column)) => Sentence::WouldBringColumn { question, table, column },
            };
            Some(sentence.text(self.locale))
        };
        let missing: Vec<String> = self.review.checks().rows().filter_map(sentence).collect();
        if !missing.is_empty() {
            blocks.push(self.heading(2, Label::Missing));
            blocks.push(Block::List(missing));
        }
    }

    fn resolved(&self, blocks: &mut Vec<Block<'r>>) {
        let resolved = self.review.resolved();
        if resolved.table().is_empty() {
            return;
        }
        blocks.push(self.heading(2, Label::Resolved));
        let row = |row: super::resolved::ReviewResolvedRow<'_>| {
            let cells = vec![
                self.subject(row.subject, None),
                self.said(Fault(row.check)),
                self.said(row.resolved_by),
                amount(row.mrr_at_stake, self.locale),
            ];
            ("", cells)
        };
        let columns = [(Label::Subject, false), (Label::Finding, false), (Label::State, false), (Label::Mrr, true)];
        blocks.push(self.grid(&columns, resolved.rows().take(2 * SHOWN).map(row).collect()));
        blocks.extend(self.more(resolved.rows().skip(2 * SHOWN).count()));
    }

    fn exclusions(&self, blocks: &mut Vec<Block<'r>>) {
        let exclusions = self.review.exclusions();
        if exclusions.table().is_empty() {
            return;
        }
        blocks.push(self.heading(2, Label::LeftOut));
        let row = |row: super::exclusions::ReviewExclusionsRow<'_>| {
            let cells = vec![
                row.customer_id.to_owned(),
                row.principle.map_or_else(|| self.said(Label::EveryPrinciple), |principle| self.said(principle)),
                row.reason.to_owned(),
                row.until.map_or_else(|| NONE.to_owned(), |day| date(day, self.locale)),
                amount(row.mrr, self.locale),
            ];
            ("", cells)
        };
        let columns = [
            (Label::Subject, false),
            (Label::Principle, false),
            (Label::Reason, false),
            (Label::Until, false),
            (Label::Mrr, true),
        ];
        blocks.push(self.grid(&columns, exclusions.rows().take(2 * SHOWN).map(row).collect()));
        blocks.extend(self.more(exclusions.rows().skip(2 * SHOWN).count()));
    }

    fn basis(&self, blocks: &mut Vec<Block<'r>>) {
        blocks.push(self.heading(2, Label::Basis));
        let metadata = self.review.summary().table().metadata();
        let settings = self.review.summary().rows().next().map(|row| row.settings_fingerprint.to_owned());
        let entries = [
            (Label::Definitions, metadata.definitions.fingerprint()),
            (Label::Settings, settings.unwrap_or_default()),
            (Label::Version, metadata.version.clone()),
        ];
        let entries = entries.map(|(label, text)| format!("{}: {text}", label.said(self.locale)));
        blocks.push(Block::List(entries.into()));
    }
}
