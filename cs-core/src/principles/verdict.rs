//! How a company stands by a principle: what fails is weighed by MRR.

use std::cmp::Ordering;

use super::basis::Bounds;
use super::check::Severity;
use crate::query::ONE;
use crate::ratio::Ratio;
use crate::word::words;

words! {
    #[doc = include_str!("verdicts.md")]
    Verdict {
        /// At most `attention_above` of the assessed MRR fails, and nothing was found of segments or of the company that counts.
        Pass,
        /// More of it fails, or something was found of the company.
        Attention,
        /// More than `fail_above` of it fails, or a segment stands out.
        Fail,
        /// Less than `min_coverage` of the MRR has evidence.
        NotAssessable,
    }
    /// What decided a verdict.
    VerdictBasis {
        /// The share of the MRR that fails.
        FailingShare,
        /// What was found of a segment or of the company.
        GroupFinding,
        /// That too little of the MRR has evidence.
        Coverage,
    }
}

/// A part of a whole, in units of MRR.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub(crate) struct Part {
    pub(crate) part: i128,
    pub(crate) whole: i128,
}

impl Part {
    pub(crate) fn ratio(self) -> Ratio {
        Ratio::of(self.part, self.whole)
    }

    /// How it compares with a share in millionths, exactly.
    pub(super) fn compared(self, millionths: u32) -> Ordering {
        // MRR of all customers is far from where this would not fit.
        (self.part * i128::from(ONE)).cmp(&(self.whole * i128::from(millionths)))
    }

    /// Whether it is enough evidence: of nothing, there is none.
    pub(super) fn is_enough(self, bounds: &Bounds) -> bool {
        self.whole > 0 && self.part > 0 && self.compared(bounds.min_coverage).is_ge()
    }
}

/// The verdict by the failing part of what was assessed, by how much has evidence, and by the worst of what was found of groups and of
/// the company: that is evidence, however much is missing.
pub(super) fn verdict(
    failing: Part,
    covered: Part,
    worst: Option<Severity>,
    bounds: &Bounds,
) -> (Verdict, VerdictBasis) {
    let by_share = match failing.whole > 0 && covered.compared(bounds.min_coverage).is_ge() {
        false => Verdict::NotAssessable,
        true if failing.compared(bounds.fail_above).is_gt() => Verdict::Fail,
        true if failing.compared(bounds.attention_above).is_gt() => Verdict::Attention,
        true => Verdict::Pass,
    };
    match (by_share, worst) {
        (Verdict::Fail, _) => (Verdict::Fail, VerdictBasis::FailingShare),
        (_, Some(Severity::High)) => (Verdict::Fail, VerdictBasis::GroupFinding),
        (Verdict::Attention, _) => (Verdict::Attention, VerdictBasis::FailingShare),
        (_, Some(Severity::Medium)) => (Verdict::Attention, VerdictBasis::GroupFinding),
        (Verdict::NotAssessable, _) => (Verdict::NotAssessable, VerdictBasis::Coverage),
        (Verdict::Pass, _) => (Verdict::Pass, VerdictBasis::FailingShare),
    }
}

#[cfg(test)]
mod tests {
    use rstest::rstest;

    use super::*;

    const ENOUGH: Part = Part { part: 50, whole: 100 };
    const TOO_LITTLE: Part = Part { part: 49, whole: 100 };

    /// Of 100 that were assessed so many fail; the bounds are a tenth and a quarter, and the last value is acceptable.
    #[rstest]
    #[case(0, ENOUGH, None, Verdict::Pass, VerdictBasis::FailingShare)]
    #[case(10, ENOUGH, None, Verdict::Pass, VerdictBasis::FailingShare)]
    #[case(11, ENOUGH, None, Verdict::Attention, VerdictBasis::FailingShare)]
    #[case(25, ENOUGH, None, Verdict::Attention, VerdictBasis::FailingShare)]
    #[case(26, ENOUGH, None, Verdict::Fail, VerdictBasis::FailingShare)]
    #[case(0, TOO_LITTLE, None, Verdict::NotAssessable, VerdictBasis::Coverage)]
    #[case(100, TOO_LITTLE, None, Verdict::NotAssessable, VerdictBasis::Coverage)]
    #[case(26, ENOUGH, Some(Severity::High), Verdict::Fail, VerdictBasis::FailingShare)]
    #[case(0, ENOUGH, Some(Severity::High), Verdict::Fail, VerdictBasis::GroupFinding)]
    #[case(11, ENOUGH, Some(Severity::High), Verdict::Fail, VerdictBasis::GroupFinding)]
    #[case(0, TOO_LITTLE, Some(Severity::High), Verdict::Fail, VerdictBasis::GroupFinding)]
    #[case(0, ENOUGH, Some(Severity::Medium), Verdict::Attention, VerdictBasis::GroupFinding)]
    #[case(11, ENOUGH, Some(Severity::Medium), Verdict::Attention, VerdictBasis::FailingShare)]
    #[case(0, TOO_LITTLE, Some(Severity::Medium), Verdict::Attention, VerdictBasis::GroupFinding)]
    #[case(0, ENOUGH, Some(Severity::Low), Verdict::Pass, VerdictBasis::FailingShare)]
    #[case(11, ENOUGH, Some(Severity::Low), Verdict::Attention, VerdictBasis::FailingShare)]
    #[case(0, TOO_LITTLE, Some(Severity::Low), Verdict::NotAssessable, VerdictBasis::Coverage)]
    fn what_decides(
        #[case] failing: i128,
        #[case] covered: Part,
        #[case] worst: Option<Severity>,
        #[case] expected: Verdict,
        #[case] by: VerdictBasis,
    ) {
        let failing = Part { part: failing, whole: 100 };
        assert_eq!(verdict(failing, covered, worst, &Bounds::default()), (expected, by));
    }

    #[test]
    fn of_nothing_there_is_no_verdict() {
        let nothing = Part::default();
        let expected = (Verdict::NotAssessable, VerdictBasis::Coverage);
        assert_eq!(verdict(nothing, nothing, None, &Bounds::default()), expected);
        assert!(!nothing.is_enough(&Bounds::default()) && !TOO_LITTLE.is_enough(&Bounds::default()));
        assert!(ENOUGH.is_enough(&Bounds::default()));
        // No evidence at all is never enough, whatever is asked for.
        let all = Bounds { min_coverage: 0, ..Bounds::default() };
        assert!(!Part { part: 0, whole: 100 }.is_enough(&all));
    }
}
