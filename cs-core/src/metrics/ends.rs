//! What customers pay at both ends of a window.

use chrono::NaiveDate;

use super::window::{WINDOW, Window, WindowError};
use crate::error::Error;
use crate::json::Json;
use crate::ledger::{Balance, ByGroup, Closes, Merge, PerGroup, UnitLine, Units};
use crate::period::{Day, Periods};
use crate::query::{Arguments, Asked, Context, Range, Told};

/// Windows that end with the periods of a range.
#[derive(Clone, Copy, Debug)]
pub struct Windows {
    pub(super) range: Range,
    pub(super) window: Window,
}

/// Something of every group and window.
pub(super) struct Ends<T> {
    pub(super) groups: ByGroup<Vec<T>>,
    /// The first day of each window, and the day after it.
    pub(super) windows: Vec<(Day, Day)>,
    /// Decimals of the amounts.
    pub(super) digits: u8,
}

/// What units give of a window.
pub(super) trait OfWindow: Merge + Default {
    /// Adds what a customer pays at both ends.
    fn add(&mut self, before: Balance, after: Balance);
}

impl Asked for Windows {
    fn read(arguments: &Arguments<'_>) -> Result<Self, Error> {
        let range = Asked::read(arguments)?;
        Ok(Self { range, window: arguments.parsed(WINDOW.name, WindowError::problem)? })
    }
}

impl Told for Windows {
    fn told(&self) -> Vec<(&'static str, Json)> {
        let window = (WINDOW.name, Json::Text(self.window.to_string()));
        self.range.told().into_iter().chain([window]).collect()
    }
}

impl Windows {
    /// Those of the usual length, until told otherwise.
    pub(super) fn of(start: NaiveDate, end: NaiveDate) -> Self {
        Self { range: Range::of(start, end), window: Window::default() }
    }

    /// How many windows have a last close that is known.
    pub(super) fn closed(self, context: &Context<'_>) -> Result<usize, Error> {
        Ok(context.closed(self.range.periods(context.definitions)?))
    }

    /// Looks at both ends of some of the windows of every unit.
    pub(super) fn look<T: OfWindow>(
        self,
        context: &Context<'_>,
        which: std::ops::Range<usize>,
    ) -> Result<Ends<T>, Error> {
        let periods = self.range.periods(context.definitions)?;
        let looks = Looks::of(periods, which.clone(), self.window);
        let units = Units::of(context)?;
        let empty = || std::iter::repeat_with(T::default).take(looks.windows.len()).collect::<Vec<T>>();
        let groups = units.collect(looks.closes.end(), &empty, || {
            let mut balances: Vec<Balance> = Vec::new();
            let looks = &looks;
            move |of_groups: &mut PerGroup<'_, Vec<T>>, unit: UnitLine<'_>| {
                of_groups.add(unit.group, |of_windows| {
                    looks.closes.balances(unit, &mut balances);
                    for (of_window, &(first, last)) in of_windows.iter_mut().zip(&looks.windows) {
                        if let (Some(&before), Some(&after)) = (balances.get(first), balances.get(last)) {
                            of_window.add(before, after);
                        }
                    }
                })
            }
        })?;
        let window = |position| (self.window.start(periods, position), periods.day(position + 1));
        Ok(Ends { groups, windows: which.map(window).collect(), digits: units.priced.digits })
    }
}

/// The closes that all windows look at, and the positions of those of each window.
struct Looks {
    closes: Closes,
    windows: Vec<(usize, usize)>,
}

impl Looks {
    fn of(periods: Periods, which: std::ops::Range<usize>, window: Window) -> Self {
        let ends = |position| (window.start(periods, position).previous(), periods.day(position + 1).previous());
        let ends: Vec<(Day, Day)> = which.map(ends).collect();
        let closes = Closes::of(ends.iter().flat_map(|&(first, last)| [first, last]));
        let windows = ends.iter().map(|&(first, last)| (closes.position(first), closes.position(last))).collect();
        Self { closes, windows }
    }
}
