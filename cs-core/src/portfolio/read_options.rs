//! How input is read.

use super::limits::Limits;
use crate::watch::Watch;

/// How input is read: what it may hold, and who follows.
#[derive(Clone, Copy)]
pub(super) struct ReadOptions<'w> {
    pub(super) limits: Limits,
    /// Whether columns that a table does not have are left out.
    pub(super) ignore_extra: bool,
    /// Whether problems leave out what users wrote.
    pub(super) redact: bool,
    pub(super) watch: &'w dyn Watch,
}
