//! Thresholds of rules: each declared once, with its default, its bounds and what it means.

use crate::docs::in_one_line;
use crate::error::Problem;
use crate::float::nearest_even;
use crate::json::Json;
use crate::query::{ONE, read_millionths};
use crate::reading::{Reader, unexpected, whole};

/// What a threshold is.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Takes {
    /// A whole number of a range.
    Whole(u32, u32),
    /// A number from 0 to this one with at most 6 decimals, in millionths.
    Upto(u32),
}

/// A threshold as it is declared.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) struct Spec {
    pub(crate) name: &'static str,
    pub(crate) takes: Takes,
    pub(crate) default: u32,
    pub(crate) doc: &'static str,
}

impl Spec {
    fn read(&self, path: &str, json: &Json) -> Result<u32, Problem> {
        match self.takes {
            Takes::Whole(least, most) => whole(path, json, least..=most),
            Takes::Upto(most) => read_millionths(json, most, |expected| unexpected(path, json, &expected)),
        }
    }

    /// It as data: its name, the least and the most that it takes, its default, what it means.
    pub(crate) fn described(&self) -> Json {
        let (takes, [least, most]) = match self.takes {
            Takes::Whole(least, most) => ("count", [least, most]),
            Takes::Upto(most) => ("number", [0, most]),
        };
        Json::object([
            ("name", Json::from(self.name)),
            ("takes", Json::from(takes)),
            ("least", Json::Integer(least.into())),
            ("most", Json::Integer(most.into())),
            ("default", self.json(self.default)),
            ("doc", Json::Text(in_one_line(self.doc))),
        ])
    }

    pub(crate) fn json(&self, value: u32) -> Json {
        match self.takes {
            Takes::Whole(..) => Json::Integer(value.into()),
            Takes::Upto(_) if value.is_multiple_of(ONE) => Json::Integer((value / ONE).into()),
            Takes::Upto(_) => Json::Float(share(value)),
        }
    }

    /// The value among those of an object, or the one that stood before.
    pub(super) fn replaced(&self, reader: &Reader<'_>, value: u32) -> Result<u32, Problem> {
        Ok(reader.optional(self.name, |path, json| self.read(path, json))?.unwrap_or(value))
    }
}

/// Millionths as a number.
pub(crate) fn share(millionths: u32) -> f64 {
    f64::from(millionths) / f64::from(ONE)
}

/// Whether a number is below another, both rounded to millionths as thresholds are: differences of floats are not exact.
pub(super) fn is_below(number: f64, least: f64) -> bool {
    let millionths = |number: f64| nearest_even(number * f64::from(ONE));
    number < least && millionths(number) < millionths(least)
}

/// The thresholds of a rule.
pub(crate) trait Thresholds: Clone + Default {
    const SPECS: &'static [Spec];

    /// The values in the order of the declarations.
    fn values(&self) -> Vec<u32>;

    /// The same where an object says something else.
    fn replaced(&self, path: &str, json: &Json) -> Result<Self, Problem>;

    /// The same where what stands at a key of an object says something else.
    fn replaced_at(&self, reader: &Reader<'_>, key: &str) -> Result<Self, Problem> {
        let replaced = reader.optional(key, |path, json| self.replaced(path, json))?;
        Ok(replaced.unwrap_or_else(|| self.clone()))
    }

    /// The declarations as data.
    fn described() -> Json {
        Json::Array(Self::SPECS.iter().map(Spec::described).collect())
    }

    /// All of them as an object.
    fn to_json(&self) -> Json {
        Json::object(Self::SPECS.iter().zip(self.values()).map(|(spec, value)| (spec.name, spec.json(value))))
    }
}

/// Declares the thresholds of a rule: whole numbers as they are, others in millionths.
macro_rules! thresholds {
    (
        $(#[$meta:meta])*
        $name:ident {
            $($(#[doc = $doc:literal])+ $field:ident: $takes:ident($($bound:literal),+) = $default:literal,)+
        }
    ) => {
        $(#[$meta])*
        #[derive(Clone, Debug, PartialEq, Eq)]
        pub(crate) struct $name {
            $($(#[doc = $doc])+ pub(crate) $field: u32,)+
        }

        impl Default for $name {
            fn default() -> Self {
                Self { $($field: $default,)+ }
            }
        }

        impl $crate::principles::thresholds::Thresholds for $name {
            const SPECS: &'static [$crate::principles::thresholds::Spec] = &[
                $($crate::principles::thresholds::Spec {
                    name: stringify!($field),
                    takes: $crate::principles::thresholds::Takes::$takes($($bound),+),
                    default: $default,
                    doc: $crate::docs::documented(concat!($($doc, "\n"),+)),
                },)+
            ];

            fn values(&self) -> Vec<u32> {
                vec![$(self.$field),+]
            }

            fn replaced(
                &self,
                path: &str,
                json: &$crate::json::Json,
            ) -> Result<Self, $crate::error::Problem> {
                let names: Vec<&str> = Self::SPECS.iter().map(|spec| spec.name).collect();
                let reader = $crate::reading::Reader::of(path, json, &names)?;
                let mut specs = Self::SPECS.iter();
                let mut next = |value: u32| specs.next().map_or(Ok(value), |spec| spec.replaced(&reader, value));
                Ok(Self { $($field: next(self.$field)?,)+ })
            }
        }
    };
}

pub(crate) use thresholds;
