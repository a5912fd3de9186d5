//! What a review tells people, in which order: headings, sentences, tables and pictures, in one language.

use hashbrown::HashMap;

use super::evidence::ReviewEvidenceRow;
use super::findings::ReviewFindingsRow;
use super::forms::{NONE, amount, count, date, evidence, rounded, share};
use super::report::Review;
use super::words::{Fault, Label, Said, Sentence};
use crate::locale::Locale;
use crate::money::Money;
use crate::principles::{Check, FindingScope, Principle, Verdict};
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

/// What all parts are told from.
struct Teller<'r> {
    review: &'r Review,
    locale: Locale,
    /// What was measured, by the name of the finding.
    evidence: HashMap<&'r str, Vec<ReviewEvidenceRow<'r>>>,
    /// What plays are called.
    plays: HashMap<&'r str, &'r str>,
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
            _ => self.say(&Sentence::NothingAtStake),
        });
        if row.excluded_customers > 0 {
            let mrr = amount(row.excluded_mrr, self.locale);
            blocks.push(self.say(&Sentence::LeftOut { customers: row.excluded_customers, mrr: &mrr }));
        }
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
        blocks.push(match row.failing_share.filter(|_| row.verdict != Verdict::NotAssessable) {
            Some(failing) => self.say(&Sentence::Fails {
                share: &share(Some(failing)),
                attention_above: &share(Some(row.attention_above)),
                fail_above: &share(Some(row.fail_above)),
                coverage: &coverage,
            }),
            None => self.say(&Sentence::NotAssessed { coverage: &coverage }),
        });
        let by_share = match row.failing_share {
            Some(failing) if failing > row.fail_above => Verdict::Fail,
            Some(failing) if failing > row.attention_above => Verdict::Attention,
            _ => Verdict::Pass,
        };
        if row.verdict != Verdict::NotAssessable && row.verdict != by_share {
            blocks.push(self.say(&Sentence::ByGroups));
        }
        self.checks(row.principle, blocks);
        self.findings(row.principle, blocks);
    }

    fn checks(&self, principle: Principle, blocks: &mut Vec<Block<'r>>) {
        let rows = self.review.checks().rows().filter(|row| row.principle == principle);
        let row = |row: super::checks::ReviewChecksRow<'_>| {
            let missing = match (row.missing_table, row.missing_column) {
                (Some(table), Some(column)) => format!("{table}: {column}"),
                (Some(table), None) => table.to_owned(),
                (None, _) => NONE.to_owned(),
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
        let is_shown = |row: &ReviewFindingsRow<'_>| row.check != Check::Portfolio;
        let of_groups = all().filter(is_shown).filter(|row| row.scope != FindingScope::Customer);
        let of_customers = || all().filter(|row| row.scope == FindingScope::Customer);
        let shown: Vec<_> = of_groups.chain(of_customers().take(SHOWN)).map(|row| self.finding(&row)).collect();
        if shown.is_empty() {
            blocks.push(self.say(&Sentence::NothingFound));
            return;
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
        blocks.push(self.grid(&columns, shown));
        blocks.extend(self.more(of_customers().skip(SHOWN).map(|row| row.mrr_at_stake)));
    }

    /// How many more there are than are shown, and what their amounts come to.
    fn more(&self, mut rest: impl Iterator<Item = Money>) -> Option<Block<'r>> {
        let first = rest.next()?;
        // Sums of what customers pay fit.
        let sum = |(count, sum): (u64, Money), money| Some((count + 1, sum.checked_add(money).ok()?));
        let (count, sum) = rest.try_fold((1, first), sum)?;
        Some(self.say(&Sentence::More { count, mrr: &amount(sum, self.locale) }))
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
                row.q_value.map_or_else(|| NONE.to_owned(), |number| rounded(number, 4)),
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
        blocks.push(self.grid(&columns, table.rows().map(row).collect()));
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
            if row.coverage.is_none_or(|coverage| coverage >= least(row.principle)) {
                return None;
            }
            let (question, table) = (row.check.said(self.locale), row.missing_table?);
            Some(match row.missing_column {
                None => Sentence::WouldBring { question, table }.text(self.locale),
                Some(column) => Sentence::WouldBringColumn { question, table, column }.text(self.locale),
            })
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
        blocks.extend(self.more(resolved.rows().skip(2 * SHOWN).map(|row| row.mrr_at_stake)));
    }

    fn basis(&self, blocks: &mut Vec<Block<'r>>) {
        blocks.push(self.heading(2, Label::Basis));
        let metadata = self.review.summary().table().metadata();
        let settings = self.review.summary().rows().next().map(|row| row.settings.to_owned());
        let entries = [
            (Label::Definitions, metadata.definitions.fingerprint()),
            (Label::Settings, settings.unwrap_or_default()),
            (Label::Version, metadata.version.clone()),
        ];
        let entries = entries.map(|(label, text)| format!("{}: {text}", label.said(self.locale)));
        blocks.push(Block::List(entries.into()));
    }
}
