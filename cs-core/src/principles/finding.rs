//! What a rule found: of what, how much it matters, what was measured, what is at stake.

use super::check::{Check, FindingScope, Severity};
use super::principle::Principle;
use crate::period::Day;
use crate::word::words;

words! {
    /// What is measured.
    ReviewMeasure {
        /// The share of the assessed MRR that fails.
        FailingShare,
        /// How many customers fail.
        FailingCustomers,
        /// How well a customer fits, from 0 to 100.
        Fit,
        /// The share of the MRR of those who came lately that is of customers who do not fit.
        UnfitShare,
        /// The same of those who came before.
        EarlierUnfitShare,
        /// How many customers are compared.
        Customers,
        /// The share of customers that leaves within the horizon.
        EarlyChurn,
        /// The same of all others.
        EarlyChurnOfRest,
        /// The first less the second.
        EarlyChurnExcess,
        /// The lower end of its interval, at 95%.
        LeastExcess,
        /// How often as much is found where there is nothing, corrected for how many groups were tested.
        QValue,
        /// Cases of a customer in a year.
        CasesPerYear,
        /// The same of all others.
        CasesPerYearOfRest,
        /// The share of requests of topics of which the group asks more than three times as often as the rest.
        OffTargetRequests,
        /// The same of all others.
        OffTargetRequestsOfRest,
        /// The share of customers with whom success was not agreed.
        UndefinedShare,
        /// The same of all others.
        UndefinedShareOfRest,
        /// After how many months a customer has paid for itself.
        PaybackMonths,
        /// For how many months customers are expected to stay.
        LifetimeMonths,
        /// Days since the last contact in which both sides spoke.
        DaysSinceContact,
        /// The day of that contact.
        LastContact,
        /// Use, as a share of what it was.
        UseKept,
        /// Days for which nobody has had the role.
        DaysVacant,
        /// The role.
        Role,
        /// People of the customer who are there.
        People,
        /// The share of what was sent that was opened.
        OpenedShare,
        /// The score of health.
        Score,
        /// What it has changed by.
        ScoreChange,
        /// The share of the drifting MRR whose score has not fallen.
        UnseenShare,
        /// Days since the customer came.
        DaysAsCustomer,
        /// The outcome.
        Outcome,
        /// How much of the way to it lies behind.
        Progress,
        /// How much of the time for it is over.
        TimeSpent,
        /// Days since it was due.
        DaysOverdue,
        /// How it feels to be on the way, from 0 to 10.
        Experience,
        /// The share of the scorecard's weight that has evidence.
        EvidenceCoverage,
        /// Days since the newest evidence.
        DaysSinceEvidence,
        /// Days in the worst band, at least.
        DaysRed,
        /// Actions that are open.
        OpenActions,
        /// What the validation said.
        Validation,
        /// Days from the first one until value, or so far.
        DaysToValue,
        /// The share of the first term that this took.
        ShareOfTerm,
        /// Days behind the plan.
        DaysBehindPlan,
        /// The share of those who came lately that has value within the days that are acceptable.
        ValueShare,
        /// The day by which half of those who came lately have value.
        MedianDays,
        /// The same of those who came before.
        EarlierMedianDays,
        /// How often as much is found where there is nothing.
        PValue,
    }
    /// In what something is measured.
    MeasureUnit {
        /// A share of a whole.
        Share,
        /// Days.
        Days,
        /// Months.
        Months,
        /// Points of a scale.
        Points,
        /// So many.
        Count,
        /// How often something happens by chance.
        Probability,
        /// A number without a unit.
        Number,
        /// A day.
        Date,
        /// A name.
        Text,
    }
    /// On which side of a threshold a value is acceptable; the threshold itself is.
    Bound {
        /// From it up.
        AtLeast,
        /// Up to it.
        AtMost,
    }
}

impl ReviewMeasure {
    pub(crate) fn unit(self) -> MeasureUnit {
        match self {
            Self::FailingShare
            | Self::UnfitShare
            | Self::EarlierUnfitShare
            | Self::EarlyChurn
            | Self::EarlyChurnOfRest
            | Self::EarlyChurnExcess
            | Self::LeastExcess
            | Self::OffTargetRequests
            | Self::OffTargetRequestsOfRest
            | Self::UndefinedShare
            | Self::UndefinedShareOfRest
            | Self::UseKept
            | Self::OpenedShare
            | Self::UnseenShare
            | Self::Progress
            | Self::TimeSpent
            | Self::EvidenceCoverage
            | Self::ShareOfTerm
            | Self::ValueShare => MeasureUnit::Share,
            Self::DaysSinceContact
            | Self::DaysVacant
            | Self::DaysAsCustomer
            | Self::DaysOverdue
            | Self::DaysSinceEvidence
            | Self::DaysRed
            | Self::DaysToValue
            | Self::DaysBehindPlan
            | Self::MedianDays
            | Self::EarlierMedianDays => MeasureUnit::Days,
            Self::PaybackMonths | Self::LifetimeMonths => MeasureUnit::Months,
            Self::Fit | Self::Score | Self::ScoreChange | Self::Experience => MeasureUnit::Points,
            Self::FailingCustomers | Self::Customers | Self::People | Self::OpenActions => MeasureUnit::Count,
            Self::QValue | Self::PValue => MeasureUnit::Probability,
            Self::CasesPerYear | Self::CasesPerYearOfRest => MeasureUnit::Number,
            Self::LastContact => MeasureUnit::Date,
            Self::Role | Self::Outcome | Self::Validation => MeasureUnit::Text,
        }
    }

    /// On which side of its threshold a value is acceptable.
    pub(crate) fn bound(self) -> Bound {
        match self {
            Self::Fit
            | Self::UseKept
            | Self::People
            | Self::OpenedShare
            | Self::Progress
            | Self::Experience
            | Self::EvidenceCoverage
            | Self::OpenActions
            | Self::ValueShare => Bound::AtLeast,
            _ => Bound::AtMost,
        }
    }
}

/// What a finding is of.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) enum Subject {
    Company,
    /// Customers with a value of a column, or without any.
    Group {
        column: String,
        value: Option<String>,
    },
    /// A customer, by its position among all.
    Customer(u32),
}

/// A value that was measured.
#[derive(Clone, Debug, PartialEq)]
pub(crate) enum Seen {
    Number(f64),
    Day(Day),
    Text(String),
}

/// What was measured, beside the last value that is acceptable.
#[derive(Clone, Debug, PartialEq)]
pub(crate) struct Evidence {
    pub(crate) measure: ReviewMeasure,
    pub(crate) seen: Seen,
    pub(crate) threshold: Option<f64>,
}

impl Evidence {
    /// A number that has a threshold.
    pub(crate) fn held(measure: ReviewMeasure, number: f64, threshold: f64) -> Self {
        Self { measure, seen: Seen::Number(number), threshold: Some(threshold) }
    }

    /// A number that stands beside others.
    pub(crate) fn number(measure: ReviewMeasure, number: f64) -> Self {
        Self { measure, seen: Seen::Number(number), threshold: None }
    }

    pub(crate) fn day(measure: ReviewMeasure, day: Day) -> Self {
        Self { measure, seen: Seen::Day(day), threshold: None }
    }

    /// A word of the library's, which is said in every language.
    pub(crate) fn word(measure: ReviewMeasure, word: &'static str) -> Self {
        Self::text(measure, word)
    }

    /// A name that the company gave.
    pub(crate) fn text(measure: ReviewMeasure, text: &str) -> Self {
        Self { measure, seen: Seen::Text(text.to_owned()), threshold: None }
    }
}

/// What a rule found.
#[derive(Clone, Debug, PartialEq)]
pub(crate) struct Finding {
    pub(crate) principle: Principle,
    pub(crate) check: Check,
    pub(crate) subject: Subject,
    pub(crate) severity: Severity,
    /// In units.
    pub(crate) mrr_at_stake: i128,
    /// The customers that it concerns, by their positions among all.
    pub(crate) concerns: Vec<u32>,
    /// The first day on which it would have been found; none where that is not known.
    pub(crate) since: Option<Day>,
    pub(crate) evidence: Vec<Evidence>,
}

impl Finding {
    pub(crate) fn scope(&self) -> FindingScope {
        match self.subject {
            Subject::Company => FindingScope::Company,
            Subject::Group { .. } => FindingScope::Segment,
            Subject::Customer(_) => FindingScope::Customer,
        }
    }

    /// What it is of by name: nothing of the company, `column=value` or `column` of a group, or a customer.
    pub(crate) fn subject<'n>(&self, name: impl Fn(u32) -> &'n str) -> Option<String> {
        match &self.subject {
            Subject::Company => None,
            Subject::Group { column, value: Some(value) } => Some(format!("{}={value}", escaped(column))),
            Subject::Group { column, value: None } => Some(escaped(column)),
            Subject::Customer(customer) => Some(name(*customer).to_owned()),
        }
    }

    /// The same finding has this id on any day: principle, check, scope and subject.
    pub(crate) fn id(&self, subject: Option<&str>) -> String {
        let (principle, check, scope) = (self.principle, self.check, self.scope());
        match subject {
            None => format!("{principle}/{check}/{scope}"),
            Some(subject) => format!("{principle}/{check}/{scope}/{subject}"),
        }
    }
}

/// The name of a column in which no `=` ends it.
fn escaped(column: &str) -> String {
    column.replace('%', "%25").replace('=', "%3D")
}

#[cfg(test)]
mod tests {
    use super::*;

    fn finding(subject: Subject) -> Finding {
        Finding {
            principle: Principle::RightCustomer,
            check: Check::EarlyChurn,
            subject,
            severity: Severity::High,
            mrr_at_stake: 0,
            concerns: Vec::new(),
            since: None,
            evidence: Vec::new(),
        }
    }

    fn id(subject: Subject) -> String {
        let finding = finding(subject);
        finding.id(finding.subject(|_| "acme=1").as_deref())
    }

    #[test]
    fn ids_tell_all_subjects_apart() {
        let group = |column: &str, value: Option<&str>| {
            id(Subject::Group { column: column.to_owned(), value: value.map(str::to_owned) })
        };
        assert_eq!(id(Subject::Company), "right_customer/early_churn/company");
        assert_eq!(id(Subject::Customer(7)), "right_customer/early_churn/customer/acme=1");
        assert_eq!(group("channel", Some("a=b")), "right_customer/early_churn/segment/channel=a=b");
        assert_eq!(group("a=b", None), "right_customer/early_churn/segment/a%3Db");
        assert_ne!(group("a=b", Some("c")), group("a", Some("b=c")));
        assert_ne!(group("a", None), group("a", Some("")));
    }
}
