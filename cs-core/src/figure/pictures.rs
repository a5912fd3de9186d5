//! Which picture is made by whom.

use super::source::Source;
use super::{Figure, Picture, not_of};
use crate::error::Error;
use crate::locale::Locale;
use crate::table::Table;

impl Table {
    /// A picture of a result; [`Table::pictures`] says which there are.
    ///
    /// # Errors
    /// `invalid_argument` for a picture that the result does not have, `limit_exceeded` where more stands side by side
    /// than can be seen, and `overflow` for amounts and shares that have no place on an axis.
    pub fn figure(&self, picture: Picture, locale: Locale) -> Result<Figure, Error> {
        if !self.pictures().contains(&picture) {
            return Err(not_of(self, picture).into());
        }
        let source = Source { table: self, locale };
        let figure = match picture {
            #[cfg(feature = "forecast")]
            Picture::Churn if self.schema() == "drilldown_churn_by_industry" => source.churn_by_industry(),
            Picture::Movements => source.movements(),
            Picture::Waterfall => source.waterfall(),
            Picture::Arr => source.arr(),
            Picture::Concentration => source.concentration(),
            Picture::Retention => source.retention(),
            Picture::Churn => source.churn(),
            Picture::CustomerRetention => source.cohorts(picture, "customer_retention", 1.0),
            Picture::RevenueRetention => source.cohorts(picture, "mrr_retention", 1.5),
            Picture::ScoreDistribution => source.score_distribution(),
            Picture::BandMigration => source.band_migration(),
            Picture::Contributions => source.contributions(),
            Picture::ContributionChanges => source.contribution_changes(),
            Picture::Calibration => source.calibration(),
            Picture::Lift => source.lift(),
            Picture::Gains => source.gains(),
            #[cfg(feature = "review")]
            Picture::Verdicts => source.verdicts(),
            #[cfg(feature = "review")]
            Picture::EarlyChurn => source.early_churn(),
            #[cfg(feature = "forecast")]
            _ => source.forecast(picture),
        };
        Ok(figure?)
    }
}
