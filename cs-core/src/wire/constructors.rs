//! Every constructor of a portfolio.

use super::constructor::Constructor;
use super::load::{FROM_CSV, FROM_TABLES};
#[cfg(feature = "synthetic")]
use super::synthetic::SYNTHETIC;

/// Every constructor of a portfolio.
pub const CONSTRUCTORS: &[Constructor] = &[
    FROM_TABLES,
    FROM_CSV,
    #[cfg(feature = "synthetic")]
    SYNTHETIC,
];

#[cfg(test)]
mod tests {
    use super::*;
    use crate::portfolio::TABLES;
    use crate::wire::is_table;

    #[test]
    fn every_constructor_takes_every_table_in_order() {
        for constructor in [FROM_TABLES, FROM_CSV] {
            let names = constructor.parameters.iter().map(|parameter| parameter.name);
            let tables: Vec<&str> = names.filter(|name| is_table(name)).collect();
            assert_eq!(tables, TABLES.iter().map(|spec| spec.name).collect::<Vec<_>>(), "{}", constructor.name);
        }
    }
}
