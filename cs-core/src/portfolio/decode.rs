//! From whatever a host had to typed columns: the one place where a cell is judged.

use std::borrow::Cow;
use std::ops::Range;
use std::sync::Arc;

use super::input::{InputColumn, Scalar, TextColumn};
use super::refusal::Refusal;
use super::schema::ColumnKind;
use super::sheet::Sheet;
use crate::float;
use crate::interner::Interner;
use crate::json::EXACT;
use crate::money::{AmountFault, decimal_text, json_number, parse_units, rescale};
use crate::parts::{ROWS, in_parts};
use crate::period::{Day, DayError};
use crate::table::{Nullable, Texts, Values};
use crate::text::ABSENT;
use crate::watch::{Progress, STRIDE_OF_PARTS, Stage, Stopped};

impl Sheet<'_> {
    /// Reads a column with `read`, which says what is wrong with a value that it refuses.
    fn cells<T: Copy + Default + Send>(
        &mut self,
        name: &str,
        column: &InputColumn,
        read: impl Fn(usize, Scalar<'_>) -> Result<T, Refusal> + Sync,
    ) -> Nullable<T> {
        let read = |row, scalar: Scalar<'_>| match scalar {
            Scalar::Float(number) if number.is_nan() => Err(Refusal::NotANumber),
            scalar => read(row, scalar),
        };
        let progress = Progress::of(self.terms.watch, Stage::Read, self.rows());
        let in_part = |part: Range<usize>| {
            let (mut values, mut refused) = (Nullable::with_capacity(part.len()), Vec::new());
            for run in part.clone().step_by(STRIDE_OF_PARTS) {
                progress.report(run - part.start).map_err(|error| progress.stop(error))?;
                column.for_each(run..part.end.min(run + STRIDE_OF_PARTS), &mut |row, scalar| {
                    let value = match scalar {
                        Scalar::Absent => None,
                        scalar => read(row, scalar).map_err(|_| refused.push(row)).ok(),
                    };
                    values.push(value);
                });
            }
            Ok((values, refused))
        };
        let (mut values, mut refused) = (Nullable::default(), Vec::new());
        for part in in_parts(self.rows(), ROWS, in_part) {
            match part {
                Ok((more, others)) => {
                    values.append(more);
                    refused.extend(others);
                }
                Err(Stopped) => self.stopped = true,
            }
        }
        self.fill(name, &values);
        self.refuse_cells(name, column, &refused, &|row, scalar| read(row, scalar).err());
        values
    }

    /// Notes which rows have a value in a column, and whether others lack one that they must have.
    fn fill<T: Copy + Default>(&mut self, name: &str, values: &Nullable<T>) {
        let Some(present) = values.present() else { return self.filled.fill(true) };
        self.filled.iter_mut().zip(present).for_each(|(filled, &present)| *filled |= present);
        self.missing.extend(self.spec.column(name).filter(|spec| spec.required).map(|spec| spec.name));
    }

    /// Refuses cells, given why; apart from the loop over all of them, which is compiled for every kind of column.
    #[cold]
    #[inline(never)]
    fn refuse_cells(
        &mut self,
        name: &str,
        column: &InputColumn,
        rows: &[usize],
        why: &dyn Fn(usize, Scalar<'_>) -> Option<Refusal>,
    ) {
        let kind = self.spec.column(name).map_or(ColumnKind::Text, |spec| spec.kind);
        let table = self.spec.name;
        for &row in rows {
            column.for_each(row..row + 1, &mut |row, scalar| {
                if let Some(refusal) = why(row, scalar) {
                    self.mark_refused(row, name);
                    self.reject(row, Some(name), || refusal.problem(table, name, kind, &scalar));
                }
            });
        }
    }

    /// The values of a column of names or other text, as positions in `interner`.
    pub(super) fn texts(
        &mut self,
        name: &str,
        kind: ColumnKind,
        column: InputColumn,
        interner: &mut Interner,
    ) -> Vec<u32> {
        let is_name = kind == ColumnKind::Id;
        let most = if is_name { self.terms.limits.id_bytes } else { self.terms.limits.field_bytes };
        let column = match column {
            InputColumn::Text(texts) if is_name && texts.are_within(most) => {
                // Nothing to refuse, and nothing missing.
                self.filled.fill(true);
                self.stopped |= self.terms.watch.progress(Stage::Read, 0, self.rows() as u64).is_break();
                return interner.intern_pool(texts.into_pool());
            }
            column => column,
        };
        let read = |_, scalar: Scalar<'_>| match as_text(scalar, kind)?.len() as u64 > most {
            true => Err(Refusal::TooLong(most)),
            false => Ok(true),
        };
        let is_text = self.cells(name, &column, read);
        let rows = is_text.len();
        match &column {
            InputColumn::Text(texts) => {
                let text = |row: usize| is_text.get(row).and_then(|_| texts.find(row));
                if is_name { interner.intern_names(rows, &text) } else { interner.intern_words(rows, &text) }
            }
            InputColumn::Dictionary { positions, texts } => {
                let positions = (0..rows).map(|row| is_text.get(row).and_then(|_| positions.get(row)));
                of_dictionary(positions, texts, interner)
            }
            column => {
                let mut codes = Vec::with_capacity(rows);
                column.for_each(0..rows, &mut |row, scalar| {
                    let text = is_text.get(row).and_then(|_| as_text(scalar, kind).ok());
                    codes.push(text.map_or(ABSENT, |text| interner.intern(&text)));
                });
                codes
            }
        }
    }

    /// The values of a column of amounts, as counts of 10^-`scale`; `digits` says how many decimals a row may have.
    pub(super) fn amounts(
        &mut self,
        name: &str,
        column: &InputColumn,
        scale: u8,
        digits: impl Fn(usize) -> u8 + Sync,
    ) -> Nullable<i128> {
        let read = |row, scalar: Scalar<'_>| {
            let digits = digits(row);
            let amount = |fault| Refusal::Amount { fault, digits, scale };
            let count = match scalar {
                Scalar::Text(text) => parse_units(text, digits).map_err(amount)?,
                Scalar::Decimal { units, scale } => rescale(units, scale, u32::from(digits)).map_err(amount)?,
                Scalar::Integer(whole) => rescale(i128::from(whole), 0, u32::from(digits)).map_err(amount)?,
                Scalar::Float(_) => return Err(Refusal::FloatMoney(digits)),
                _ => return Err(Refusal::WrongType),
            };
            let count = rescale(count, u32::from(digits), u32::from(scale)).map_err(amount)?;
            match i64::try_from(count) {
                Ok(0..) => Ok(count),
                Ok(_) => Err(Refusal::Negative),
                Err(_) => Err(amount(AmountFault::Overflow)),
            }
        };
        self.cells(name, column, read)
    }

    /// The values of a column of any other kind; none of amounts, whose digits depend on their currency.
    pub(super) fn values(&mut self, name: &str, kind: ColumnKind, column: InputColumn) -> Values {
        match kind {
            ColumnKind::Date => {
                let read = |_, scalar: Scalar<'_>| match scalar {
                    Scalar::Text(text) => text.parse().map_err(Refusal::Date),
                    Scalar::Date(days) => day(days),
                    _ => Err(Refusal::WrongType),
                };
                Values::Date(self.cells(name, &column, read))
            }
            ColumnKind::Count => Values::Count(self.cells(name, &column, |_, scalar| count(scalar))),
            ColumnKind::Score => Values::Ratio(self.cells(name, &column, |_, scalar| score(scalar))),
            ColumnKind::Flag => {
                let read = |_, scalar: Scalar<'_>| match scalar {
                    Scalar::Flag(flag) => Ok(flag),
                    Scalar::Text(text) if text.eq_ignore_ascii_case("true") => Ok(true),
                    Scalar::Text(text) if text.eq_ignore_ascii_case("false") => Ok(false),
                    Scalar::Text(_) => Err(Refusal::Flag),
                    _ => Err(Refusal::WrongType),
                };
                Values::Flag(self.cells(name, &column, read))
            }
            ColumnKind::Money | ColumnKind::Id | ColumnKind::Text | ColumnKind::Choice(_) => {
                let mut interner = Interner::default();
                let codes = self.texts(name, kind, column, &mut interner);
                Values::Text(Texts::new(codes, Arc::new(interner.into_pool())))
            }
        }
    }
}

/// A value of a column of texts as text.
fn as_text(scalar: Scalar<'_>, kind: ColumnKind) -> Result<Cow<'_, str>, Refusal> {
    match (scalar, kind) {
        (Scalar::Text(text), ColumnKind::Choice(words)) if !words.contains(&text) => Err(Refusal::UnknownChoice(words)),
        (Scalar::Text(text), _) => Ok(text.into()),
        (Scalar::Integer(number), ColumnKind::Id | ColumnKind::Text) => Ok(number.to_string().into()),
        (Scalar::Flag(flag), ColumnKind::Text) => Ok(if flag { "true" } else { "false" }.into()),
        (Scalar::Date(days), ColumnKind::Text) => Ok(day(days)?.to_string().into()),
        _ => Err(Refusal::WrongType),
    }
}

/// The positions in `interner` of rows' texts by their positions in a dictionary: each of its texts is looked up once,
/// in the order in which the rows first have them.
fn of_dictionary(
    positions: impl Iterator<Item = Option<u32>>,
    texts: &TextColumn,
    interner: &mut Interner,
) -> Vec<u32> {
    let (mut places, mut met) = (vec![ABSENT; texts.len()], Vec::new());
    let place = |position: Option<u32>| {
        let Some(place) = position.and_then(|position| places.get_mut(position as usize)) else { return ABSENT };
        if *place == ABSENT {
            *place = met.len() as u32;
            met.extend(position);
        }
        *place
    };
    let of_rows: Vec<u32> = positions.map(place).collect();
    let text = |place: usize| met.get(place).and_then(|&position| texts.find(position as usize));
    let codes = interner.intern_names(met.len(), &text);
    of_rows.into_iter().map(|place| codes.get(place as usize).copied().unwrap_or(ABSENT)).collect()
}

fn day(days: i32) -> Result<Day, Refusal> {
    Day::from_unix_days(i64::from(days)).ok_or(Refusal::Date(DayError::OutOfRange))
}

fn count(scalar: Scalar<'_>) -> Result<u64, Refusal> {
    let whole = match scalar {
        Scalar::Integer(number) => u64::try_from(number).ok(),
        // Every whole float up to the largest count is that count exactly.
        Scalar::Float(number) if number.fract() == 0.0 && (0.0..=EXACT as f64).contains(&number) => Some(number as u64),
        Scalar::Decimal { units, scale } => rescale(units, scale, 0).ok().and_then(|n| u64::try_from(n).ok()),
        Scalar::Text(text) if text.bytes().all(|byte| byte.is_ascii_digit()) => text.parse().ok(),
        Scalar::Text(_) | Scalar::Float(_) => None,
        _ => return Err(Refusal::WrongType),
    };
    whole.filter(|&number| number <= EXACT).ok_or(Refusal::Count)
}

fn score(scalar: Scalar<'_>) -> Result<f64, Refusal> {
    let number = match scalar {
        Scalar::Integer(number) => Some(number as f64),
        Scalar::Float(number) => Some(number),
        Scalar::Decimal { units, scale } => float::parse(&decimal_text(units, scale)),
        Scalar::Text(text) => json_number(text).ok().and_then(|number| float::parse(&number)),
        _ => return Err(Refusal::WrongType),
    };
    number.filter(|number| (0.0..=100.0).contains(number)).ok_or(Refusal::Score)
}

#[cfg(test)]
mod tests {
    use crate::error::Error;
    use crate::portfolio::{Input, InputColumn, Portfolio, TextColumn};

    #[test]
    fn a_dictionary_says_what_its_texts_say() {
        // Texts that repeat, that no row has, and that are empty; rows without one.
        let texts = ["unused", "b", "a", "", "b", "c"];
        let positions = [Some(4), Some(2), Some(1), Some(5), Some(2), Some(1), Some(4), Some(5), Some(2)];
        let spelled: TextColumn = positions.iter().flatten().map(|&position| texts[position as usize]).collect();
        let dictionary =
            InputColumn::Dictionary { positions: positions.into_iter().collect(), texts: texts.into_iter().collect() };
        let load = |names: InputColumn, products: InputColumn| {
            let rows = positions.len();
            let numbers = || InputColumn::Integer((0..rows as i64).map(Some).collect());
            let input = Input::with_rows(rows)
                .column("contract_id", numbers())
                .column("customer_id", names)
                .column("product", products)
                .column("start_date", InputColumn::Date(vec![0; rows].into()))
                .column("mrr", numbers());
            Portfolio::from_tables(input).currency("USD").load()
        };
        let spelled = InputColumn::Text(spelled);
        let names = |portfolio: Portfolio| portfolio.directory.names.iter().map(str::to_owned).collect::<Vec<_>>();
        let loaded = load(dictionary.clone(), dictionary.clone());
        let tables = |loaded: &Result<Portfolio, Error>| {
            loaded.as_ref().ok().and_then(|portfolio| portfolio.table("contracts").ok()).map(|table| table.to_json())
        };
        assert!(tables(&loaded).is_some_and(|json| json.contains("\"b\"")));
        assert_eq!(tables(&loaded), tables(&load(spelled.clone(), spelled)));
        assert_eq!(loaded.map(names).ok(), Some(["b", "a", "c"].map(str::to_owned).into()));
        let absent = [None, Some(3)].into_iter().chain(positions.into_iter().skip(2)).collect();
        let absent = InputColumn::Dictionary { positions: absent, texts: texts.into_iter().collect() };
        assert_eq!(load(absent.clone(), dictionary.clone()).map_err(|error| error.total()).err(), Some(2));
        assert!(load(dictionary, absent).is_ok());
    }
}
