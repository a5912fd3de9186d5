//! How a review comes about, and the forms in which people read it.

use chrono::NaiveDate;

use super::asked::{EDITION, OfReview, SETTINGS};
use super::checks::ReviewChecks;
use super::comparisons::ReviewComparisons;
use super::earlier::{Earlier, PREVIOUS};
use super::evidence::ReviewEvidence;
use super::exclusions::ReviewExclusions;
use super::findings::{Found, ReviewFindings, Telling};
use super::plays::ReviewPlays;
use super::report::{Review, TABLES};
use super::resolved::ReviewResolved;
use super::summary::ReviewSummary;
use super::verdicts::ReviewVerdicts;
use crate::error::{Code, Error};
use crate::portfolio::Portfolio;
use crate::principles::{Accounts, judged};
use crate::query::{About, Context, Errors, Operation, Query, Reported, as_seen_parameters};
use crate::success::ValueIncidence;
use crate::table::{ColumnDoc, Report, ReportForm, TableDoc};

/// The forms in which people read it.
const FORMS: &[ReportForm] = &[
    ReportForm {
        name: "markdown",
        doc: "The review for people, as Markdown, without pictures.",
        write: |report, locale| read(report).map(|review| review.to_markdown(locale)),
    },
    ReportForm {
        name: "html",
        doc: "The review for people, as a page of its own that loads nothing, with pictures where the build has them.",
        write: |report, locale| read(report)?.to_html(locale),
    },
];

fn read(report: &Report) -> Result<Review, Error> {
    Review::of_report(report).ok_or_else(|| Error::internal("the tables are not those of a review"))
}

/// How fast customers reach value, as that is told by itself.
fn value_incidence(context: &Context<'_>) -> Result<ValueIncidence, Error> {
    let told = context.portfolio.value_incidence(context.seen().date());
    told.definitions(context.definitions).watch(context.watch).run()
}

impl Reported for Review {
    const FIGURES: &'static [ColumnDoc] = &[];

    const TABLES: &'static [TableDoc] = TABLES;

    const FORMS: &'static [ReportForm] = FORMS;
}

impl Portfolio {
    /// How a company stands by the principles of customer success, by what was known at the close of a day: verdicts with what was
    /// measured beside thresholds, what was found with the MRR at stake, what to do about it, and which evidence is missing.
    ///
    /// What fails is weighed by MRR; missing evidence is never a pass. Nothing that was recorded later changes a review as of a
    /// day. [`Review::to_markdown`] and [`Review::to_html`] tell it in English and in Japanese.
    ///
    /// ```
    /// use chrono::NaiveDate;
    /// use cs_core::{Check, Portfolio, Principle, Verdict};
    ///
    /// let book = "contract_id,customer_id,start_date,mrr\nc-1,acme,2025-01-01,900\nc-2,bolt,2025-01-01,100\n";
    /// let calls = "customer_id,date,kind,channel,two_way\nacme,2025-01-10,outreach,human,true\nbolt,2025-12-20,outreach,human,true\n";
    /// let day = NaiveDate::from_ymd_opt(2025, 12, 31).unwrap();
    /// let portfolio = Portfolio::from_csv(book).engagements(calls).currency("USD").observed_until(day).load()?;
    /// let review = portfolio.review(day).run()?;
    /// let drift = review.verdicts().rows().find(|row| row.principle == Principle::NaturalDrift).unwrap();
    /// // Of all that drift is seen by only calls are kept: what they show is told, and no verdict rests on it.
    /// assert_eq!((drift.verdict, drift.failing_share), (Verdict::NotAssessable, Some(0.9)));
    /// let silent = review.findings().rows().find(|row| row.check == Check::Silence).unwrap();
    /// assert_eq!(silent.finding_id, "natural_drift/silence/customer/acme");
    /// assert_eq!(silent.mrr_at_stake.to_string(), "900.00");
    /// # Ok::<(), cs_core::Error>(())
    /// ```
    pub fn review(&self, as_of: NaiveDate) -> Query<'_, Review> {
        Query::of(self, OfReview::of(as_of))
    }
}

impl Operation for Review {
    type Asked = OfReview;

    const ABOUT: About = About {
        doc: "How a company stands by the principles of customer success, what was found, and what to do.\n\n\
              It is told by what was known at the close of a day. Each principle is a rule: what it measures stands beside thresholds, what fails is \
              weighed by MRR, and missing evidence is never a pass: it is named with the table that would bring it. A segment, channel or \
              seller is told of only where its customers leave early more often than the rest, by more than chance and by enough to act on.",
        parameters: as_seen_parameters![EDITION, SETTINGS, PREVIOUS],
        rows: "Tables of verdicts, questions, findings with their evidence, comparisons, plays, and what is resolved.",
        errors: Errors {
            argument: &[Code::LimitExceeded, Code::InvalidArgument, Code::InvalidScorecard, Code::UnknownCustomer],
            ..Errors::AS_OF
        },
        source: "The principles of \"Customer Success\" by Mehta, Steinman and Murphy, 2016; thresholds without another source are the \
                 library's own.",
    };

    fn compute(asked: &OfReview, context: &Context<'_>) -> Result<Self, Error> {
        let context = &context.as_seen();
        let day = context.seen();
        if let Some(earlier) = &asked.previous {
            earlier.check(day, context.portfolio.currency)?;
        }
        let plays = asked.settings.plays()?;
        let accounts = Accounts::of(context, &asked.settings.basis)?;
        let mut judged = judged(asked.edition, &asked.settings, &accounts)?;
        let verdicts = ReviewVerdicts::of(&judged, &accounts);
        let summary = ReviewSummary::of(&judged, (asked.edition, &asked.settings), &accounts);
        let findings = judged.iter_mut().flat_map(|one| std::mem::take(&mut one.findings)).collect();
        let found = Found::of(findings, &accounts, &plays);
        context.ensure_room(found.iter().map(|named| named.finding.evidence.len().max(1)).sum())?;
        let before = asked.previous.as_ref().map(Earlier::ids);
        let telling = Telling { before: before.as_ref(), day, plays: &plays };
        Ok(Self {
            summary,
            verdicts,
            checks: ReviewChecks::of(&judged, &accounts),
            findings: ReviewFindings::of(&found, &telling, &accounts),
            evidence: ReviewEvidence::of(&found, &accounts),
            comparisons: ReviewComparisons::of(&judged, &accounts),
            value_incidence: value_incidence(context)?,
            plays: ReviewPlays::of(&found, &plays, &accounts),
            resolved: ReviewResolved::of(asked.previous.as_ref(), &found, &judged, &accounts),
            exclusions: ReviewExclusions::of(&accounts),
        })
    }
}
