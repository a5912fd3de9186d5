//! How many customers rates rest on.

/// Rates of fewer customers are called a small sample.
pub(super) const SMALL_SAMPLE: u64 = 30;

#[cfg(test)]
mod tests {
    use chrono::NaiveDate;

    use crate::error::Error;
    use crate::metrics::Window;
    use crate::portfolio::Portfolio;

    #[test]
    fn fewer_than_thirty_customers_are_a_small_sample() -> Result<(), Error> {
        let day = |month| NaiveDate::from_ymd_opt(2026, month, 1).unwrap_or_default();
        for (customers, is_small) in [(29, true), (30, false)] {
            let rows: String = (0..customers).map(|number| format!("c-{number},k-{number},2026-01-01,10\n")).collect();
            let book = format!("contract_id,customer_id,start_date,mrr\n{rows}");
            let portfolio = Portfolio::from_csv(&book).currency("USD").load()?;
            let retention = portfolio.retention(day(2), day(3)).window(Window::Period).run()?;
            let intervals = portfolio.retention_intervals(day(2), day(3)).window(Window::Period).run()?;
            let told: Vec<bool> = retention.rows().map(|row| row.small_sample).collect();
            assert_eq!(told, [is_small], "{customers}");
            let told: Vec<bool> = intervals.rows().map(|row| row.small_sample).collect();
            assert_eq!(told, [is_small], "{customers}");
        }
        Ok(())
    }
}
