//! What rules look at, one question each.

use crate::word::words;

words! {
    /// A question that a rule asks of a customer, of a group, or of the company.
    Check {
        /// Whether a principle fails, of the whole company.
        PrincipleFails,
        /// Whether a customer fits the product.
        PoorFit,
        /// Whether those who are sold to now fit the product.
        UnfitSales,
        /// Whether the customers of a segment, channel or seller leave early.
        EarlyChurn,
        /// Whether customers are expected to stay until they have paid for themselves.
        Payback,
        /// How long nobody has spoken with a customer.
        Silence,
        /// Whether a customer uses the product less than before.
        FallingUse,
        /// Whether the sponsor or the champion is gone.
        PersonGone,
        /// Whether all that is known of a customer's people is one of them.
        SingleThreaded,
        /// Whether a customer reads what it is sent.
        UnreadMail,
        /// Whether customers drift whose score has not fallen.
        UnseenDrift,
        /// Whether success was agreed with a customer.
        UndefinedSuccess,
        /// Whether a customer is on the way to what it wants to reach.
        OffPath,
        /// How it feels to a customer to be on the way.
        PoorExperience,
        /// Whether a customer is content that does not get what it wants to reach.
        PleasantButUnmet,
        /// Whether a customer has reached what it wanted.
        Achieved,
        /// Whether there is enough evidence for a score.
        Unmonitored,
        /// Whether any of the evidence is recent.
        StaleEvidence,
        /// Whether anybody does something for a customer in the worst band.
        RedWithoutAction,
        /// For how long nobody has.
        RedIgnored,
        /// Whether the score was held against what customers then did.
        UnvalidatedScore,
        /// Whether a customer still waits for value.
        Stuck,
        /// Whether a customer waited too long.
        LateValue,
        /// Whether value came when it was promised.
        PromiseMissed,
        /// Whether those who came lately wait longer than those before them.
        SlowerCohorts,
    }
    /// What a finding is of.
    FindingScope {
        /// The company.
        Company,
        /// Customers with the same value of a column.
        Segment,
        /// A customer.
        Customer,
    }
    /// How much a finding matters.
    Severity {
        /// A principle fails, or a customer at fault falls due soon.
        High,
        /// A customer at fault.
        Medium,
        /// A sign that is no fault yet.
        Low,
        /// Something that could be won.
        Opportunity,
    }
}

/// What it means to find something.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Weight {
    /// The principle fails for the customer.
    Fault,
    /// A sign that is told, and by which no principle fails.
    Sign,
    /// Something that could be won.
    Opportunity,
    /// What is asked of groups or of the company, which say themselves how much it matters.
    OfGroups,
}

impl Check {
    /// Whether a customer of whom it finds something fails the principle.
    pub(crate) fn is_fault(self) -> bool {
        self.weight() == Weight::Fault
    }

    pub(crate) fn weight(self) -> Weight {
        match self {
            Self::SingleThreaded | Self::UnreadMail | Self::PleasantButUnmet | Self::PromiseMissed => Weight::Sign,
            Self::Achieved => Weight::Opportunity,
            Self::PoorFit
            | Self::Silence
            | Self::FallingUse
            | Self::PersonGone
            | Self::UndefinedSuccess
            | Self::OffPath
            | Self::PoorExperience
            | Self::Unmonitored
            | Self::StaleEvidence
            | Self::RedWithoutAction
            | Self::RedIgnored
            | Self::Stuck
            | Self::LateValue => Weight::Fault,
            Self::PrincipleFails
            | Self::UnfitSales
            | Self::EarlyChurn
            | Self::Payback
            | Self::UnseenDrift
            | Self::UnvalidatedScore
            | Self::SlowerCohorts => Weight::OfGroups,
        }
    }
}
