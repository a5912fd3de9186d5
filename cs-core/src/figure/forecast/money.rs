//! Amounts: what fell due, what is committed, what came through others.

use crate::error::Problem;
use crate::figure::labels::{Amounts, Label};
use crate::figure::revenue::{Flow, Step};
use crate::figure::source::{BANDS, Source, ends_of, few, whole};
use crate::figure::{Figure, Mark, Marks, Role};
use crate::table::Cell;

/// What becomes of what falls due, and what is paid beyond it.
const OUTCOMES: [Flow; 5] = [
    ("kept_mrr", Label::KEPT, Role::Net),
    ("downgrade_mrr", Label::DOWNGRADED, Role::Contraction),
    ("lost_mrr", Label::LOST, Role::Churn),
    ("pending_mrr", Label::PENDING, Role::Unknown),
    ("upgrade_mrr", Label::UPGRADED, Role::New),
];

impl Source<'_> {
    pub(super) fn renewal_outcomes(&self) -> Result<Figure, Problem> {
        self.stacked(Label::TITLE_OF_RENEWALS, &[(&OUTCOMES, 1)])
    }

    pub(super) fn commitment(&self) -> Result<Figure, Problem> {
        let steps: [(&str, Label, Role, i128); 6] = [
            ("mrr", Label::TODAY, Role::Balance, 0),
            ("signed_mrr", Label::SIGNED, Role::New, 1),
            ("upgrade_mrr", Label::UPGRADED, Role::Expansion, 1),
            ("downgrade_mrr", Label::DOWNGRADED, Role::Contraction, -1),
            ("withdrawal_mrr", Label::WITHDRAWN, Role::Churn, -1),
            ("committed_mrr", Label::COMMITTED, Role::Balance, 0),
        ];
        let expected = [
            ("expected_loss_mrr", Label::EXPECTED_LOSS, Role::Gross, -1),
            ("expected_mrr", Label::EXPECTED_REVENUE, Role::Balance, 0),
        ];
        // Nothing is expected where nobody knows how many are lost.
        let is_known = self.table.cell(0, "expected_mrr") != Cell::Absent;
        let steps = steps.into_iter().chain(expected.into_iter().filter(|_| is_known));
        let steps: Vec<Step> =
            steps.map(|(column, label, role, sign)| (label, role, self.units(0, column), sign)).collect();
        let until = self.day(0, "until").map_or(String::new(), |day| day.to_string());
        self.steps_of_money(Label::TITLE_OF_COMMITMENT, Amounts::Monthly, steps, (&self.as_of(), &until))
    }

    /// What came through each source, period by period.
    pub(super) fn second_order(&self) -> Result<Figure, Problem> {
        few(self.table.len(), BANDS)?;
        let mut names: Vec<String> = Vec::new();
        let mut bars: [Vec<Mark<[f64; 2]>>; 2] = Default::default();
        let mut top = 0.0;
        let mut last = None;
        for row in self.rows() {
            let day = self.day(row, "period_start");
            if last != Some(day) {
                (last, top) = (Some(day), 0.0);
                names.push(self.period(day));
            }
            let (units, digits) = self.units(row, "mrr");
            let source = usize::from(self.word(row, "source") != Some("referral"));
            if let (Some(bars), Some(name), true) = (bars.get_mut(source), names.last(), units > 0) {
                let end = top + whole(units, digits);
                let told = format!("{name} {}", self.amount((units, digits)));
                bars.push(Mark { band: names.len() - 1, at: [top, end], told });
                top = end;
            }
        }
        let ends: Vec<f64> = bars.iter().flatten().flat_map(|bar| bar.at).collect();
        let axes = (self.bands(Label::Period, names.clone()), self.money(Amounts::Monthly, ends.into_iter())?);
        let sources = [(Label::REFERRAL, Role::New), (Label::CHAMPION_MOVE, Role::Expansion)];
        let layers = sources.into_iter().zip(bars).filter(|(_, bars)| !bars.is_empty());
        let layers = layers.map(|((name, role), bars)| self.layer(name, role, Marks::Bars(bars))).collect();
        Ok(self.titled(Label::TITLE_OF_OTHERS, ends_of(&names), axes, layers))
    }
}
