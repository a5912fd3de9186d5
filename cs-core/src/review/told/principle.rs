//! What is told of a principle: what was asked, and what was found.

use super::{Block, SHOWN, Teller, is_covered};
use crate::locale::Locale;
use crate::principles::{Check, FindingScope, MissingReason, Principle, Severity, VerdictBasis};
use crate::review::checks::ReviewChecksRow;
use crate::review::findings::{FindingState, ReviewFindingsRow};
use crate::review::forms::{NONE, amount, count, date, share};
use crate::review::measured::evidence;
use crate::review::verdicts::ReviewVerdictsRow;
use crate::review::words::{Fault, Label, Said as _, Sentence};

impl<'r> Teller<'r> {
    pub(super) fn principle(&self, row: &ReviewVerdictsRow, blocks: &mut Vec<Block<'r>>) {
        let name = self.numbered(row.principle, row.number);
        blocks.push(Block::Heading(2, format!("{name}: {}", row.verdict.said(self.locale))));
        blocks.push(self.say(&match row.failing_share.filter(|_| is_covered(row)) {
            Some(failing) => Sentence::Fails {
                failing,
                attention_above: row.attention_above,
                fail_above: row.fail_above,
                coverage: row.coverage,
            },
            None if row.customers == 0 => Sentence::NobodyAsked,
            None => Sentence::NotAssessed { coverage: row.coverage, min_coverage: row.min_coverage },
        }));
        if row.decided_by == VerdictBasis::GroupFinding {
            blocks.push(self.say(&Sentence::ByGroups));
        }
        if row.principle == Principle::TimeToValue {
            blocks.push(Block::Picture(self.review.value_incidence().table()));
        }
        self.checks(row.principle, blocks);
        self.findings(row, blocks);
    }

    fn checks(&self, principle: Principle, blocks: &mut Vec<Block<'r>>) {
        let rows = self.review.checks().rows().filter(|row| row.principle == principle);
        let of_company = || self.review.findings().rows().take_while(|row| row.scope == FindingScope::Company);
        let row = |row: ReviewChecksRow<'_>| {
            // What is found of the company alone concerns no customers that could be counted.
            let is_uncounted = row.found_customers == 0 && of_company().any(|finding| finding.check == row.check);
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
                if is_uncounted { self.said(Label::WholeCompany) } else { count(row.found_customers) },
                if is_uncounted { NONE.to_owned() } else { amount(row.found_mrr, self.locale) },
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

    fn findings(&self, row: &ReviewVerdictsRow, blocks: &mut Vec<Block<'r>>) {
        let principle = row.principle;
        let all = self.review.findings().rows().filter(|row| row.principle == principle);
        let is_resting = |row: &ReviewFindingsRow<'_>| row.state == Some(FindingState::Snoozed);
        let (resting, all): (Vec<_>, Vec<_>) =
            all.filter(|row| row.check != Check::PrincipleFails).partition(is_resting);
        let is_of_customer = |row: &ReviewFindingsRow<'_>| row.scope == FindingScope::Customer;
        let (of_customers, of_groups): (Vec<_>, Vec<_>) = all.into_iter().partition(is_of_customer);
        let is_won = |row: &ReviewFindingsRow<'_>| row.severity == Severity::Opportunity;
        let (openings, at_fault): (Vec<_>, Vec<_>) = of_customers.into_iter().partition(is_won);
        let (more_faults, more_openings) = (at_fault.len().saturating_sub(SHOWN), openings.len().saturating_sub(SHOWN));
        let shown: Vec<_> = of_groups.into_iter().chain(at_fault.into_iter().take(SHOWN)).collect();
        // Where nothing could be looked for, that nothing was found would read as success.
        match shown.is_empty() {
            true if row.coverage > Some(0.0) => blocks.push(self.say(&Sentence::NothingFound)),
            true => {}
            false => blocks.push(self.told_findings(&shown)),
        }
        blocks.extend(self.more(more_faults));
        let openings: Vec<_> = openings.into_iter().take(SHOWN).collect();
        if !openings.is_empty() {
            blocks.push(self.heading(3, Label::Opportunities));
            blocks.push(self.told_findings(&openings));
            blocks.extend(self.more(more_openings));
        }
        if !resting.is_empty() {
            blocks.push(self.say(&Sentence::Resting { count: resting.len() as u64 }));
        }
    }

    /// Findings side by side.
    fn told_findings(&self, rows: &[ReviewFindingsRow<'r>]) -> Block<'r> {
        let columns = [
            (Label::Subject, false),
            (Label::Finding, false),
            (Label::Evidence, false),
            (Label::Mrr, true),
            (Label::Since, true),
            (Label::Severity, false),
            (Label::Play, false),
            (Label::State, false),
        ];
        self.grid(&columns, rows.iter().map(|row| self.finding(row)).collect())
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
}
