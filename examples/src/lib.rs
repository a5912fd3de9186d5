//! Programs that use cs-core: see the folders beside this one.
