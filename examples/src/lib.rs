//! Programs that use cs-core: what each one does lives here, so that tests call it as a program does.

pub mod readings;
pub mod review;
