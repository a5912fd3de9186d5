//! What every number means, as data: a [`Definitions`] value goes into every computation and its fingerprint comes
//! out with every result.

mod switch;

use serde::{Deserialize, Deserializer, Serialize, Serializer};
use sha2::{Digest as _, Sha256};

pub use switch::{
    ChurnDate, ContractKind, Discounts, Fraction, Fx, Paused, ReactivationAs, RenewalUnit, SamePeriodNewAndChurn,
    Sampling,
};

use crate::error::{Code, Error, Problem, quoted};
use crate::json::Json;
use crate::money::ExtraDigits;
use crate::period::{Calendar, Day, Month, PeriodLength};
use switch::{Switch, SwitchKind, refused};

/// Declares the switches once: the struct, its defaults, and all that treats them alike.
macro_rules! definitions {
    ($($(#[doc = $doc:literal])+ $name:ident: $type:ty = $default:expr, $availability:ident;)+) => {
        /// The reading of a book of contracts: every switch, each with a default.
        ///
        /// ```
        /// use cs_core::{Definitions, PeriodLength};
        /// let quarterly = Definitions { period: PeriodLength::Quarter, ..Definitions::default() };
        /// assert_ne!(quarterly.fingerprint(), Definitions::default().fingerprint());
        /// let differences = Definitions::default().diff(&quarterly);
        /// assert_eq!(differences[0].to_string(), r#"period: "month" -> "quarter""#);
        /// ```
        ///
        #[doc = include_str!("switches.md")]
        #[derive(Clone, Debug, Eq)]
        pub struct Definitions {
            $($(#[doc = $doc])+ pub $name: $type,)+
        }

        impl Default for Definitions {
            fn default() -> Self {
                Self { $($name: $default,)+ }
            }
        }

        impl Definitions {
            /// The names of the switches, in their fixed order.
            pub const SWITCHES: &'static [&'static str] = &[$(stringify!($name)),+];

            /// Every switch as the surface manifest says it, in the same order.
            pub(crate) const SPECS: &'static [SwitchSpec] = &[$(SwitchSpec {
                name: stringify!($name),
                kind: <$type as Switch>::KIND,
                built: availability::$availability,
                doc: $crate::docs::documented(concat!($($doc, "\n"),+)),
            }),+];

            /// Every switch with its value, in their fixed order.
            #[must_use]
            pub fn to_object(&self) -> Json {
                Json::object([$((stringify!($name), self.$name.to_json())),+])
            }

            fn set(&mut self, name: &str, value: &Json) -> Result<(), Problem> {
                match name {
                    $(stringify!($name) => {
                        self.$name = Switch::from_json(value).map_err(|expected| refused(name, value, &expected))?;
                    })+
                    _ => return Err(unknown_switch(name)),
                }
                Ok(())
            }

            /// The first switch that asks for something that this version does not have.
            fn missing(&self) -> Option<(&'static str, Json)> {
                let default = Self::default();
                $(if !availability::$availability && self.$name != default.$name {
                    return Some((stringify!($name), self.$name.to_json()));
                })+
                None
            }
        }
    };
}

/// Whether this version takes any value of a switch but its default.
mod availability {
    #![allow(non_upper_case_globals, reason = "these read as words in the list of switches")]
    pub(super) const built: bool = true;
    pub(super) const later: bool = false;
}

definitions! {
    /// How long a period is: a calendar month, a quarter or a year.
    period: PeriodLength = PeriodLength::Month, built;
    /// The month, 1 to 12, that quarters and years are counted from; a fiscal year is named after the calendar year it starts in.
    fiscal_year_start: Month = Month::default(), built;
    /// Which closes are looked at for movements: those of every day, or only those of periods.
    sampling: Sampling = Sampling::Daily, built;
    /// A run of at most so many days without paying, between two of paying, is filled with what was before it.
    gap_tolerance_days: u32 = 0, built;
    /// When a customer who gave notice has churned: at the end of the contract or on the day of the notice.
    churn_date: ChurnDate = ChurnDate::ContractEnd, built;
    /// Which price counts: the one after discount, or the list price where one is given.
    discounts: Discounts = Discounts::Net, built;
    /// What a contract carries on the days of a pause: its MRR or nothing.
    paused: Paused = Paused::Counts, built;
    /// How contracts in other currencies are converted to the reporting one.
    fx: Fx = Fx::Single, later;
    /// The day whose rates `fx="constant"` takes.
    fx_date: Option<Day> = None, later;
    /// Whether a contract in force at no charge makes its customer one that is counted.
    free_counts: bool = false, built;
    /// Contracts of these kinds are not recurring revenue.
    exclude_kinds: Vec<ContractKind> = vec![ContractKind::Trial, ContractKind::OneTime, ContractKind::Usage], built;
    /// A return after more than so many days counts as new; nothing means no limit.
    reactivation_window_days: Option<u32> = None, built;
    /// In which column a return stands, with its amount and its count.
    reactivation_as: ReactivationAs = ReactivationAs::Reactivation, built;
    /// What counts of a customer first seen in a period at whose close it does not pay: both movements or neither.
    same_period_new_and_churn: SamePeriodNewAndChurn = SamePeriodNewAndChurn::Both, built;
    /// Weeks in a month, as an exact fraction: what turns an amount a week into MRR.
    weeks_per_month: Fraction = Fraction::WEEKS_PER_MONTH, built;
    /// Days in a month, as an exact fraction: what turns an amount a day into MRR.
    days_per_month: Fraction = Fraction::DAYS_PER_MONTH, built;
    /// Decimals held beyond the currency's own, 0 to 6.
    extra_digits: ExtraDigits = ExtraDigits::default(), built;
    /// A renewal's successor may start so many days before the term ends.
    early_days: u32 = 60, built;
    /// A renewal's successor may start so many days after the term has ended; until then the renewal is pending.
    renewal_grace_days: u32 = 30, built;
    /// Within what a successor is looked for: a customer's contracts for the same product, or all of them.
    renewal_unit: RenewalUnit = RenewalUnit::CustomerProduct, built;
}

/// A switch as the surface manifest says it.
#[derive(Clone, Copy, Debug)]
pub(crate) struct SwitchSpec {
    pub(crate) name: &'static str,
    pub(crate) kind: SwitchKind,
    /// Whether this version takes anything but the default.
    pub(crate) built: bool,
    pub(crate) doc: &'static str,
}

/// One switch on which two definitions differ.
#[derive(Clone, Debug, PartialEq)]
#[non_exhaustive]
pub struct Difference {
    /// The switch.
    pub switch: &'static str,
    /// Its value in the one.
    pub before: Json,
    /// Its value in the other.
    pub after: Json,
}

/// The difference, keys in their fixed order.
impl From<Difference> for Json {
    fn from(difference: Difference) -> Self {
        let switch = ("switch", Self::from(difference.switch));
        Self::object([switch, ("before", difference.before), ("after", difference.after)])
    }
}

impl std::fmt::Display for Difference {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        write!(f, "{}: {} -> {}", self.switch, self.before, self.after)
    }
}

impl Definitions {
    /// The default reading with the switches of a JSON object set.
    ///
    /// # Errors
    /// `unknown_switch`, `invalid_switch`, `invalid_argument`.
    pub fn from_object(object: &Json) -> Result<Self, Error> {
        Self::default().replace(object)
    }

    /// The same reading with the switches of a JSON object set.
    ///
    /// ```
    /// use cs_core::{Definitions, Json};
    /// let yearly = Definitions::default().replace(&Json::parse(r#"{"period":"year","fiscal_year_start":4}"#)?)?;
    /// assert_eq!(yearly.fiscal_year_start.number(), 4);
    /// # Ok::<(), cs_core::Error>(())
    /// ```
    ///
    /// # Errors
    /// `unknown_switch`, `invalid_switch`, `invalid_argument`.
    pub fn replace(&self, object: &Json) -> Result<Self, Error> {
        let Json::Object(entries) = object else {
            let message = format!("{} is not an object of switches", object.describe());
            return Err(Problem::argument(Code::InvalidArgument, "definitions", message).into());
        };
        let mut definitions = self.clone();
        for (name, value) in entries {
            definitions.set(name, value)?;
        }
        Ok(definitions)
    }

    /// Reads what [`Definitions::to_json`] wrote; switches that are not named keep their default.
    ///
    /// # Errors
    /// `invalid_json`, `duplicate_key`, `unknown_switch`, `invalid_switch`.
    pub fn from_json(text: &str) -> Result<Self, Error> {
        let object = Json::parse(text).map_err(|problem| Problem { path: "definitions".to_owned(), ..problem })?;
        Self::from_object(&object)
    }

    /// The canonical JSON of all switches: no spaces, keys in their fixed order.
    #[must_use]
    pub fn to_json(&self) -> String {
        self.to_object().to_string()
    }

    /// SHA-256 of the canonical JSON of all switches, in lower-case hexadecimal.
    #[must_use]
    pub fn fingerprint(&self) -> String {
        Sha256::digest(self.to_json()).iter().map(|byte| format!("{byte:02x}")).collect()
    }

    /// The switches on which `other` differs, in their fixed order.
    #[must_use]
    pub fn diff(&self, other: &Self) -> Vec<Difference> {
        let (Json::Object(before), Json::Object(after)) = (self.to_object(), other.to_object()) else {
            return Vec::new();
        };
        let pairs = Self::SWITCHES.iter().zip(before.into_iter().zip(after));
        pairs
            .filter(|(_, (before, after))| before != after)
            .map(|(switch, ((_, before), (_, after)))| Difference { switch, before, after })
            .collect()
    }

    /// Whether a switch takes a day, which JSON has as text.
    #[must_use]
    pub fn takes_day(switch: &str) -> bool {
        Self::SPECS.iter().any(|spec| spec.name == switch && spec.kind == SwitchKind::Date)
    }

    /// The cut of time into periods.
    #[must_use]
    pub fn calendar(&self) -> Calendar {
        Calendar::new(self.period, self.fiscal_year_start)
    }

    /// Refuses what this version cannot compute: no switch is ever ignored.
    pub(crate) fn ensure_available(&self) -> Result<(), Problem> {
        let Some((switch, value)) = self.missing() else { return Ok(()) };
        let message = format!("{switch} cannot be set to {} in this version", value.describe());
        let path = format!("definitions.{switch}");
        Err(Problem::argument(Code::NotAvailable, path, message)
            .value(&value.plain())
            .help("leave the switch at its default"))
    }
}

/// Equal readings, whatever the order in which a set was written.
impl PartialEq for Definitions {
    fn eq(&self, other: &Self) -> bool {
        self.to_object() == other.to_object()
    }
}

fn unknown_switch(name: &str) -> Problem {
    let message = format!("there is no switch {}", quoted(name));
    Problem::argument(Code::UnknownSwitch, format!("definitions.{}", crate::error::cut(name)), message)
        .value(name)
        .help(format!("the switches are {}", Definitions::SWITCHES.join(", ")))
}

impl Serialize for Definitions {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        self.to_object().serialize(serializer)
    }
}

impl<'de> Deserialize<'de> for Definitions {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        let object = Json::deserialize(deserializer)?;
        Self::from_object(&object).map_err(serde::de::Error::custom)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn code(text: &str) -> Option<(Code, String)> {
        let error = Definitions::from_json(text).err()?;
        error.problems().first().map(|problem| (problem.code, problem.path.clone()))
    }

    #[test]
    fn canonical_json_is_fixed() {
        // A change here changes every fingerprint: it is a breaking change and belongs into the changelog.
        assert_eq!(
            Definitions::default().to_json(),
            concat!(
                r#"{"period":"month","fiscal_year_start":1,"sampling":"daily","gap_tolerance_days":0,"#,
                r#""churn_date":"contract_end","discounts":"net","paused":"counts","fx":"single","fx_date":null,"#,
                r#""free_counts":false,"exclude_kinds":["trial","one_time","usage"],"reactivation_window_days":null,"#,
                r#""reactivation_as":"reactivation","same_period_new_and_churn":"both","weeks_per_month":"52/12","#,
                r#""days_per_month":"365/12","extra_digits":0,"early_days":60,"renewal_grace_days":30,"#,
                r#""renewal_unit":"customer_product"}"#
            )
        );
    }

    #[test]
    fn the_guide_has_a_section_for_every_switch_in_order() {
        let sections = include_str!("switches.md").split("\n## ").skip(1);
        let sections: Vec<(&str, &str)> = sections.filter_map(|section| section.split_once('\n')).collect();
        let names: Vec<&str> = sections.iter().map(|&(name, _)| name).collect();
        assert_eq!(names, Definitions::SWITCHES);
        for (spec, (name, text)) in Definitions::SPECS.iter().zip(sections) {
            // An example says what is found without the switch and with it.
            assert_eq!(text.contains("\n```\n") && text.matches("assert").count() >= 2, spec.built, "{name}");
            assert_eq!(text.contains("Not built in this version"), !spec.built, "{name}");
        }
    }

    #[test]
    fn json_is_read_back() -> Result<(), Error> {
        let definitions = Definitions {
            period: PeriodLength::Year,
            exclude_kinds: vec![ContractKind::Usage, ContractKind::Trial],
            fx_date: "2026-01-31".parse().ok(),
            reactivation_window_days: Some(90),
            ..Definitions::default()
        };
        let read = Definitions::from_json(&definitions.to_json())?;
        assert_eq!(read, definitions);
        assert_eq!(read.fingerprint(), definitions.fingerprint());
        assert!(definitions.diff(&read).is_empty());
        assert_eq!(Definitions::from_json("{}")?, Definitions::default());
        Ok(())
    }

    #[test]
    fn what_no_switch_takes_is_refused_with_its_path() {
        let path = |name: &str| format!("definitions.{name}");
        assert_eq!(code("[]"), Some((Code::InvalidArgument, "definitions".to_owned())));
        assert_eq!(code("{"), Some((Code::InvalidJson, "definitions".to_owned())));
        assert_eq!(code(r#"{"period":"month","period":"year"}"#), Some((Code::DuplicateKey, "definitions".to_owned())));
        assert_eq!(code(r#"{"periods":"month"}"#), Some((Code::UnknownSwitch, path("periods"))));
        for (name, value) in [
            ("period", r#""Month""#),
            ("period", "1"),
            ("fiscal_year_start", "0"),
            ("fiscal_year_start", "13"),
            ("fiscal_year_start", "1.5"),
            ("extra_digits", "7"),
            ("extra_digits", "-1"),
            ("gap_tolerance_days", "-1"),
            ("free_counts", "1"),
            ("exclude_kinds", r#""trial""#),
            ("exclude_kinds", r#"["trials"]"#),
            ("days_per_month", r#""0/12""#),
            ("days_per_month", r#""365/""#),
            ("days_per_month", "30.4"),
            ("fx_date", r#""2026-02-30""#),
        ] {
            let text = format!(r#"{{"{name}":{value}}}"#);
            assert_eq!(code(&text), Some((Code::InvalidSwitch, path(name))), "{text}");
        }
    }

    #[test]
    fn what_is_not_built_is_refused_and_the_rest_is_not() -> Result<(), Error> {
        let refusal = |text: &str| {
            Definitions::from_json(text).map(|definitions| definitions.ensure_available().map_err(|p| (p.code, p.path)))
        };
        for name in Definitions::SWITCHES {
            let changed = match *name {
                "period" => r#""quarter""#,
                "fiscal_year_start" => "4",
                "exclude_kinds" => "[]",
                "extra_digits" => "2",
                "sampling" => r#""period_end""#,
                "churn_date" => r#""notice""#,
                "discounts" => r#""list""#,
                "paused" => r#""zero""#,
                "fx" => r#""constant""#,
                "fx_date" => r#""2026-01-31""#,
                "free_counts" => "true",
                "reactivation_as" => r#""new""#,
                "same_period_new_and_churn" => r#""neither""#,
                "weeks_per_month" | "days_per_month" => r#""30""#,
                "renewal_unit" => r#""customer""#,
                _ => "7",
            };
            let later = ["fx", "fx_date"].contains(name);
            let expected = if later { Err((Code::NotAvailable, format!("definitions.{name}"))) } else { Ok(()) };
            assert_eq!(refusal(&format!(r#"{{"{name}":{changed}}}"#))?, expected);
        }
        Ok(())
    }
}
