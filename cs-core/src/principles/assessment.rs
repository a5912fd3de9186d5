//! What a rule tells, question by question, and how the company stands by it.

use super::account::{Account, Accounts};
use super::answer::{Answer, Needed, Stand, Told};
use super::basis::Bounds;
use super::check::{Asks, Check, Effect, Severity};
use super::comparison::Comparison;
use super::customers::{Customers, Sum};
use super::finding::{Evidence, Finding, ReviewMeasure, Subject};
use super::panel::Panel;
use super::principle::{Entry, Principle};
use super::thresholds::share;
use super::verdict::{Part, Verdict, VerdictBasis, verdict};
use crate::error::Error;

/// What a rule tells.
pub(crate) struct Assessment<'a> {
    principle: Principle,
    shared: &'a Accounts<'a>,
    accounts: Vec<&'a Account>,
    findings: Vec<Finding>,
    questions: Vec<Question>,
    /// Groups that were compared with the rest.
    pub(crate) comparisons: Vec<Comparison>,
}

/// What a question comes to.
#[derive(Clone, Debug, PartialEq)]
pub(crate) struct Question {
    pub(crate) check: Check,
    /// Customers that it asks of, that could be assessed, and that something was found of; their MRR.
    pub(crate) asked: Sum,
    pub(crate) assessed: Sum,
    pub(crate) found: Sum,
    /// Whether enough of them could be assessed to say that nothing was found of groups, or of the company.
    pub(crate) is_assessed: bool,
    /// What would be needed to assess the others; none where all were.
    pub(crate) needed: Option<Needed>,
    /// How each customer stands, by its position among all; nobody where it asks of groups.
    stands: Vec<Stand>,
}

impl Question {
    fn of(check: Check, [asked, assessed, found]: [Sum; 3], needed: Needed, bounds: &Bounds) -> Self {
        let is_assessed = Part { part: assessed.mrr, whole: asked.mrr }.is_enough(bounds);
        let needed = (assessed.customers < asked.customers).then_some(needed);
        Self { check, asked, assessed, found, is_assessed, needed, stands: Vec::new() }
    }

    fn with(self, stands: Vec<Stand>) -> Self {
        Self { stands, ..self }
    }

    /// How a customer stands by it.
    pub(crate) fn stand(&self, customer: u32) -> Stand {
        self.stands.get(customer as usize).copied().unwrap_or_default()
    }
}

/// How a company stands by a principle.
#[derive(Clone, Debug)]
pub(crate) struct Judged {
    pub(crate) entry: Entry,
    pub(crate) verdict: Verdict,
    pub(crate) decided_by: VerdictBasis,
    pub(crate) asked: Sum,
    pub(crate) assessed: Sum,
    pub(crate) failing: Sum,
    /// Of the MRR of every question by which a principle can fail, summed over the questions, that with evidence.
    pub(crate) covered: Part,
    pub(crate) questions: Vec<Question>,
    pub(crate) findings: Vec<Finding>,
    pub(crate) comparisons: Vec<Comparison>,
    /// Whose MRR is at stake.
    pub(crate) at_stake: Customers,
}

impl<'a> Assessment<'a> {
    /// Of nothing yet.
    pub(crate) fn of(panel: &Panel<'a>) -> Self {
        Self {
            principle: panel.principle,
            shared: panel.shared,
            accounts: panel.accounts.clone(),
            findings: Vec::new(),
            questions: Vec::new(),
            comparisons: Vec::new(),
        }
    }

    /// Asks a question of every customer; `needed` is the evidence that it needs.
    pub(crate) fn ask(&mut self, check: Check, needed: Needed, of: impl Fn(&Account) -> Answer) -> Result<(), Error> {
        let Asks::Customers(effect) = check.asks() else { return Err(Error::internal("a question of groups")) };
        let soon = self.shared.basis.bounds.soon_days;
        let [mut asked, mut assessed, mut found] = [Sum::default(); 3];
        let mut stands = vec![Stand::NotAsked; self.shared.customers()];
        for (place, account) in self.accounts.iter().enumerate() {
            self.shared.context.go_on(place, self.accounts.len())?;
            let answer = of(account);
            let stand = answer.stand();
            if let Some(slot) = stands.get_mut(account.customer as usize) {
                *slot = stand;
            }
            match stand {
                Stand::NotAsked => continue,
                Stand::Unknown => asked.add(account),
                Stand::Passes | Stand::Found => {
                    [&mut asked, &mut assessed].into_iter().for_each(|sum| sum.add(account))
                }
            }
            let Answer::Finds(grounds) = answer else { continue };
            found.add(account);
            let (severity, mrr_at_stake) = match effect {
                Effect::Fault if account.is_due_within(soon, self.shared.day) => (Severity::High, account.mrr),
                Effect::Fault => (Severity::Medium, account.mrr),
                Effect::Sign => (Severity::Low, account.mrr),
                Effect::Opportunity => (Severity::Opportunity, 0),
            };
            self.findings.push(Finding {
                principle: self.principle,
                check,
                subject: Subject::Customer(account.customer),
                severity,
                mrr_at_stake,
                since: grounds.since,
                evidence: grounds.evidence,
            });
        }
        self.questions
            .push(Question::of(check, [asked, assessed, found], needed, &self.shared.basis.bounds).with(stands));
        Ok(())
    }

    /// The customers of whom some of the questions that were asked found something.
    pub(super) fn found(&self, checks: &[Check]) -> Vec<&'a Account> {
        let is_found = |account: &&Account| {
            self.of_checks(checks).any(|question| question.stand(account.customer) == Stand::Found)
        };
        self.accounts.iter().copied().filter(is_found).collect()
    }

    /// Whether some of the questions that were asked could be assessed, of any customer.
    pub(super) fn is_any_known(&self, checks: &[Check]) -> bool {
        self.of_checks(checks).any(|question| question.assessed.customers > 0)
    }

    fn of_checks<'s>(&'s self, checks: &'s [Check]) -> impl Iterator<Item = &'s Question> {
        self.questions.iter().filter(|question| checks.contains(&question.check))
    }

    /// Tells what a question of groups or of the company comes to.
    pub(crate) fn tell(&mut self, check: Check, told: Told<'_>) -> Result<(), Error> {
        let Asks::Groups(severity) = check.asks() else { return Err(Error::internal("a question of customers")) };
        let Told { asked, assessed, needed, claims } = told;
        let mut found = Customers::none_of(self.shared.customers());
        // A question that looks at nobody finds nothing.
        for claim in claims.into_iter().filter(|_| asked.customers > 0) {
            let members: Vec<u32> = claim.at_stake.iter().map(|account| account.customer).collect();
            members.iter().for_each(|&customer| found.add(customer));
            self.findings.push(Finding {
                principle: self.principle,
                check,
                subject: match claim.group {
                    Some((column, value)) => Subject::Group { column, value, members },
                    None => Subject::Company { members },
                },
                severity,
                mrr_at_stake: Sum::of(claim.at_stake).mrr,
                since: None,
                evidence: claim.evidence,
            });
        }
        let found = found.among(self.accounts.iter().copied());
        self.questions.push(Question::of(check, [asked, assessed, found], needed, &self.shared.basis.bounds));
        Ok(())
    }

    /// How the company stands by it: what fails is weighed by MRR, and the worst of what was found of groups and of the company counts
    /// too.
    pub(crate) fn judged(mut self, entry: Entry) -> Judged {
        let [asked, assessed, failing] = self.stands();
        let of_customers = || self.questions.iter().filter(|question| question.check.is_fault());
        let covered = Part {
            part: of_customers().map(|question| question.assessed.mrr).sum(),
            whole: of_customers().map(|question| question.asked.mrr).sum(),
        };
        let of_groups = || self.findings.iter().filter(|finding| !matches!(finding.subject, Subject::Customer(_)));
        let worst = of_groups().map(|finding| finding.severity).min();
        let share_that_fails = Part { part: failing.mrr, whole: assessed.mrr };
        let (verdict, decided_by) = verdict(share_that_fails, covered, worst, &self.shared.basis.bounds);
        let mut at_stake = Customers::none_of(self.shared.customers());
        let is_at_stake = |finding: &&Finding| finding.check.is_fault() || finding.check.is_of_groups();
        let concerned = self.findings.iter().filter(is_at_stake).flat_map(|finding| finding.subject.customers());
        concerned.for_each(|&customer| at_stake.add(customer));
        if verdict == Verdict::Fail {
            let evidence = self.evidence(decided_by, share_that_fails, covered, failing);
            let concerned: Vec<&Account> =
                self.accounts.iter().copied().filter(|account| at_stake.has(account.customer)).collect();
            self.findings.push(Finding {
                principle: self.principle,
                check: Check::PrincipleFails,
                subject: Subject::Company { members: concerned.iter().map(|account| account.customer).collect() },
                severity: Severity::High,
                mrr_at_stake: Sum::of(concerned).mrr,
                since: None,
                evidence,
            });
        }
        let Self { questions, findings, comparisons, .. } = self;
        Judged {
            entry,
            verdict,
            decided_by,
            asked,
            assessed,
            failing,
            covered,
            questions,
            findings,
            comparisons,
            at_stake,
        }
    }

    /// Customers that some question by which a principle fails asks of, of whom some has evidence, and who fail.
    fn stands(&self) -> [Sum; 3] {
        let [mut asked, mut assessed, mut failing] = [Sum::default(); 3];
        let faults: Vec<&Question> = self.questions.iter().filter(|question| question.check.is_fault()).collect();
        for account in &self.accounts {
            // Of all questions the one that says most of a customer.
            let stand = faults.iter().map(|question| question.stand(account.customer)).max().unwrap_or_default();
            let sums: &mut [&mut Sum] = match stand {
                Stand::NotAsked => &mut [],
                Stand::Unknown => &mut [&mut asked],
                Stand::Passes => &mut [&mut asked, &mut assessed],
                Stand::Found => &mut [&mut asked, &mut assessed, &mut failing],
            };
            sums.iter_mut().for_each(|sum| sum.add(account));
        }
        [asked, assessed, failing]
    }

    /// What says that the principle fails: what decided it beside its threshold.
    fn evidence(&self, decided_by: VerdictBasis, fails: Part, covered: Part, failing: Sum) -> Vec<Evidence> {
        let bounds = &self.shared.basis.bounds;
        let ratio = |part: Part| part.ratio().value();
        let by_share = decided_by == VerdictBasis::FailingShare;
        let groups = self.findings.iter().filter(|finding| finding.is_of_a_group()).count();
        let evidence = [
            (!by_share).then(|| Evidence::at_most(ReviewMeasure::AccusedGroups, groups as f64, 0.0)),
            ratio(fails).map(|fails| match by_share {
                true => Evidence::at_most(ReviewMeasure::FailingShare, fails, share(bounds.fail_above)),
                false => Evidence::number(ReviewMeasure::FailingShare, fails),
            }),
            ratio(covered).map(|covered| match by_share {
                true => Evidence::at_least(ReviewMeasure::EvidenceCoverage, covered, share(bounds.min_coverage)),
                false => Evidence::number(ReviewMeasure::EvidenceCoverage, covered),
            }),
            Some(Evidence::number(ReviewMeasure::FailingCustomers, failing.customers as f64)),
        ];
        evidence.into_iter().flatten().collect()
    }
}

impl Judged {
    pub(crate) fn principle(&self) -> Principle {
        self.entry.principle
    }
}
