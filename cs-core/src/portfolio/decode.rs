//! From whatever a host had to typed columns: the one place where a cell is judged.

use std::borrow::Cow;
use std::ops::Range;
use std::sync::Arc;

use super::input::{InputColumn, Scalar, TextColumn};
use super::refusal::Refusal;
use super::schema::ColumnKind;
use super::sheet::Sheet;
use crate::error::Error;
use crate::float;
use crate::interner::Interner;
use crate::json::EXACT;
use crate::money::{AmountFault, decimal_text, json_number, parse_units, rescale};
use crate::parts::{ROWS_A_PART, joined};
use crate::period::{Day, DayError};
use crate::table::{Nullable, Texts, Values};
use crate::text::{ABSENT, TextPool};
use crate::watch::{Progress, STRIDE_OF_PARTS, Stage, Stopped, tell};

impl Sheet<'_> {
    /// Notes which rows have a value in a column that is not read.
    pub(super) fn look_over(&mut self, column: &InputColumn) {
        column.for_each(0..column.len(), &mut |row, scalar| {
            if scalar != Scalar::Absent {
                self.fill_row(row);
            }
        });
    }

    /// Reads a column with `judge`, which says what is wrong with a value that it refuses.
    fn cells<T: Copy + Default + Send>(
        &mut self,
        name: &str,
        column: &InputColumn,
        judge: impl Fn(usize, Scalar<'_>) -> Result<T, Refusal> + Sync,
    ) -> Result<Nullable<T>, Error> {
        let judge = |row, scalar: Scalar<'_>| match scalar {
            Scalar::Float(number) if number.is_nan() => Err(Refusal::NotANumber),
            scalar => judge(row, scalar),
        };
        let progress = Progress::of(self.options.watch, Stage::Read, self.rows());
        let in_part = |part: Range<usize>| {
            let (mut values, mut refused) = (Nullable::with_capacity(part.len()), Vec::new());
            for run in part.clone().step_by(STRIDE_OF_PARTS) {
                progress.report(run - part.start).map_err(|error| progress.stop(error))?;
                column.for_each(run..part.end.min(run + STRIDE_OF_PARTS), &mut |row, scalar| {
                    let judged = if scalar == Scalar::Absent { None } else { Some(judge(row, scalar)) };
                    if let Some(Err(_)) = judged {
                        refused.push(row as u32);
                    }
                    values.push(judged.and_then(Result::ok));
                });
            }
            Ok((values, refused))
        };
        let join = |whole: Result<(Nullable<T>, Vec<u32>), Stopped>, part: Result<_, Stopped>| {
            let ((mut values, mut refused), (more, others)) = (whole?, part?);
            values.append(more);
            refused.extend(others);
            Ok((values, refused))
        };
        let whole = joined(self.rows(), ROWS_A_PART, in_part, join);
        let (values, refused) = whole.map_err(|Stopped| progress.why())?;
        self.fill(name, values.present());
        self.refuse_cells(name, column, &refused, &|row, scalar| judge(row, scalar).err());
        Ok(values)
    }

    /// Refuses cells, given why; apart from the loop over all of them, which is compiled for every kind of column.
    #[cold]
    #[inline(never)]
    fn refuse_cells(
        &mut self,
        name: &str,
        column: &InputColumn,
        rows: &[u32],
        why: &dyn Fn(usize, Scalar<'_>) -> Option<Refusal>,
    ) {
        let kind = self.spec.column(name).map_or(ColumnKind::Text, |spec| spec.kind);
        let table = self.spec.name;
        for row in rows.iter().map(|&row| row as usize) {
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
    ) -> Result<Vec<u32>, Error> {
        let is_name = kind == ColumnKind::Id;
        let most = if is_name { self.options.limits.id_bytes } else { self.options.limits.field_bytes };
        let column = match column {
            InputColumn::Text(texts) if is_name && texts.are_within(most) => {
                // Nothing to refuse, and nothing missing.
                tell(self.options.watch, Stage::Read, 0, self.rows())?;
                self.fill(name, None);
                return Ok(interner.intern_pool(texts.into_pool()));
            }
            column => column,
        };
        let judge = |_, scalar: Scalar<'_>| match as_text(scalar, kind)?.len() as u64 > most {
            true => Err(Refusal::TooLong(most)),
            false => Ok(()),
        };
        let accepted = self.cells(name, &column, judge)?;
        let rows = accepted.len();
        let texts = match column {
            InputColumn::Text(texts) => texts,
            InputColumn::Dictionary { positions, texts } => {
                let positions = (0..rows).map(|row| accepted.get(row).and_then(|()| positions.get(row)));
                return Ok(of_dictionary(positions, &texts, interner));
            }
            others => written(&others, kind, &accepted),
        };
        let text = |row: usize| accepted.get(row).and_then(|()| texts.find(row));
        Ok(if is_name { interner.intern_names(rows, &text) } else { interner.intern_words(rows, &text) })
    }

    /// The values of a column of amounts, as counts of 10^-`scale`; `digits` says how many decimals a row may have.
    pub(super) fn amounts(
        &mut self,
        name: &str,
        column: &InputColumn,
        scale: u8,
        digits: impl Fn(usize) -> u8 + Sync,
    ) -> Result<Nullable<i128>, Error> {
        let judge = |row, scalar: Scalar<'_>| {
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
        self.cells(name, column, judge)
    }

    /// The values of a column of any other kind; none of amounts, whose digits depend on their currency.
    pub(super) fn values(&mut self, name: &str, kind: ColumnKind, column: InputColumn) -> Result<Values, Error> {
        Ok(match kind {
            ColumnKind::Date => Values::Date(self.cells(name, &column, |_, scalar| date(scalar))?),
            ColumnKind::Count => Values::Count(self.cells(name, &column, |_, scalar| count(scalar))?),
            ColumnKind::Number | ColumnKind::Score(_) => {
                Values::Ratio(self.cells(name, &column, |_, scalar| number(scalar, kind))?)
            }
            ColumnKind::Flag => Values::Flag(self.cells(name, &column, |_, scalar| flag(scalar))?),
            ColumnKind::Money | ColumnKind::Id | ColumnKind::Text | ColumnKind::Choice(_) => {
                let mut interner = Interner::default();
                let codes = self.texts(name, kind, column, &mut interner)?;
                Values::Text(Texts::new(codes, Arc::new(interner.into_pool())))
            }
        })
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

/// The values of a column that is none of texts as texts, as far as they are accepted; the others are empty.
fn written(column: &InputColumn, kind: ColumnKind, accepted: &Nullable<()>) -> TextColumn {
    let in_part = |part: Range<usize>| {
        let mut texts = TextPool::with_capacity(part.len());
        column.for_each(part, &mut |row, scalar| {
            let text = accepted.get(row).and_then(|()| as_text(scalar, kind).ok());
            texts.push(text.as_deref().unwrap_or_default());
        });
        texts
    };
    let append = |mut all: TextPool, more: TextPool| {
        all.append(&more);
        all
    };
    joined(column.len(), ROWS_A_PART, in_part, append).into()
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
        let Some(position) = position else { return ABSENT };
        let Some(place) = places.get_mut(position as usize) else { return ABSENT };
        if *place == ABSENT {
            *place = met.len() as u32;
            met.push(position);
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

fn date(scalar: Scalar<'_>) -> Result<Day, Refusal> {
    match scalar {
        Scalar::Text(text) => text.parse().map_err(Refusal::Date),
        Scalar::Date(days) => day(days),
        _ => Err(Refusal::WrongType),
    }
}

fn flag(scalar: Scalar<'_>) -> Result<bool, Refusal> {
    match scalar {
        Scalar::Flag(flag) => Ok(flag),
        Scalar::Text(text) if text.eq_ignore_ascii_case("true") => Ok(true),
        Scalar::Text(text) if text.eq_ignore_ascii_case("false") => Ok(false),
        Scalar::Text(_) => Err(Refusal::Flag),
        _ => Err(Refusal::WrongType),
    }
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

/// A number of any size, or up to that of a score.
fn number(scalar: Scalar<'_>, kind: ColumnKind) -> Result<f64, Refusal> {
    let number = match scalar {
        Scalar::Integer(number) => Some(number as f64),
        Scalar::Float(number) => Some(number),
        Scalar::Decimal { units, scale } => float::parse(&decimal_text(units, scale)),
        Scalar::Text(text) => json_number(text).ok().and_then(|number| float::parse(&number)),
        _ => return Err(Refusal::WrongType),
    };
    // There is one zero.
    let number = number.filter(|number| number.is_finite()).map(|number| number + 0.0);
    match kind {
        ColumnKind::Score(most) => {
            number.filter(|number| (0.0..=f64::from(most)).contains(number)).ok_or(Refusal::Score(most))
        }
        _ => number.ok_or(Refusal::Number),
    }
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
