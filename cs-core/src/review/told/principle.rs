//! What is told of a principle: what was asked, and what was found.

use super::{Block, SHOWN, Teller, is_covered, number, words};
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
        // Where nobody keeps milestones there is nothing to draw.
        let incidence = self.review.value_incidence().table();
        if row.principle == Principle::TimeToValue && !incidence.is_empty() {
            blocks.push(Block::Picture(incidence));
        }
        self.checks(row.principle, blocks);
        self.findings(row, blocks);
    }

    fn checks(&self, principle: Principle, blocks: &mut Vec<Block<'r>>) {
        let rows = self.review.checks().rows().filter(|row| row.principle == principle);
        let of_company = || self.review.findings().rows().take_while(|row| row.scope == FindingScope::Company);
        // What is found of the company alone concerns no customers that could be counted.
        let is_uncounted = |row: &ReviewChecksRow<'_>| {
            row.found_customers == 0 && of_company().any(|finding| finding.check == row.check)
        };
        let found = |row: &ReviewChecksRow<'_>| match is_uncounted(row) {
            true => self.said(Label::WholeCompany),
            false => count(row.found_customers),
        };
        let found_mrr = |row: &ReviewChecksRow<'_>| match is_uncounted(row) {
            true => NONE.to_owned(),
            false => amount(row.found_mrr, self.locale),
        };
        let missing = |row: &ReviewChecksRow<'_>| match (row.missing_reason, row.missing_table, row.missing_column) {
            (Some(MissingReason::NotKnown), Some(table), Some(column)) => format!("{table}: {column}"),
            (Some(MissingReason::NotKnown), Some(table), None) => table.to_owned(),
            (Some(reason), ..) => self.said(reason),
            (None, ..) => NONE.to_owned(),
        };
        blocks.push(self.grid(
            &rows.collect::<Vec<_>>(),
            |_| "",
            &[
                words(Label::Question, &|row| self.said(row.check)),
                number(Label::Asked, &|row| count(row.customers)),
                number(Label::Coverage, &|row| share(row.coverage)),
                number(Label::Found, &found),
                number(Label::FoundMrr, &found_mrr),
                words(Label::MissingEvidence, &missing),
            ],
        ));
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
        let is_any_found = !(shown.is_empty() && openings.is_empty() && resting.is_empty());
        if !shown.is_empty() {
            blocks.push(self.told_findings(&shown));
        } else if !is_any_found && row.coverage > Some(0.0) {
            blocks.push(self.say(&Sentence::NothingFound));
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
        let or_none = |told: Option<String>| told.unwrap_or_else(|| NONE.to_owned());
        self.grid(
            rows,
            |row| row.severity.name(),
            &[
                words(Label::Subject, &|row| self.subject(row.subject, row.name)),
                words(Label::Finding, &|row| self.said(Fault(row.check))),
                words(Label::Evidence, &|row| self.measured(row.finding_id)),
                number(Label::Mrr, &|row| amount(row.mrr_at_stake, self.locale)),
                number(Label::Since, &|row| or_none(row.since.map(|day| date(day, self.locale)))),
                words(Label::Severity, &|row| self.said(row.severity)),
                words(Label::Play, &|row| or_none(row.plays.iter().next().map(|play| self.called(play)))),
                words(Label::State, &|row| or_none(row.state.map(|state| self.said(state)))),
            ],
        )
    }

    /// What was measured for a finding.
    pub(super) fn measured(&self, finding_id: &str) -> String {
        let measured = self.evidence.get(finding_id).map(Vec::as_slice).unwrap_or_default();
        let measured: Vec<String> = measured.iter().map(|row| evidence(row, self.locale)).collect();
        measured.join(match self.locale {
            Locale::En => "; ",
            Locale::Ja => "、",
        })
    }

    /// What a play is called.
    fn called(&self, play: &str) -> String {
        self.plays.get(play).copied().unwrap_or(play).to_owned()
    }
}
