//! Labels, units and directions by name: data.

use crate::board::Good;
use crate::error::Error;
use crate::json::Json;
use crate::word::words;

words! {
    /// What something is counted in.
    CatalogueUnit {
        /// An amount of money.
        Money,
        /// How many there are.
        Count,
        /// A share of a whole, 1 for all.
        Share,
        /// Another number.
        Ratio,
        /// Days.
        Days,
        /// Months.
        Months,
        /// Hours.
        Hours,
        /// Points of a score.
        Points,
        /// How often a day.
        PerDay,
        /// A day.
        Date,
        /// Text.
        Text,
        /// True or false.
        Flag,
        /// A list of texts.
        List,
        /// A switch of definitions.
        Switch,
    }
}

impl CatalogueUnit {
    /// How a number of it is shown, as spreadsheets write it.
    pub(super) fn format(self) -> Option<&'static str> {
        match self {
            Self::Money => Some("#,##0.00"),
            Self::Count | Self::Days => Some("#,##0"),
            Self::Share => Some("0.0%"),
            Self::Ratio => Some("0.000"),
            Self::Months | Self::Hours | Self::Points => Some("0.0"),
            Self::PerDay => Some("0.00"),
            Self::Date => Some("yyyy-mm-dd"),
            Self::Text | Self::Flag | Self::List | Self::Switch => None,
        }
    }
}

/// What is said of a name, wherever it stands, or in one table.
pub(super) struct Named {
    name: String,
    pub(super) en: String,
    pub(super) ja: String,
    pub(super) unit: CatalogueUnit,
    pub(super) good: Option<Good>,
}

/// What is said of all names, in their order.
pub(super) struct Names(Vec<Named>);

const NAMES: &str = include_str!("names.json");

impl Names {
    pub(super) fn read() -> Result<Self, Error> {
        let json = Json::parse(NAMES)?;
        let named = |json: &Json| {
            let text = |key: &str| json.get(key).and_then(Json::as_text);
            Some(Named {
                name: text("name")?.to_owned(),
                en: text("en")?.to_owned(),
                ja: text("ja")?.to_owned(),
                unit: text("unit").and_then(CatalogueUnit::from_name)?,
                good: text("good").and_then(Good::from_name),
            })
        };
        let all: Option<Vec<Named>> = json.as_array().unwrap_or_default().iter().map(named).collect();
        all.map(Self).ok_or_else(|| Error::internal("a name of the catalogue says too little"))
    }

    /// What is said of a name: where it stands, if that is told apart, or wherever it does.
    pub(super) fn get(&self, operation: &str, name: &str) -> Result<&Named, Error> {
        let find = |name: &str| {
            let found = self.0.binary_search_by(|named| named.name.as_str().cmp(name)).ok();
            found.and_then(|position| self.0.get(position))
        };
        let named = find(&format!("{operation}.{name}")).or_else(|| find(name));
        named.ok_or_else(|| Error::internal(format!("the catalogue says nothing of {name}")))
    }

    #[cfg(test)]
    pub(super) fn iter(&self) -> impl Iterator<Item = &str> {
        self.0.iter().map(|named| named.name.as_str())
    }
}
