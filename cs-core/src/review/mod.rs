//! The review: how a company stands by the principles, what was found, what to do, and what could not be assessed.
//!
//! The tables: `findings` and their `evidence`, `earlier` (what was found before) ->
//! `resolved`, and `summary`, `verdicts`, `checks`, `comparisons`, `plays`, `exclusions` -> `report`, all of them. For people: `words` (every message in
//! every language), by `forms` (of numbers) -> `measured` -> `told` (what is shown, in which order) -> `markdown` and `html`. `asked` (a day, an
//! edition, settings, an earlier review) -> `reviewing`, how all that comes about.

mod asked;
mod checks;
mod comparisons;
mod earlier;
mod evidence;
mod exclusions;
mod findings;
mod forms;
mod html;
mod markdown;
mod measured;
mod plays;
mod report;
mod resolved;
mod reviewing;
mod summary;
mod told;
mod verdicts;
mod words;

pub use checks::{ReviewChecks, ReviewChecksRow};
pub use comparisons::{ReviewComparisons, ReviewComparisonsRow};
pub use evidence::{ReviewEvidence, ReviewEvidenceRow};
pub use exclusions::{ReviewExclusions, ReviewExclusionsRow};
pub use findings::{FindingState, ReviewFindings, ReviewFindingsRow};
pub use plays::{ReviewPlays, ReviewPlaysRow};
pub use report::Review;
pub use resolved::{ResolvedBy, ReviewResolved, ReviewResolvedRow};
pub use summary::{ReviewSummary, ReviewSummaryRow};
pub use verdicts::{ReviewVerdicts, ReviewVerdictsRow};
