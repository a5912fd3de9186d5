//! What is asked for decides which rows are shown, never what they say.

use chrono::{Days, NaiveDate};
use cs_core::{Code, Error};
use proptest::prelude::*;
use proptest::sample::Index;

use crate::books::{Book, books};
use crate::config;
use crate::figures::{Figures, rows};
use crate::model::Movement;

/// Any day from `first` to the day before `end` that can be asked for.
fn any_day(first: NaiveDate, end: NaiveDate, pick: Index) -> NaiveDate {
    let first = first.max(cs_core::Day::MIN.date());
    let last = end.pred_opt().unwrap().min(cs_core::Day::MAX.date());
    let days = usize::try_from((last - first).num_days()).unwrap() + 1;
    first + Days::new(pick.index(days) as u64)
}

fn asked(book: &Book, start: NaiveDate, end: NaiveDate) -> Book {
    Book { start, end, ..book.clone() }
}

proptest! {
    #![proptest_config(config())]

    #[test]
    fn part_of_a_range_has_the_rows_of_the_whole(book in books(), (from, to) in any::<(Index, Index)>()) {
        let whole = Figures::of(&book.movements());
        let from = from.index(whole.len());
        let to = from + to.index(whole.len() - from);
        // A period at an edge of the calendar may begin or end outside it; the range is widened again.
        let start = whole.periods[from].0.max(book.start);
        let end = whole.periods[to].1.min(book.end);
        let part = asked(&book, start, end);
        prop_assert_eq!(Figures::of(&part.movements()), whole.slice(from..to + 1));
        let (first, last) = (whole.periods[from].0, whole.periods[to].1);
        let inside: Vec<Movement> =
            rows(&book.journal()).into_iter().filter(|row| first <= row.date && row.date < last).collect();
        prop_assert_eq!(rows(&part.journal()), inside);
    }

    #[test]
    fn a_range_is_widened_to_whole_periods(book in books(), (start, end) in any::<(Index, Index)>()) {
        let whole = Figures::of(&book.movements());
        let (first, last) = (whole.periods[0], whole.periods[whole.len() - 1]);
        let start = any_day(first.0, first.1, start);
        // The end is the day after the last one that is asked for.
        let end = any_day(last.0.succ_opt().unwrap(), last.1.succ_opt().unwrap(), end);
        if start < end {
            let other = asked(&book, start, end);
            prop_assert_eq!(other.movements().table().to_json(), book.movements().table().to_json());
            prop_assert_eq!(other.journal().table().to_json(), book.journal().table().to_json());
        }
    }

    #[test]
    fn a_range_that_does_not_go_forward_is_refused(book in books(), back: Index) {
        let days = (book.start - cs_core::Day::MIN.date()).num_days();
        let end = book.start - Days::new(back.index(days as usize + 1) as u64);
        let portfolio = book.load();
        let refusals = [
            portfolio.movements(book.start, end).run().map(|_| ()),
            portfolio.journal(book.start, end).run().map(|_| ()),
        ];
        for refusal in refusals {
            match refusal {
                Err(Error::InvalidArgument(problem)) => prop_assert_eq!(problem.code, Code::InvalidRange),
                other => return Err(TestCaseError::fail(format!("{other:?}"))),
            }
        }
    }
}
