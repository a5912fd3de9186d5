//! The table `pauses`: days on which a contract is in force and not paid for.

use std::sync::Arc;

use chrono::NaiveDate;
use hashbrown::HashMap;

use super::input::{Input, InputColumn, Value};
use super::rows::Rows;
use super::schema::{Entries, InputField, input_table, kind};
use crate::json::Json;
use crate::period::Day;
use crate::table::{Column, Values};
use crate::text::TextPool;

input_table! {
    /// A pause of a contract, from `from_date` until the day before `to_date`.
    ///
    /// ```
    /// use cs_core::Pause;
    /// let day = |month| chrono::NaiveDate::from_ymd_opt(2026, month, 1).ok_or("no such day");
    /// let pause = Pause { to_date: Some(day(4)?), ..Pause::new("c-1", day(3)?) };
    /// assert_eq!(pause.contract_id, "c-1");
    /// # Ok::<(), Box<dyn std::error::Error>>(())
    /// ```
    pub struct Pause("pauses"), keyed by &[], with one of &[];
    required {
        /// The contract that is paused, whichever of its revisions counts.
        contract_id: String as kind::Id,
        /// The first day of the pause.
        from_date: NaiveDate as kind::Date,
    }
    optional {
        /// The first day that is not in the pause any more; none if its end is open.
        to_date: NaiveDate as kind::Date,
    }
}

/// The pauses of each contract, by the position of its id.
#[derive(Clone, Debug, Default)]
pub(crate) struct Pauses {
    /// Where each contract's pauses begin, and where the last one's end.
    bounds: Vec<u32>,
    /// The first day of each, and the first day after it, [`Day::NEVER`] for none.
    days: Vec<(Day, Day)>,
    /// The columns as they were given, rows by contract and days.
    columns: Vec<Column>,
}

impl Pauses {
    /// The accepted rows, each of one of these contracts.
    pub(super) fn of(rows: &Rows<'_>, contracts: &Arc<TextPool>) -> Self {
        let Rows { sheet, columns, .. } = rows;
        let (Some(ids), Some(from), to) =
            (columns.texts("contract_id"), columns.days("from_date"), columns.days("to_date"))
        else {
            return Self::default();
        };
        let positions: HashMap<&str, u32> = contracts.iter().zip(0..).collect();
        let ranks = contracts.ranks();
        let pause = |row: usize| {
            let contract = ids.get(row).and_then(|id| positions.get(id)).copied().unwrap_or_default();
            let to = to.and_then(|days| days.get(row)).unwrap_or(Day::NEVER);
            (contract, from.get(row).unwrap_or(Day::NEVER), to)
        };
        let mut accepted: Vec<(u32, (u32, Day, Day))> = sheet.accepted().map(|row| (row as u32, pause(row))).collect();
        accepted.sort_by_key(|&(row, (contract, from, to))| (ranks.get(contract as usize), from, to, row));
        let order: Vec<u32> = accepted.iter().map(|&(row, _)| row).collect();
        let columns = columns.iter().map(|(name, values)| Column::new(name, values.take(&order))).collect();

        accepted.sort_by_key(|&(_, pause)| pause);
        let mut bounds = vec![0_u32; contracts.len() + 1];
        for &(_, (contract, ..)) in &accepted {
            if let Some(count) = bounds.get_mut(contract as usize + 1) {
                *count += 1;
            }
        }
        let mut sum = 0;
        for bound in &mut bounds {
            sum += *bound;
            *bound = sum;
        }
        Self { bounds, days: accepted.iter().map(|&(_, (_, from, to))| (from, to)).collect(), columns }
    }

    /// Whether there are none.
    pub(crate) fn is_empty(&self) -> bool {
        self.days.is_empty()
    }

    /// The pauses of a contract, by the position of its id, in the order of their days.
    pub(crate) fn of_contract(&self, contract: u32) -> &[(Day, Day)] {
        let bound = |position: usize| self.bounds.get(position).map(|&bound| bound as usize);
        match (bound(contract as usize), bound(contract as usize + 1)) {
            (Some(start), Some(end)) => self.days.get(start..end).unwrap_or_default(),
            _ => &[],
        }
    }

    /// The columns that were given; those of an empty table are its required ones.
    pub(super) fn columns(&self) -> Vec<Column> {
        let empty = |name| {
            Column::new(
                name,
                if name == "contract_id" { Values::Text(Default::default()) } else { Values::Date(Default::default()) },
            )
        };
        if self.columns.is_empty() { ["contract_id", "from_date"].map(empty).into() } else { self.columns.clone() }
    }
}
