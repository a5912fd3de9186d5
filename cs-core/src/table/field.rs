//! Kinds of columns: how the values of one are collected, and how a cell is read.

use std::marker::PhantomData;
use std::sync::Arc;

use chrono::NaiveDate;

use super::reasoned::Reasoned;
use super::{Kind, TextLists, Texts, Values};
use crate::currency::Currency;
use crate::money::Money;
use crate::period::Day;
use crate::ratio::Reason;
use crate::text::{ABSENT, TextPool};
use crate::word::Word;

/// A kind of column: how its values are collected and how one is read.
pub(crate) trait Field {
    /// What its cells are in a generic table.
    const KIND: Kind;
    /// Whether they may be absent.
    const NULLABLE: bool = false;
    /// The words that its texts are chosen from.
    const CHOICES: Option<&'static [&'static str]> = None;
    /// What a column is collected in.
    type Store;
    /// What a row shows.
    type Cell<'a>;

    fn store(pool: &Arc<TextPool>) -> Self::Store;

    /// Why cells are absent, if any is.
    fn absent(_: &Self::Store) -> Option<Reason> {
        None
    }

    fn values(store: Self::Store, digits: u8) -> Values;
    /// `None` only for a column of another kind.
    fn cell(values: &Values, row: usize, currency: Option<Currency>) -> Option<Self::Cell<'_>>;
}

pub(crate) enum Date {}
pub(crate) enum Amount {}
pub(crate) enum Count {}
pub(crate) enum Ratio {}
/// Ratios and other floats that are always there.
pub(crate) enum Number {}
pub(crate) enum Flag {}
pub(crate) enum Text {}
/// Amounts that may be absent, each for a reason.
pub(crate) enum MaybeAmount {}
/// Counts that may be absent, each for a reason.
pub(crate) enum MaybeCount {}
/// Texts that may be absent, each for a reason.
pub(crate) enum MaybeText {}
/// Days that may be absent, each for a reason.
pub(crate) enum MaybeDate {}
pub(crate) enum TextList {}
pub(crate) struct Choice<T>(PhantomData<T>);
/// The same that may be absent, each for a reason.
pub(crate) struct MaybeChoice<T>(PhantomData<T>);

impl Field for Date {
    const KIND: Kind = Kind::Date;

    type Store = Vec<Day>;
    type Cell<'a> = NaiveDate;

    fn store(_: &Arc<TextPool>) -> Self::Store {
        Vec::new()
    }

    fn values(store: Self::Store, _: u8) -> Values {
        Values::Date(store.into())
    }

    fn cell(values: &Values, row: usize, _: Option<Currency>) -> Option<NaiveDate> {
        match values {
            Values::Date(days) => days.get(row).map(Day::date),
            _ => None,
        }
    }
}

impl Field for Amount {
    const KIND: Kind = Kind::Money;

    type Store = Vec<i128>;
    type Cell<'a> = Money;

    fn store(_: &Arc<TextPool>) -> Self::Store {
        Vec::new()
    }

    fn values(store: Self::Store, digits: u8) -> Values {
        Values::Money { units: store.into(), digits }
    }

    fn cell(values: &Values, row: usize, currency: Option<Currency>) -> Option<Money> {
        match values {
            Values::Money { units, digits } => Some(Money::from_units(units.get(row)?, *digits, currency?)),
            _ => None,
        }
    }
}

impl Field for MaybeAmount {
    const KIND: Kind = Kind::Money;
    const NULLABLE: bool = true;

    type Store = Reasoned<i128>;
    type Cell<'a> = Option<Money>;

    fn store(_: &Arc<TextPool>) -> Self::Store {
        Reasoned::with_capacity(0)
    }

    fn absent(store: &Self::Store) -> Option<Reason> {
        store.reason()
    }

    fn values(store: Self::Store, digits: u8) -> Values {
        Values::Money { units: store.into_values(), digits }
    }

    fn cell(values: &Values, row: usize, currency: Option<Currency>) -> Option<Option<Money>> {
        match values {
            Values::Money { units, digits } => {
                let currency = currency?;
                Some(units.get(row).map(|units| Money::from_units(units, *digits, currency)))
            }
            _ => None,
        }
    }
}

impl Field for Count {
    const KIND: Kind = Kind::Count;

    type Store = Vec<u64>;
    type Cell<'a> = u64;

    fn store(_: &Arc<TextPool>) -> Self::Store {
        Vec::new()
    }

    fn values(store: Self::Store, _: u8) -> Values {
        Values::Count(store.into())
    }

    fn cell(values: &Values, row: usize, _: Option<Currency>) -> Option<u64> {
        match values {
            Values::Count(counts) => counts.get(row),
            _ => None,
        }
    }
}

impl Field for MaybeCount {
    const KIND: Kind = Kind::Count;
    const NULLABLE: bool = true;

    type Store = Reasoned<u64>;
    type Cell<'a> = Option<u64>;

    fn store(_: &Arc<TextPool>) -> Self::Store {
        Reasoned::with_capacity(0)
    }

    fn absent(store: &Self::Store) -> Option<Reason> {
        store.reason()
    }

    fn values(store: Self::Store, _: u8) -> Values {
        Values::Count(store.into_values())
    }

    fn cell(values: &Values, row: usize, _: Option<Currency>) -> Option<Option<u64>> {
        match values {
            Values::Count(counts) => Some(counts.get(row)),
            _ => None,
        }
    }
}

impl Field for Ratio {
    const KIND: Kind = Kind::Ratio;
    const NULLABLE: bool = true;

    type Store = Reasoned<f64>;
    type Cell<'a> = Option<f64>;

    fn store(_: &Arc<TextPool>) -> Self::Store {
        Reasoned::with_capacity(0)
    }

    fn absent(store: &Self::Store) -> Option<Reason> {
        store.reason()
    }

    fn values(store: Self::Store, _: u8) -> Values {
        Values::Ratio(store.into_values())
    }

    fn cell(values: &Values, row: usize, _: Option<Currency>) -> Option<Option<f64>> {
        match values {
            Values::Ratio(ratios) => Some(ratios.get(row)),
            _ => None,
        }
    }
}

impl Field for Number {
    const KIND: Kind = Kind::Ratio;

    type Store = Vec<f64>;
    type Cell<'a> = f64;

    fn store(_: &Arc<TextPool>) -> Self::Store {
        Vec::new()
    }

    fn values(store: Self::Store, _: u8) -> Values {
        Values::Ratio(store.into())
    }

    fn cell(values: &Values, row: usize, _: Option<Currency>) -> Option<f64> {
        match values {
            Values::Ratio(ratios) => ratios.get(row),
            _ => None,
        }
    }
}

impl Field for Flag {
    const KIND: Kind = Kind::Flag;

    type Store = Vec<bool>;
    type Cell<'a> = bool;

    fn store(_: &Arc<TextPool>) -> Self::Store {
        Vec::new()
    }

    fn values(store: Self::Store, _: u8) -> Values {
        Values::Flag(store.into())
    }

    fn cell(values: &Values, row: usize, _: Option<Currency>) -> Option<bool> {
        match values {
            Values::Flag(flags) => flags.get(row),
            _ => None,
        }
    }
}

impl Field for Text {
    const KIND: Kind = Kind::Text;

    type Store = (Vec<u32>, Arc<TextPool>);
    type Cell<'a> = &'a str;

    fn store(pool: &Arc<TextPool>) -> Self::Store {
        (Vec::new(), Arc::clone(pool))
    }

    fn values((codes, pool): Self::Store, _: u8) -> Values {
        Values::Text(Texts::new(codes, pool))
    }

    fn cell(values: &Values, row: usize, _: Option<Currency>) -> Option<&str> {
        match values {
            Values::Text(texts) => texts.get(row),
            _ => None,
        }
    }
}

impl Field for MaybeText {
    const KIND: Kind = Kind::Text;
    const NULLABLE: bool = true;

    type Store = (Reasoned<u32>, Arc<TextPool>);
    type Cell<'a> = Option<&'a str>;

    fn store(pool: &Arc<TextPool>) -> Self::Store {
        (Reasoned::with_capacity(0), Arc::clone(pool))
    }

    fn absent((codes, _): &Self::Store) -> Option<Reason> {
        codes.reason()
    }

    fn values((codes, pool): Self::Store, _: u8) -> Values {
        Values::Text(Texts::new(codes.into_values().into_values(ABSENT), pool))
    }

    fn cell(values: &Values, row: usize, _: Option<Currency>) -> Option<Option<&str>> {
        match values {
            Values::Text(texts) => Some(texts.get(row)),
            _ => None,
        }
    }
}

impl Field for MaybeDate {
    const KIND: Kind = Kind::Date;
    const NULLABLE: bool = true;

    type Store = Reasoned<Day>;
    type Cell<'a> = Option<NaiveDate>;

    fn store(_: &Arc<TextPool>) -> Self::Store {
        Reasoned::with_capacity(0)
    }

    fn absent(store: &Self::Store) -> Option<Reason> {
        store.reason()
    }

    fn values(store: Self::Store, _: u8) -> Values {
        Values::Date(store.into_values())
    }

    fn cell(values: &Values, row: usize, _: Option<Currency>) -> Option<Option<NaiveDate>> {
        match values {
            Values::Date(days) => Some(days.get(row).map(Day::date)),
            _ => None,
        }
    }
}

/// The words of an enumeration, as texts.
impl<T: Word> Field for Choice<T> {
    const KIND: Kind = Kind::Text;
    const CHOICES: Option<&'static [&'static str]> = Some(T::WORDS);

    type Store = Vec<T>;
    type Cell<'a> = T;

    fn store(_: &Arc<TextPool>) -> Self::Store {
        Vec::new()
    }

    fn values(store: Self::Store, _: u8) -> Values {
        let pool = Arc::new(T::WORDS.iter().copied().collect());
        Values::Text(Texts::new(store.into_iter().map(|is| is.position() as u32).collect(), pool))
    }

    fn cell(values: &Values, row: usize, _: Option<Currency>) -> Option<T> {
        match values {
            Values::Text(texts) => T::from_word(texts.get(row)?),
            _ => None,
        }
    }
}

impl<T: Word> Field for MaybeChoice<T> {
    const KIND: Kind = Kind::Text;
    const NULLABLE: bool = true;
    const CHOICES: Option<&'static [&'static str]> = Some(T::WORDS);

    type Store = Reasoned<u32>;
    type Cell<'a> = Option<T>;

    fn store(_: &Arc<TextPool>) -> Self::Store {
        Reasoned::with_capacity(0)
    }

    fn absent(store: &Self::Store) -> Option<Reason> {
        store.reason()
    }

    fn values(store: Self::Store, _: u8) -> Values {
        let pool = Arc::new(T::WORDS.iter().copied().collect());
        Values::Text(Texts::new(store.into_values().into_values(ABSENT), pool))
    }

    fn cell(values: &Values, row: usize, _: Option<Currency>) -> Option<Option<T>> {
        match values {
            Values::Text(texts) => Some(texts.get(row).and_then(T::from_word)),
            _ => None,
        }
    }
}

impl Field for TextList {
    const KIND: Kind = Kind::TextList;

    type Store = TextLists;
    type Cell<'a> = super::TextList<'a>;

    fn store(pool: &Arc<TextPool>) -> Self::Store {
        TextLists::of(Arc::clone(pool))
    }

    fn values(store: Self::Store, _: u8) -> Values {
        Values::TextList(store)
    }

    fn cell(values: &Values, row: usize, _: Option<Currency>) -> Option<super::TextList<'_>> {
        match values {
            Values::TextList(lists) => lists.get(row),
            _ => None,
        }
    }
}
