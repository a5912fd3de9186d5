//! A list of faults that cannot outgrow its limit, however many there are.

use crate::error::{Error, Problem, Problems};
use crate::order::sort_by;

/// Faults as they are found: all counted, the first ones by row and column kept.
#[derive(Debug)]
pub(crate) struct Faults {
    /// With record and position of the column, for the order.
    kept: Vec<(u64, usize, Problem)>,
    total: u64,
    limit: usize,
    /// Where the kept ones end, once there are too many: what lies behind is only counted.
    bar: Option<(u64, usize)>,
    redact: bool,
}

impl Faults {
    pub(crate) fn new(limit: u64, redact: bool) -> Self {
        // An error always has a first problem to tell.
        let limit = usize::try_from(limit).unwrap_or(usize::MAX).max(1);
        Self { kept: Vec::new(), total: 0, limit, bar: None, redact }
    }

    /// Notes a fault of a record (0: of the table) and of the column at a position; built only if it may be kept.
    pub(crate) fn push(&mut self, row: u64, column: usize, problem: impl FnOnce() -> Problem) {
        self.total += 1;
        if self.bar.is_some_and(|bar| (row, column) >= bar) {
            return;
        }
        let problem = problem();
        self.kept.push((row, column, if self.redact { problem.redacted() } else { problem }));
        // Cut only at twice the limit, so that each sorting is paid for by as many faults.
        if self.kept.len() >= self.limit.saturating_mul(2) {
            self.cut();
            self.bar = self.kept.last().map(|(row, column, _)| (*row, *column));
        }
    }

    /// Notes the faults that were found elsewhere.
    pub(crate) fn merge(&mut self, other: Self) {
        self.total += other.total;
        self.kept.extend(other.kept);
        self.cut();
    }

    fn cut(&mut self) {
        let place = |at: u32| self.kept.get(at as usize).map(|(row, column, _)| (*row, *column));
        let mut order: Vec<u32> = (0..self.kept.len() as u32).collect();
        sort_by(&mut order, &mut |one, other| place(one).cmp(&place(other)));
        let mut kept: Vec<_> = std::mem::take(&mut self.kept).into_iter().map(Some).collect();
        let first = order.into_iter().take(self.limit);
        self.kept = first.filter_map(|at| kept.get_mut(at as usize).and_then(Option::take)).collect();
    }

    /// The error of the faults, if there are any.
    pub(crate) fn into_result(mut self) -> Result<(), Error> {
        let problems = self.take();
        if problems.total == 0 { Ok(()) } else { Err(Error::InvalidInput(problems)) }
    }

    /// The faults in the order of row and column.
    pub(crate) fn take(&mut self) -> Problems {
        self.cut();
        self.bar = None;
        let kept = std::mem::take(&mut self.kept).into_iter().map(|(_, _, problem)| problem).collect();
        Problems { kept, total: std::mem::take(&mut self.total) }
    }
}

impl Problems {
    /// Puts the faults of another table behind these, as far as the limit goes.
    pub(crate) fn append(&mut self, other: Self, limit: u64) {
        let room = usize::try_from(limit).unwrap_or(usize::MAX).max(1).saturating_sub(self.kept.len());
        self.kept.extend(other.kept.into_iter().take(room));
        self.total += other.total;
    }
}
