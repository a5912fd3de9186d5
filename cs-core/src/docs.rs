//! The sentences of the surface manifest.

/// A sentence that only the manifest says; left out without the feature `docs`, as where a browser downloads less.
pub(crate) const fn documented(text: &'static str) -> &'static str {
    if cfg!(feature = "docs") { text } else { "" }
}

/// Such a sentence as it reads, wherever its lines end in the source.
pub(crate) fn in_one_line(text: &str) -> String {
    if cfg!(feature = "docs") { text.split_ascii_whitespace().collect::<Vec<_>>().join(" ") } else { String::new() }
}
