//! Programs that use cs-core: what each one does lives here, so that tests call it as a program does.

pub mod program;
pub mod readings;
pub mod revenue;
pub mod review;
