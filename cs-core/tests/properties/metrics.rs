//! Retention and cohorts by every reading: their bounds, how they join, and how they add up to what movements say.

use std::collections::BTreeMap;

use cs_core::Ratio;
use proptest::prelude::*;

use crate::config;
use crate::worlds::worlds;

proptest! {
    #![proptest_config(config())]

    #[test]
    fn gross_retention_is_a_share_and_net_is_gross_and_expansion(world in worlds()) {
        let portfolio = world.load();
        for by in [vec![], vec!["cohort"], vec!["product"]] {
            for row in world.retention(&portfolio).by(by).run().unwrap().rows() {
                let (opening, retained, expansion) =
                    (row.opening_mrr.units(), row.retained_mrr.units(), row.expansion_mrr.units());
                prop_assert!(0 <= retained && retained <= opening && expansion >= 0);
                prop_assert!(row.grr.is_none_or(|grr| (0.0..=1.0).contains(&grr)));
                prop_assert_eq!(row.nrr, Ratio::of(retained + expansion, opening).value());
                if let (Some(grr), Some(nrr)) = (row.grr, row.nrr) {
                    let share = expansion as f64 / opening as f64;
                    prop_assert!(grr <= nrr && (nrr - grr - share).abs() <= 1e-12 * nrr.max(1.0));
                }
                prop_assert_eq!(row.grr.is_none(), opening == 0);
                prop_assert_eq!(row.customer_retention.is_none(), row.opening_customers == 0);
                prop_assert!(row.retained_customers <= row.opening_customers);
                if let (Some(low), Some(churn), Some(high)) = (row.customer_churn_low, row.customer_churn, row.customer_churn_high) {
                    prop_assert!(0.0 <= low && low <= churn && churn <= high && high <= 1.0);
                }
                prop_assert_eq!(row.small_sample, row.opening_customers < 30);
                prop_assert!(row.window_start < row.window_end);
            }
        }
    }

    #[test]
    fn retention_over_a_period_opens_as_movements_do(world in worlds()) {
        let portfolio = world.load();
        let movements = world.movements(&portfolio).run().unwrap();
        let retention = world.retention(&portfolio).window(cs_core::Window::Period).run().unwrap();
        let flows = world.flows(&portfolio).run().unwrap();
        prop_assert_eq!(movements.table().len(), retention.table().len());
        for ((moved, kept), flow) in movements.rows().zip(retention.rows()).zip(flows.rows()) {
            prop_assert_eq!((moved.period_start, moved.period_end), (kept.window_start, kept.window_end));
            prop_assert_eq!(moved.opening_mrr, kept.opening_mrr);
            prop_assert_eq!(moved.opening_customers, kept.opening_customers);
            prop_assert_eq!(moved.opening_mrr, flow.opening_mrr);
            let net = moved.churned_mrr.units() + moved.contraction_mrr.units()
                - moved.expansion_mrr.units()
                - moved.reactivation_mrr.units();
            prop_assert_eq!(net, flow.net_churned_mrr.units());
            prop_assert!(flow.churned_mrr.units() <= moved.churned_mrr.units());
        }
    }

    #[test]
    fn cohorts_add_up_to_closing_mrr(world in worlds()) {
        let portfolio = world.load();
        let cohorts = world.cohorts(&portfolio).run().unwrap();
        let mut paid: BTreeMap<_, (i128, u64)> = BTreeMap::new();
        let calendar = world.book.definitions.calendar();
        for row in cohorts.rows() {
            let first = calendar.period_of(cs_core::Day::try_from(row.cohort).unwrap_or(cs_core::Day::MIN));
            let close = calendar.first_day(first + row.age as i32 + 1).map(cs_core::Day::date);
            let slot = paid.entry(close).or_default();
            slot.0 += row.mrr.units();
            slot.1 += row.customers;
            prop_assert!(row.customers <= row.size && row.size > 0);
            prop_assert!(row.customer_retention.is_some_and(|share| (0.0..=1.0).contains(&share)));
        }
        for row in world.movements(&portfolio).run().unwrap().rows() {
            let (mrr, customers) = paid.get(&Some(row.period_end)).copied().unwrap_or_default();
            prop_assert_eq!((mrr, customers), (row.closing_mrr.units(), row.closing_customers), "{}", row.period_end);
        }
    }
}
