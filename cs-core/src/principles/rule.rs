//! What a rule is, what it tells, and how the engine judges by it.

use std::cmp::Ordering;

use super::account::{Account, Accounts};
use super::check::{Check, Severity, Weight};
use super::comparison::Comparison;
use super::finding::{Evidence, Finding, ReviewMeasure, Subject};
use super::principle::Principle;
use super::thresholds::{Thresholds, share};
use crate::error::Error;
use crate::order::sort_by_key;
use crate::period::Day;
use crate::query::ONE;
use crate::ratio::Ratio;
use crate::word::words;

words! {
    #[doc = include_str!("verdicts.md")]
    Verdict {
        /// What fails is within the bounds.
        Pass,
        /// More fails than should.
        Attention,
        /// Too much fails.
        Fail,
        /// There is too little evidence to say so.
        NotAssessable,
    }
    /// What decided a verdict.
    VerdictBasis {
        /// The share of the MRR that fails.
        FailingShare,
        /// What was found of a segment or of the company.
        GroupFinding,
        /// That too little of the MRR has evidence.
        Coverage,
    }
    /// Why something could not be assessed.
    MissingReason {
        /// It is not known.
        NotKnown,
        /// There are too few customers to compare.
        TooFewCustomers,
        /// Customers were not watched long enough.
        WatchedTooBriefly,
    }
}

/// A rule: a principle as it is judged by what a company knows.
pub(crate) trait Rule {
    const PRINCIPLE: Principle;

    /// The last values that are acceptable.
    type Thresholds: Thresholds;

    /// What it says of the customers that it is asked of.
    fn assess<'a>(at: &Self::Thresholds, panel: Panel<'a>) -> Result<Assessment<'a>, Error>;
}

/// Why something could not be assessed, and what would bring it: a table, and where that is there a column of it, or a name in it.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) struct Needed {
    pub(crate) reason: MissingReason,
    pub(crate) table: &'static str,
    pub(crate) column: Option<&'static str>,
}

impl Needed {
    pub(crate) const fn table(table: &'static str) -> Self {
        Self { reason: MissingReason::NotKnown, table, column: None }
    }

    pub(crate) const fn column(table: &'static str, column: &'static str) -> Self {
        Self { reason: MissingReason::NotKnown, table, column: Some(column) }
    }

    /// More customers than there are.
    pub(crate) const fn customers() -> Self {
        Self { reason: MissingReason::TooFewCustomers, table: "customers", column: None }
    }

    /// A longer time than customers were watched.
    pub(crate) const fn time() -> Self {
        Self { reason: MissingReason::WatchedTooBriefly, table: "contracts", column: None }
    }
}

/// What a check says of a customer.
#[derive(Clone, Debug, PartialEq)]
pub(crate) enum Outcome {
    /// It does not ask of this one.
    NotAsked,
    /// There is no evidence.
    Unknown,
    /// All is as it should be.
    Passes,
    Finds(Grounds),
}

/// Why something was found.
#[derive(Clone, Debug, PartialEq)]
pub(crate) struct Grounds {
    /// The first day on which it would have been.
    pub(crate) since: Option<Day>,
    pub(crate) evidence: Vec<Evidence>,
}

impl Outcome {
    pub(crate) fn finds(since: impl Into<Option<Day>>, evidence: impl Into<Vec<Evidence>>) -> Self {
        Self::Finds(Grounds { since: since.into(), evidence: evidence.into() })
    }

    /// It passes, or finds these grounds.
    pub(crate) fn finds_if(is_found: bool, since: impl Into<Option<Day>>, evidence: impl Into<Vec<Evidence>>) -> Self {
        if is_found { Self::finds(since, evidence) } else { Self::Passes }
    }
}

/// What a question of groups or of the company came to.
#[derive(Clone, Debug)]
pub(crate) enum Told {
    /// What was found; nothing where all is as it should be.
    Claims(Vec<Claim>),
    /// It could not be assessed.
    Lacks(Needed),
}

/// What is found of a group, or of the company.
#[derive(Clone, Debug)]
pub(crate) struct Claim {
    pub(crate) subject: Subject,
    /// Whose MRR is at stake, by their positions among all.
    pub(crate) at_stake: Vec<u32>,
    pub(crate) severity: Severity,
    pub(crate) since: Option<Day>,
    pub(crate) evidence: Vec<Evidence>,
}

/// What a check comes to.
#[derive(Clone, Debug, PartialEq)]
pub(crate) struct Tally {
    pub(crate) check: Check,
    /// Customers that it asks of, that could be assessed, and that something was found of; their MRR.
    pub(crate) asked: Sum,
    pub(crate) assessed: Sum,
    pub(crate) found: Sum,
    /// What would be needed to assess the others; none where all were.
    pub(crate) needed: Option<Needed>,
    /// The others, by their positions among all, in that order.
    unknown: Vec<u32>,
}

impl Tally {
    /// Whether a customer could not be assessed.
    pub(crate) fn is_unknown(&self, customer: u32) -> bool {
        self.unknown.binary_search(&customer).is_ok()
    }
}

/// Customers, and their MRR in units.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub(crate) struct Sum {
    pub(crate) customers: u64,
    pub(crate) mrr: i128,
}

impl Sum {
    pub(crate) fn of<'b>(accounts: impl IntoIterator<Item = &'b Account>) -> Self {
        let mut sum = Self::default();
        accounts.into_iter().for_each(|account| sum.add(account));
        sum
    }

    // What all customers pay together fits many times over.
    fn add(&mut self, account: &Account) {
        self.customers += 1;
        self.mrr += account.mrr;
    }
}

/// The customers that a principle is asked of: all who pay and are not left out.
pub(crate) struct Panel<'a> {
    pub(crate) principle: Principle,
    pub(crate) shared: &'a Accounts<'a>,
    pub(crate) accounts: Vec<&'a Account>,
}

/// How a customer stands by a principle.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
struct Stands {
    is_asked: bool,
    is_assessed: bool,
    fails: bool,
}

/// What a rule tells.
pub(crate) struct Assessment<'a> {
    panel: Panel<'a>,
    /// By the place among the accounts.
    stands: Vec<Stands>,
    pub(crate) findings: Vec<Finding>,
    pub(crate) tallies: Vec<Tally>,
    /// Whose MRR is at stake by what was found of groups and of the company.
    claimed: Vec<u32>,
    /// The worst of that.
    worst: Option<Severity>,
    /// Groups that were compared with the rest.
    pub(crate) comparisons: Vec<Comparison>,
}

/// How a company stands by a principle.
#[derive(Clone, Debug)]
pub(crate) struct Judged {
    pub(crate) principle: Principle,
    pub(crate) verdict: Verdict,
    pub(crate) decided_by: VerdictBasis,
    pub(crate) asked: Sum,
    pub(crate) assessed: Sum,
    pub(crate) failing: Sum,
    /// Of the MRR of every question by which a principle can fail, summed over the questions: that with evidence, and all.
    pub(crate) covered: [i128; 2],
    pub(crate) tallies: Vec<Tally>,
    pub(crate) findings: Vec<Finding>,
    pub(crate) comparisons: Vec<Comparison>,
    /// Whose MRR is at stake, each once, by their positions among all.
    pub(crate) at_stake: Vec<u32>,
}

impl<'a> Assessment<'a> {
    /// Of nothing yet.
    pub(crate) fn of(panel: Panel<'a>) -> Self {
        let stands = vec![Stands::default(); panel.accounts.len()];
        Self {
            panel,
            stands,
            findings: Vec::new(),
            tallies: Vec::new(),
            claimed: Vec::new(),
            worst: None,
            comparisons: Vec::new(),
        }
    }

    /// Asks a question of every customer; `needed` is the evidence that it needs.
    pub(crate) fn ask(&mut self, check: Check, needed: Needed, of: impl Fn(&Account) -> Outcome) -> Result<(), Error> {
        let Panel { principle, shared, accounts } = &self.panel;
        let (is_fault, soon) = (check.weight() == Weight::Fault, shared.basis.bounds.soon_days);
        let [mut asked, mut assessed, mut found] = [Sum::default(); 3];
        let mut unknown = Vec::new();
        for (place, (account, stands)) in accounts.iter().zip(&mut self.stands).enumerate() {
            shared.context.go_on(place, accounts.len())?;
            let outcome = of(account);
            if outcome == Outcome::NotAsked {
                continue;
            }
            asked.add(account);
            stands.is_asked |= is_fault;
            if outcome == Outcome::Unknown {
                unknown.push(account.customer);
                continue;
            }
            assessed.add(account);
            stands.is_assessed |= is_fault;
            let Outcome::Finds(Grounds { since, evidence }) = outcome else { continue };
            found.add(account);
            stands.fails |= is_fault;
            let (severity, mrr_at_stake) = match check.weight() {
                Weight::Fault if account.is_due_within(soon, shared.day) => (Severity::High, account.mrr),
                Weight::Fault => (Severity::Medium, account.mrr),
                Weight::Sign => (Severity::Low, account.mrr),
                Weight::Opportunity | Weight::OfGroups => (Severity::Opportunity, 0),
            };
            let (principle, subject) = (*principle, Subject::Customer(account.customer));
            let concerns = vec![account.customer];
            self.findings.push(Finding {
                principle,
                check,
                subject,
                severity,
                mrr_at_stake,
                concerns,
                since,
                evidence,
            });
        }
        let needed = (!unknown.is_empty()).then_some(needed);
        put_in_order(&mut unknown);
        self.tallies.push(Tally { check, asked, assessed, found, needed, unknown });
        Ok(())
    }

    /// Tells what a question of groups or of the company came to.
    pub(crate) fn tell(&mut self, check: Check, told: Told) {
        let Panel { principle, accounts, .. } = &self.panel;
        let asked = Sum::of(accounts.iter().copied());
        let (claims, needed) = match told {
            Told::Claims(claims) => (claims, None),
            Told::Lacks(needed) => (Vec::new(), Some(needed)),
        };
        let assessed = if needed.is_none() { asked } else { Sum::default() };
        let among = |customers: &[u32]| {
            Sum::of(accounts.iter().filter(|account| customers.binary_search(&account.customer).is_ok()).copied())
        };
        let mut found: Vec<u32> = Vec::new();
        for mut claim in claims {
            put_in_order(&mut claim.at_stake);
            self.worst = Some(self.worst.map_or(claim.severity, |worst| worst.min(claim.severity)));
            self.findings.push(Finding {
                principle: *principle,
                check,
                subject: claim.subject,
                severity: claim.severity,
                mrr_at_stake: among(&claim.at_stake).mrr,
                concerns: claim.at_stake.clone(),
                since: claim.since,
                evidence: claim.evidence,
            });
            found.append(&mut claim.at_stake);
        }
        put_in_order(&mut found);
        self.tallies.push(Tally { check, asked, assessed, found: among(&found), needed, unknown: Vec::new() });
        self.claimed.append(&mut found);
    }

    /// How the company stands by it: what fails is weighed by MRR, and the worst of what was found of groups and of the company counts
    /// too.
    pub(crate) fn judged(mut self) -> Judged {
        let Panel { principle, shared, accounts } = &self.panel;
        let of = |stands: fn(&Stands) -> bool| {
            Sum::of(accounts.iter().zip(&self.stands).filter(|(_, one)| stands(one)).map(|(account, _)| *account))
        };
        let (asked, assessed) = (of(|stands| stands.is_asked), of(|stands| stands.is_assessed));
        let failing = of(|stands| stands.fails);
        let bounds = &shared.basis.bounds;
        let at_fault = || self.tallies.iter().filter(|tally| tally.check.weight() == Weight::Fault);
        let covered = [at_fault().map(|tally| tally.assessed.mrr).sum(), at_fault().map(|tally| tally.asked.mrr).sum()];
        let [with_evidence, all] = covered;
        let by_share = match Ratio::of(failing.mrr, assessed.mrr) {
            Ratio::Value(_) if compared(with_evidence, bounds.min_coverage, all).is_lt() => Verdict::NotAssessable,
            Ratio::Value(_) if compared(failing.mrr, bounds.fail_above, assessed.mrr).is_gt() => Verdict::Fail,
            Ratio::Value(_) if compared(failing.mrr, bounds.attention_above, assessed.mrr).is_gt() => {
                Verdict::Attention
            }
            Ratio::Value(_) => Verdict::Pass,
            Ratio::Absent(_) => Verdict::NotAssessable,
        };
        // What was found is evidence, however much is missing.
        let (verdict, decided_by) = match (by_share, self.worst) {
            (Verdict::Fail, _) => (Verdict::Fail, VerdictBasis::FailingShare),
            (_, Some(Severity::High)) => (Verdict::Fail, VerdictBasis::GroupFinding),
            (Verdict::Attention, _) => (Verdict::Attention, VerdictBasis::FailingShare),
            (_, Some(Severity::Medium)) => (Verdict::Attention, VerdictBasis::GroupFinding),
            (Verdict::NotAssessable, _) => (Verdict::NotAssessable, VerdictBasis::Coverage),
            (Verdict::Pass, _) => (Verdict::Pass, VerdictBasis::FailingShare),
        };
        let failing_customers = accounts.iter().zip(&self.stands).filter(|(_, stands)| stands.fails);
        let mut at_stake: Vec<u32> = failing_customers.map(|(account, _)| account.customer).collect();
        at_stake.append(&mut self.claimed);
        put_in_order(&mut at_stake);
        if verdict == Verdict::Fail {
            let number = |measure, some: i128, all: i128, threshold| {
                Ratio::of(some, all).value().map(|number| Evidence::held(measure, number, share(threshold)))
            };
            let evidence = [
                number(ReviewMeasure::FailingShare, failing.mrr, assessed.mrr, bounds.fail_above),
                number(ReviewMeasure::EvidenceCoverage, with_evidence, all, bounds.min_coverage),
                Some(Evidence::number(ReviewMeasure::FailingCustomers, failing.customers as f64)),
            ];
            let is_at_stake = |account: &&&Account| at_stake.binary_search(&account.customer).is_ok();
            let stake = accounts.iter().filter(is_at_stake).copied();
            self.findings.push(Finding {
                principle: *principle,
                check: Check::PrincipleFails,
                subject: Subject::Company,
                severity: Severity::High,
                mrr_at_stake: Sum::of(stake).mrr,
                concerns: at_stake.clone(),
                since: None,
                evidence: evidence.into_iter().flatten().collect(),
            });
        }
        Judged {
            principle: *principle,
            verdict,
            decided_by,
            asked,
            assessed,
            failing,
            covered,
            tallies: self.tallies,
            findings: self.findings,
            comparisons: self.comparisons,
            at_stake,
        }
    }
}

impl Judged {
    /// The accounts whose MRR is at stake.
    pub(crate) fn at_stake<'b>(&'b self, accounts: &'b Accounts<'_>) -> impl Iterator<Item = &'b Account> {
        accounts.all.iter().filter(|account| self.at_stake.binary_search(&account.customer).is_ok())
    }
}

/// How a part of a whole compares with a share of it in millionths, exactly.
pub(super) fn compared(part: i128, millionths: u32, whole: i128) -> Ordering {
    // MRR of all customers is far from where this would not fit.
    (part * i128::from(ONE)).cmp(&(whole * i128::from(millionths)))
}

/// In order, each once.
fn put_in_order(customers: &mut Vec<u32>) {
    sort_by_key(customers, |&customer| customer.into());
    customers.dedup();
}
