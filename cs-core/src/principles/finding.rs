//! What a rule found: of what, how much it matters, what was measured, what is at stake.

use std::borrow::Cow;

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
        /// How many segments, channels and sellers stand out.
        AccusedGroups,
        /// How well a customer fits, from 0 to 100.
        Fit,
        /// Of the MRR of customers who came lately, the share of those who do not fit.
        UnfitShare,
        /// Of the MRR of customers who came before, the share of those who do not fit.
        EarlierUnfitShare,
        /// Customers of the group that have ever paid.
        Customers,
        /// The share of the group's customers that leaves within the horizon.
        EarlyChurn,
        /// The share of all other customers that leaves within the horizon.
        EarlyChurnOfRest,
        /// The early churn of the group less that of the rest.
        EarlyChurnExcess,
        /// The lower end of the 95% interval of that difference.
        LeastExcess,
        /// The false discovery rate at which the group would just be accused, after Y. Benjamini and Y. Hochberg.
        QValue,
        /// Support cases that a customer of the group has in a year.
        CasesPerYear,
        /// Support cases that one of all other customers has in a year.
        CasesPerYearOfRest,
        /// Of the group's requests, the share of topics of which it asks more than three times as often as the rest.
        OffTargetRequests,
        /// Of all other customers' requests, the share of those topics.
        OffTargetRequestsOfRest,
        /// The share of the group's customers without an outcome on record that they did not refuse.
        UndefinedShare,
        /// The share of all other customers without one.
        UndefinedShareOfRest,
        /// After how many months a customer has paid for what it cost to win it and to get it started.
        PaybackMonths,
        /// For how many months customers are expected to stay.
        LifetimeMonths,
        /// Days since both sides spoke, or since the customer came, or came back, if that was later.
        DaysSilent,
        /// The day of the last contact in which both sides spoke.
        LastContact,
        /// The mean of use over the last days, as a share of that over as many days before.
        UseKept,
        /// Days for which nobody has had a role that somebody had.
        DaysVacant,
        /// The role that is vacant.
        Role,
        /// How many people of the customer are there.
        People,
        /// The share of what was sent that was opened.
        OpenedShare,
        /// The score of health.
        Score,
        /// By how many points the score of health has changed.
        ScoreChange,
        /// The share of the drifting MRR whose score has not fallen.
        UnseenShare,
        /// Days since the customer came.
        DaysAsCustomer,
        /// The outcome that the customer wants to reach.
        Outcome,
        /// How much of the way to the outcome lies behind: from its baseline to where it stands, as a share of that to its target.
        Progress,
        /// Days since the outcome was agreed, as a share of those until it is due; above one of what is overdue.
        TimeSpent,
        /// Days since the outcome was due.
        DaysOverdue,
        /// How it feels to the customer to be on the way, from 0 to 10.
        Experience,
        /// The share of a scorecard's weight, or of the MRR that is asked about, that has evidence.
        EvidenceCoverage,
        /// Days since the newest evidence.
        DaysSinceEvidence,
        /// Days from an earlier one on which the customer was in the worst band, too: so long nobody began an action.
        DaysIgnored,
        /// That earlier day.
        RedOn,
        /// The score of health on that day.
        EarlierScore,
        /// Actions that are open for the customer.
        OpenActions,
        /// What the validation said of the score.
        Validation,
        /// Days from the first one until value, or so far.
        DaysToValue,
        /// The share of the first term that the way to value took.
        ShareOfTerm,
        /// Days from the day on which value was promised until it was reached, or so far.
        DaysBehindPlan,
        /// Of those who came lately, the share that has value within the days that are acceptable.
        ValueShare,
        /// Of those who came before, the share that had value within as many days.
        EarlierValueShare,
        /// The day by which half of those who came lately have value.
        MedianDays,
        /// The day by which half of those who came before had value.
        EarlierMedianDays,
        /// The probability that a difference as large comes by chance.
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
            | Self::ValueShare
            | Self::EarlierValueShare => MeasureUnit::Share,
            Self::DaysSilent
            | Self::DaysVacant
            | Self::DaysAsCustomer
            | Self::DaysOverdue
            | Self::DaysSinceEvidence
            | Self::DaysIgnored
            | Self::DaysToValue
            | Self::DaysBehindPlan
            | Self::MedianDays
            | Self::EarlierMedianDays => MeasureUnit::Days,
            Self::PaybackMonths | Self::LifetimeMonths => MeasureUnit::Months,
            Self::Fit | Self::Score | Self::ScoreChange | Self::EarlierScore | Self::Experience => MeasureUnit::Points,
            Self::FailingCustomers | Self::AccusedGroups | Self::Customers | Self::People | Self::OpenActions => {
                MeasureUnit::Count
            }
            Self::QValue | Self::PValue => MeasureUnit::Probability,
            Self::CasesPerYear | Self::CasesPerYearOfRest => MeasureUnit::Number,
            Self::LastContact | Self::RedOn => MeasureUnit::Date,
            Self::Role | Self::Outcome | Self::Validation => MeasureUnit::Text,
        }
    }
}

/// What a finding is of, with the customers that it concerns, by their positions among all.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) enum Subject {
    Company {
        members: Vec<u32>,
    },
    /// Customers with a value of a column.
    Group {
        column: String,
        value: String,
        members: Vec<u32>,
    },
    Customer(u32),
}

impl Subject {
    pub(crate) fn customers(&self) -> &[u32] {
        match self {
            Self::Customer(customer) => std::slice::from_ref(customer),
            Self::Company { members } | Self::Group { members, .. } => members,
        }
    }

    pub(crate) fn customer(&self) -> Option<u32> {
        match self {
            Self::Customer(customer) => Some(*customer),
            _ => None,
        }
    }
}

/// `column=value`: how the subject of a group is called; a column in which no `=` ends it.
pub(crate) fn group(column: &str, value: &str) -> String {
    format!("{}={value}", column.replace('%', "%25").replace('=', "%3D"))
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
    pub(crate) threshold: Option<(Bound, f64)>,
}

impl Evidence {
    /// A number that should be no less.
    pub(crate) fn at_least(measure: ReviewMeasure, number: f64, least: f64) -> Self {
        Self { measure, seen: Seen::Number(number), threshold: Some((Bound::AtLeast, least)) }
    }

    /// A number that should be no more.
    pub(crate) fn at_most(measure: ReviewMeasure, number: f64, most: f64) -> Self {
        Self { measure, seen: Seen::Number(number), threshold: Some((Bound::AtMost, most)) }
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
    /// The first day on which it would have been found; none where that is not known.
    pub(crate) since: Option<Day>,
    pub(crate) evidence: Vec<Evidence>,
}

impl Finding {
    pub(crate) fn scope(&self) -> FindingScope {
        match self.subject {
            Subject::Company { .. } => FindingScope::Company,
            Subject::Group { .. } => FindingScope::Segment,
            Subject::Customer(_) => FindingScope::Customer,
        }
    }

    pub(super) fn is_of_a_group(&self) -> bool {
        self.scope() == FindingScope::Segment
    }

    /// What it is of by name: nothing of the company, `column=value` of a group, or a customer.
    pub(crate) fn subject<'n>(&self, name: impl Fn(u32) -> &'n str) -> Option<Cow<'n, str>> {
        match &self.subject {
            Subject::Company { .. } => None,
            Subject::Group { column, value, .. } => Some(group(column, value).into()),
            Subject::Customer(customer) => Some(name(*customer).into()),
        }
    }

    /// Writes its name, in the place of what stood there.
    pub(crate) fn write_id<'n>(&self, name: impl Fn(u32) -> &'n str, out: &mut String) {
        write_id((self.principle, self.check, self.scope()), self.subject(name).as_deref(), out);
    }
}

/// Writes the name of a finding, in the place of what stood there: the same on any day, of principle, check, scope and subject.
pub(crate) fn write_id(
    (principle, check, scope): (Principle, Check, FindingScope),
    subject: Option<&str>,
    out: &mut String,
) {
    out.clear();
    for part in [principle.name(), check.name(), scope.name()] {
        out.push_str(part);
        out.push('/');
    }
    match subject {
        Some(subject) => out.push_str(subject),
        None => _ = out.pop(),
    }
}

/// The customer that an id of a finding names, if it is one of a customer.
pub(super) fn customer_of(id: &str) -> Option<&str> {
    let mut parts = id.splitn(4, '/').skip(2);
    let scope = parts.next()?;
    parts.next().filter(|_| scope == FindingScope::Customer.name())
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
            since: None,
            evidence: Vec::new(),
        }
    }

    fn id(subject: Subject) -> String {
        let mut id = "what stood there".to_owned();
        finding(subject).write_id(|_| "acme=1", &mut id);
        id
    }

    #[test]
    fn ids_tell_all_subjects_apart() {
        let group = |column: &str, value: &str| {
            id(Subject::Group { column: column.to_owned(), value: value.to_owned(), members: Vec::new() })
        };
        assert_eq!(id(Subject::Company { members: Vec::new() }), "right_customer/early_churn/company");
        assert_eq!(id(Subject::Customer(7)), "right_customer/early_churn/customer/acme=1");
        assert_eq!(group("channel", "a=b"), "right_customer/early_churn/segment/channel=a=b");
        assert_ne!(group("a=b", "c"), group("a", "b=c"));
        assert_ne!(group("a%3Db", "c"), group("a=b", "c"));
    }

    #[test]
    fn an_id_names_its_customer_and_no_other() {
        for (id, customer) in [
            ("natural_drift/silence/customer/acme", Some("acme")),
            ("natural_drift/silence/customer/a/customer/b", Some("a/customer/b")),
            ("right_customer/early_churn/segment/channel=x/customer/acme", None),
            ("natural_drift/unseen_drift/company", None),
            ("anything", None),
        ] {
            assert_eq!(customer_of(id), customer, "{id}");
        }
    }
}
