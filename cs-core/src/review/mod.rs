//! The review: how a company stands by the principles, what was found, what to do, and what could not be assessed.
//!
//! `asked` (a day, an edition, settings, an earlier review) -> `followed` (what became of findings: what is done about them, and what
//! was found before) -> the tables `summary`, `verdicts`, `checks`, `findings`, `evidence`, `comparisons`, `plays`, `resolved` ->
//! `report`, all of them; `words` (every message in every language) and `forms` (of numbers) -> `told` (what is shown, in which order) ->
//! `markdown` and `html`.

mod asked;
mod checks;
mod comparisons;
mod evidence;
mod findings;
mod followed;
mod forms;
mod html;
mod markdown;
mod plays;
mod report;
mod resolved;
mod summary;
mod told;
mod verdicts;
mod words;

pub use checks::{ReviewChecks, ReviewChecksRow};
pub use comparisons::{ReviewComparisons, ReviewComparisonsRow};
pub use evidence::{ReviewEvidence, ReviewEvidenceRow};
pub use findings::{FindingState, ReviewFindings, ReviewFindingsRow};
pub use plays::{ReviewPlays, ReviewPlaysRow};
pub use report::Review;
pub use resolved::{ResolvedBy, ReviewResolved, ReviewResolvedRow};
pub use summary::{ReviewSummary, ReviewSummaryRow};
pub use verdicts::{ReviewVerdicts, ReviewVerdictsRow};
