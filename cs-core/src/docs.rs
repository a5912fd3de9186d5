//! The sentences of the surface manifest.

/// A sentence that only the manifest says; left out without the feature `docs`, as where a browser downloads less.
pub(crate) const fn documented(text: &'static str) -> &'static str {
    if cfg!(feature = "docs") { text } else { "" }
}
