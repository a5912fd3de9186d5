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
        /// For how long both sides have not spoken.
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
        /// Whether a customer in the worst band has been left without any action for days.
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
        /// A principle fails, a segment stands out, or a customer at fault falls due soon.
        High,
        /// A customer at fault, or what was found of the company.
        Medium,
        /// A sign that is no fault yet, of a customer or of the company.
        Low,
        /// Something that could be won.
        Opportunity,
    }
}

/// Whom a question asks of, and what it means to find something.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Asks {
    /// Of every customer.
    Customers(Effect),
    /// Of groups, or of the company: how much it matters.
    Groups(Severity),
}

/// What it means to find something of a customer.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Effect {
    /// The principle fails for the customer.
    Fault,
    /// A sign that is told, and by which no principle fails.
    Sign,
    /// Something that could be won.
    Opportunity,
}

impl Check {
    /// Whether a customer of whom it finds something fails the principle.
    pub(crate) fn is_fault(self) -> bool {
        self.asks() == Asks::Customers(Effect::Fault)
    }

    /// Whether it asks of groups, or of the company.
    pub(crate) fn is_of_groups(self) -> bool {
        matches!(self.asks(), Asks::Groups(_))
    }

    pub(crate) fn asks(self) -> Asks {
        match self {
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
            | Self::LateValue => Asks::Customers(Effect::Fault),
            Self::SingleThreaded | Self::UnreadMail | Self::PleasantButUnmet | Self::PromiseMissed => {
                Asks::Customers(Effect::Sign)
            }
            Self::Achieved => Asks::Customers(Effect::Opportunity),
            Self::PrincipleFails | Self::EarlyChurn => Asks::Groups(Severity::High),
            Self::UnfitSales | Self::Payback | Self::UnvalidatedScore | Self::SlowerCohorts => {
                Asks::Groups(Severity::Medium)
            }
            Self::UnseenDrift => Asks::Groups(Severity::Low),
        }
    }
}
