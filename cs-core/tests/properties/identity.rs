//! Balances and flows of a table join exactly, for the whole and for every customer.

use proptest::prelude::*;

use crate::books::{Book, books};
use crate::config;
use crate::figures::Figures;
use crate::model;

/// What joins in every table of movements.
pub(crate) fn joins(figures: &Figures) -> Result<(), TestCaseError> {
    for period in 0..figures.len() {
        let at = |name: &str| figures.at(name, period);
        let closing = at("opening_mrr") + at("new_mrr") + at("reactivation_mrr") + at("expansion_mrr")
            - at("contraction_mrr")
            - at("churned_mrr")
            + at("fx_mrr");
        prop_assert_eq!(closing, at("closing_mrr"));
        for name in crate::figures::FLOWS.into_iter().chain(crate::figures::BALANCES) {
            prop_assert!(at(name) >= 0, "{} is a magnitude", name);
        }
        if period > 0 {
            prop_assert_eq!(figures.at("closing_mrr", period - 1), at("opening_mrr"));
            prop_assert_eq!(figures.at("closing_customers", period - 1), at("opening_customers"));
            prop_assert_eq!(figures.periods[period - 1].1, figures.periods[period].0);
        }
        prop_assert_eq!((at("fx_mrr"), at("provisional_mrr")), (0, 0), "neither is possible with the defaults");
        // Nobody leaves who was not there or came, and nobody changes who never paid.
        let came = at("new_customers") + at("reactivated_customers");
        prop_assert!(at("churned_customers") <= at("opening_customers") + came);
        prop_assert!(at("closing_customers") <= at("opening_customers") + came);
        // Who expanded and contracted splits by product; the four are gross.
        let net = at("cross_sell_mrr") + at("upsell_mrr") - at("downsell_mrr") - at("product_churn_mrr");
        prop_assert_eq!(net, at("expansion_mrr") - at("contraction_mrr"));
    }
    Ok(())
}

/// The sub-book of one customer.
fn of_customer(book: &Book, customer: &str) -> Book {
    let own = book.contracts.iter().filter(|contract| contract.customer_id == customer);
    book.with(own.cloned().collect())
}

/// Revisions that move a contract to another customer leave no sub-book whole, so each contract keeps its first one.
fn settled(mut book: Book) -> Book {
    let owners: std::collections::BTreeMap<_, _> =
        book.contracts.iter().map(|row| (row.contract_id.clone(), row.customer_id.clone())).collect();
    for row in &mut book.contracts {
        row.customer_id.clone_from(&owners[&row.contract_id]);
    }
    book
}

proptest! {
    #![proptest_config(config())]

    #[test]
    fn opening_and_flows_make_closing(book in books()) {
        joins(&Figures::of(&book.movements()))?;
    }

    #[test]
    fn customers_add_up_to_the_whole(book in books()) {
        let book = settled(book);
        let whole = Figures::of(&book.movements());
        let mut sum = Figures::of(&book.with(Vec::new()).movements());
        for customer in book.customers() {
            let own = Figures::of(&of_customer(&book, &customer).movements());
            joins(&own)?;
            for count in crate::figures::COUNTS {
                prop_assert!(own.column(count).iter().all(|customers| (0..=1).contains(customers)), "{}", count);
            }
            sum = sum.plus(&own);
        }
        prop_assert_eq!(sum, whole);
    }

    #[test]
    fn balances_are_the_contracts_in_force(book in books()) {
        let lines = model::lines(&book);
        let figures = Figures::of(&book.movements());
        for (period, (start, end)) in figures.periods.iter().enumerate() {
            let opening = model::balance(&lines, start.pred_opt().unwrap());
            let closing = model::balance(&lines, end.pred_opt().unwrap());
            let at = |name: &str| figures.at(name, period);
            prop_assert_eq!((at("opening_mrr"), at("opening_customers")), (opening.mrr, opening.customers));
            let found = (at("closing_mrr"), at("closing_arr"), at("closing_customers"));
            prop_assert_eq!(found, (closing.mrr, closing.arr, closing.customers));
        }
    }

    #[test]
    fn periods_cover_the_range_and_no_more(book in books()) {
        let figures = Figures::of(&book.movements());
        let (first, last) = (figures.periods[0], figures.periods[figures.len() - 1]);
        prop_assert!(first.0 <= book.start && book.start < first.1);
        prop_assert!(last.0 < book.end && book.end <= last.1);
    }
}
