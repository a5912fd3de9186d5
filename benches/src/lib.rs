//! Measurements of cs-core: see the files beside this folder.
