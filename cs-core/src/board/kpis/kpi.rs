//! The indicators that there are: what each is counted in, and which direction is good.

use crate::error::Problem;
use crate::json::Json;
use crate::reading::unexpected;
use crate::word::words;

/// Declares the indicators, and what each says of itself.
macro_rules! indicators {
    ($($(#[doc = $doc:literal])+ $variant:ident,)+) => {
        words! {
            /// An indicator of a period.
            Kpi { $($(#[doc = $doc])+ $variant),+ }
        }

        impl Kpi {
            /// What it is.
            #[cfg(feature = "docs")]
            pub(crate) fn doc(self) -> &'static str {
                match self {
                    $(Self::$variant => concat!($($doc, "\n"),+)),+
                }
            }
        }
    };
}

indicators! {
    /// MRR at the close.
    ClosingMrr,
    /// MRR of new customers.
    NewMrr,
    /// MRR that customers who stay pay more.
    ExpansionMrr,
    /// MRR that customers who stay pay less.
    ContractionMrr,
    /// MRR of customers who left.
    ChurnedMrr,
    /// MRR at the close less that at the opening.
    NetNewMrr,
    /// Customers who pay at the close.
    ClosingCustomers,
    /// Customers who first paid in the period.
    NewCustomers,
    /// Customers who left in it.
    ChurnedCustomers,
    /// Opening customers who do not pay at the close, but for those who went to free, over all of them.
    CustomerChurnRate,
    /// What these opening customers paid over opening MRR: no more than all of it.
    RevenueChurnRate,
    /// Customers who went from paid to free over opening customers: never added to churn.
    FreeDowngradeRate,
    /// Opening customers who pay at the close, and did not go to free, over all of them: what is there at the end without what was
    /// gained.
    CustomerRetentionRate,
    /// What the opening customers pay at the close over what they paid at the opening.
    RevenueRetentionRate,
    /// What is left of the MRR of 12 months before, without what any customer pays more.
    GrossRevenueRetention,
    /// What all customers pay of the MRR of 12 months before who paid then, with what any pays more.
    NetRevenueRetention,
    /// What goes on of the MRR that fell due in the period; absent while any of that is pending.
    GrossRenewalRate,
    /// Opening customers whose greatest plan rank for a product rose over all of them.
    UpsellRate,
    /// Opening customers who pay for more products at the close over all of them.
    CrossSellRate,
    /// Opening customers whose greatest plan rank for a product fell over all of them.
    DownsellRate,
    /// Closing less opening customers over opening customers.
    CustomerGrowthRate,
    /// Closing less opening MRR over opening MRR.
    RevenueGrowthRate,
    /// Active over licensed users of the customers who pay at the close: of each the active as last seen in the period, and the
    /// licensed as last known at its close.
    AdoptionRate,
    /// The mean score of `health` on the last day.
    HealthScore,
    /// Of the customers whose time to be onboarded ended in the period those who were by then.
    OnboardingCompletionRate,
    /// The share of promoters less that of detractors, in points.
    Nps,
    /// Answers at or above the threshold over all answers.
    Csat,
    /// Answers over all who were asked.
    SurveyResponseRate,
    /// Cases closed by an agent a day, without those that customers solved alone: the measure of support, shown beside success.
    SupportEfficiency,
}

words! {
    /// What an indicator is counted in.
    KpiUnit {
        /// An amount of money.
        Money,
        /// A whole number.
        Count,
        /// A share of a whole, 1 for all.
        Share,
        /// Points from -100 to 100.
        Points,
        /// A score from 0, the worst, to 100.
        Score,
        /// How often a day.
        PerDay,
    }
    /// Which direction of an indicator is good.
    Good {
        /// The more the better.
        High,
        /// The less the better.
        Low,
    }
}

impl Kpi {
    pub(crate) fn unit(self) -> KpiUnit {
        match self {
            Self::ClosingMrr
            | Self::NewMrr
            | Self::ExpansionMrr
            | Self::ContractionMrr
            | Self::ChurnedMrr
            | Self::NetNewMrr => KpiUnit::Money,
            Self::ClosingCustomers | Self::NewCustomers | Self::ChurnedCustomers => KpiUnit::Count,
            Self::Nps => KpiUnit::Points,
            Self::HealthScore => KpiUnit::Score,
            Self::SupportEfficiency => KpiUnit::PerDay,
            _ => KpiUnit::Share,
        }
    }

    /// The least that it can be, and the greatest; none of what has no bound.
    pub(super) fn bounds(self) -> [Option<f64>; 2] {
        match self.unit() {
            KpiUnit::Money => [None, None],
            KpiUnit::Count | KpiUnit::PerDay => [Some(0.0), None],
            KpiUnit::Points => [Some(-100.0), Some(100.0)],
            KpiUnit::Score => [Some(0.0), Some(100.0)],
            KpiUnit::Share => match self {
                Self::CustomerGrowthRate | Self::RevenueGrowthRate => [Some(-1.0), None],
                Self::RevenueRetentionRate | Self::NetRevenueRetention | Self::AdoptionRate => [Some(0.0), None],
                _ => [Some(0.0), Some(1.0)],
            },
        }
    }

    /// A number that it can be.
    pub(super) fn read(self, path: &str, json: &Json) -> Result<f64, Problem> {
        let [least, greatest] = self.bounds();
        let can_be =
            |&number: &f64| least.is_none_or(|least| number >= least) && greatest.is_none_or(|most| number <= most);
        json.as_number().filter(can_be).ok_or_else(|| {
            let expected = match (least, greatest) {
                (Some(least), Some(greatest)) => format!("a number from {least} to {greatest}"),
                (Some(least), None) => format!("a number from {least}"),
                _ => "a number".to_owned(),
            };
            unexpected(path, json, &expected)
        })
    }

    pub(crate) fn good(self) -> Good {
        match self {
            Self::ContractionMrr
            | Self::ChurnedMrr
            | Self::ChurnedCustomers
            | Self::CustomerChurnRate
            | Self::RevenueChurnRate
            | Self::FreeDowngradeRate
            | Self::DownsellRate => Good::Low,
            _ => Good::High,
        }
    }
}
