//! A review: its tables, and what they tell people.

use chrono::NaiveDate;

use super::asked::{EDITION, OfReview, PREVIOUS, SETTINGS};
use super::checks::ReviewChecks;
use super::comparisons::ReviewComparisons;
use super::evidence::ReviewEvidence;
use super::findings::{ReviewFindings, Telling, named};
use super::followed::{Deeds, Earlier};
use super::plays::ReviewPlays;
use super::resolved::ReviewResolved;
use super::summary::ReviewSummary;
use super::verdicts::ReviewVerdicts;
use super::{html, markdown};
use crate::error::{Code, Error};
use crate::locale::Locale;
use crate::portfolio::Portfolio;
use crate::principles::{Accounts, judged};
use crate::query::{About, Context, Errors, Operation, Query, Reported, as_seen_parameters};
use crate::table::{ColumnDoc, Headed, Heading, Report, Table, TableDoc};

/// Declares the tables of a review: what each is called, what it is, and what a row of it is.
macro_rules! tables {
    ($($(#[doc = $doc:literal])+ $name:ident: $type:ident, $rows:literal;)+) => {
        /// How a company stands by the principles, what was found, what to do, and what could not be assessed.
        #[derive(Clone, Debug, PartialEq)]
        pub struct Review {
            $($name: $type,)+
        }

        impl Review {
            $(
                $(#[doc = $doc])+
                #[must_use]
                pub fn $name(&self) -> &$type {
                    &self.$name
                }
            )+

            /// A review of its tables; none where they are not those of one.
            pub(crate) fn of_report(report: &Report) -> Option<Self> {
                Some(Self { $($name: $type::of_table(report.table(stringify!($name))?.clone())?,)+ })
            }
        }

        impl From<Review> for Report {
            fn from(review: Review) -> Self {
                let tables: [(&'static str, Table); _] = [$((stringify!($name), review.$name.into()),)+];
                Self::new(Review::HEADING.0, [], tables)
            }
        }

        impl Reported for Review {
            const FIGURES: &'static [ColumnDoc] = &[];

            const TABLES: &'static [TableDoc] = &[
                $(TableDoc::of(stringify!($name), $rows, $type::COLUMNS),)+
            ];
        }
    };
}

tables! {
    /// What it comes to.
    summary: ReviewSummary, "What the review comes to, in one row.";
    /// How the company stands by each principle.
    verdicts: ReviewVerdicts, "How the company stands by each principle, a row for each, in the order of the edition.";
    /// What was asked, and what evidence is missing.
    checks: ReviewChecks, "What was asked, how much of it could be assessed, and what evidence is missing, a row for each question.";
    /// What was found.
    findings: ReviewFindings, "What was found, a row for each: of the company, then of segments, then of customers; the largest MRR at stake first, then by name.";
    /// What was measured for findings.
    evidence: ReviewEvidence, "What was measured for findings, beside thresholds, a row for each value, in the order of the findings.";
    /// Segments, channels and sellers against the rest.
    comparisons: ReviewComparisons, "Segments, channels and sellers against the rest, a row for each value of each column that customers have.";
    /// What to do.
    plays: ReviewPlays, "The plays that were proposed first for some finding, a row for each, in the order of the catalogue.";
    /// What an earlier review found and this one does not.
    resolved: ReviewResolved, "What an earlier review found and this one does not, a row for each; none where no earlier one was given.";
}

impl Review {
    /// The canonical JSON of all tables.
    #[must_use]
    pub fn to_json(&self) -> String {
        Report::from(self.clone()).to_json()
    }

    /// The review for people, as Markdown, without pictures.
    #[must_use]
    pub fn to_markdown(&self, locale: Locale) -> String {
        markdown::markdown(self, locale)
    }

    /// The review for people, as a page of its own that loads nothing; with pictures, where the build has them.
    ///
    /// # Errors
    /// `overflow` for amounts and shares that have no place on an axis.
    pub fn to_html(&self, locale: Locale) -> Result<String, Error> {
        html::html(self, locale)
    }
}

impl Headed for Review {
    const HEADING: Heading = ("review", &[]);
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
    /// assert_eq!((drift.verdict, drift.failing_share), (Verdict::Fail, Some(0.9)));
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
            earlier.check(day)?;
        }
        let plays = asked.settings.plays()?;
        let accounts = Accounts::of(context, &asked.settings)?;
        let mut judged = judged(asked.edition, &accounts)?;
        let verdicts = ReviewVerdicts::of(&judged, asked.edition, &accounts);
        let summary = ReviewSummary::of(&judged, asked.edition, &accounts);
        let found = judged.iter_mut().flat_map(|one| std::mem::take(&mut one.findings)).collect();
        let named = named(found, &accounts, &plays);
        context.ensure_room(named.len())?;
        let deeds = Deeds::of(context)?;
        let followed = deeds.known(day);
        let before = asked.previous.as_ref().map(Earlier::ids);
        let telling = Telling { followed: &followed, before: before.as_ref(), day, plays: &plays };
        Ok(Self {
            summary,
            verdicts,
            checks: ReviewChecks::of(&judged, &accounts),
            findings: ReviewFindings::of(&named, &telling, &accounts),
            evidence: ReviewEvidence::of(&named, &accounts),
            comparisons: ReviewComparisons::of(&judged, &accounts),
            plays: ReviewPlays::of(&named, &plays, &accounts),
            resolved: ReviewResolved::of(asked.previous.as_ref(), &named, asked.edition, &accounts)?,
        })
    }
}
