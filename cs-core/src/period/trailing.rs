//! The months up to a day.

use super::Day;

/// Some months up to the close of a day.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) struct Trailing {
    /// The first day.
    pub(crate) start: Day,
    /// The day whose close ends them.
    pub(crate) day: Day,
}

impl Trailing {
    pub(crate) fn of(day: Day, months: u32) -> Self {
        Self { start: day.next().months_before(months), day }
    }

    /// The day whose close they begin with.
    pub(crate) fn before(self) -> Day {
        self.start.previous()
    }
}

#[cfg(test)]
mod tests {
    use super::{Day, Trailing};

    #[test]
    fn months_end_on_the_day() {
        let day = |text: &str| text.parse().unwrap_or(Day::NEVER);
        for (last, months, start, before) in [
            ("2026-06-30", 12, "2025-07-01", "2025-06-30"),
            ("2026-03-30", 1, "2026-02-28", "2026-02-27"),
            ("2024-02-28", 12, "2023-02-28", "2023-02-27"),
        ] {
            let trailing = Trailing::of(day(last), months);
            assert_eq!((trailing.start, trailing.before()), (day(start), day(before)), "{last}");
        }
    }
}
