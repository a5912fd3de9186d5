//! Typed results: the columns of a table declared once, with their documentation.

use super::ColumnDoc;

/// The name of a result's shape, and its columns behind those of groups; a result of several tables has none itself.
pub(crate) type Heading = (&'static str, &'static [ColumnDoc]);

/// A result of a shape that has a name.
pub trait Headed: Sized {
    /// The name of the shape, and the columns.
    #[doc(hidden)]
    const HEADING: Heading;
}

/// Declares a typed result: a table, the row that it is read by, and the columns that it is built from.
macro_rules! result_table {
    (
        $(#[$meta:meta])*
        pub struct $name:ident($schema:literal) of
        $(#[$row_meta:meta])*
        $row:ident $(<$life:lifetime>)?, built from $columns:ident {
            $($(#[doc = $doc:literal])+ $field:ident: $type:ty as $kind:ident $(<$word:ty>)?,)+
        }
    ) => {
        $(#[$meta])*
        #[derive(Clone, Debug, PartialEq)]
        pub struct $name($crate::table::Table);

        $(#[$row_meta])*
        #[derive(Clone, Debug, PartialEq)]
        #[non_exhaustive]
        pub struct $row $(<$life>)? {
            $($(#[doc = $doc])+ pub $field: $type,)+
        }

        /// The columns while they are filled.
        pub(crate) struct $columns {
            $(pub(crate) $field: <$crate::table::field::$kind $(<$word>)? as $crate::table::Field>::Store,)+
        }

        impl $columns {
            /// No rows yet; texts are positions in `pool`.
            pub(crate) fn of(pool: &std::sync::Arc<$crate::text::TextPool>) -> Self {
                Self { $($field: <$crate::table::field::$kind $(<$word>)? as $crate::table::Field>::store(pool),)+ }
            }

            /// The table of all the columns behind those of groups, amounts with so many digits.
            pub(crate) fn into_table(
                self,
                groups: Vec<$crate::table::Column>,
                digits: u8,
                metadata: $crate::table::Metadata,
            ) -> $name {
                let (mut columns, mut metadata) = (groups, metadata);
                $(
                    let reason = <$crate::table::field::$kind $(<$word>)? as $crate::table::Field>::absent(&self.$field);
                    metadata.absent.extend(reason.map(|reason| (stringify!($field).to_owned(), reason)));
                )+
                $(columns.push($crate::table::Column::new(
                    stringify!($field),
                    <$crate::table::field::$kind $(<$word>)? as $crate::table::Field>::values(self.$field, digits),
                ));)+
                let rows = columns.first().map_or(0, |column| column.values().len());
                $name($crate::table::Table::new($schema, columns, rows, metadata))
            }
        }

        impl $name {
            /// The name of the table's shape.
            pub const SCHEMA: &'static str = $schema;

            /// Every column: its name, the kind of its cells and what it means.
            pub const COLUMNS: &'static [$crate::table::ColumnDoc] = &[$(
                $crate::table::ColumnDoc {
                    name: stringify!($field),
                    kind: <$crate::table::field::$kind $(<$word>)? as $crate::table::Field>::KIND,
                    nullable: <$crate::table::field::$kind $(<$word>)? as $crate::table::Field>::NULLABLE,
                    choices: <$crate::table::field::$kind $(<$word>)? as $crate::table::Field>::CHOICES,
                    doc: $crate::docs::documented(concat!($($doc, "\n"),+)),
                }
            ),+];

            /// The rows, in their fixed order.
            pub fn rows<'a>(&'a self) -> impl Iterator<Item = $row $(<$life>)?> + 'a {
                let currency = self.0.metadata().currency;
                $(let $field = self.0.column(stringify!($field));)+
                // A typed result is only made with its own columns, so no row is ever left out here.
                (0..self.0.len()).filter_map(move |row| {
                    Some($row {
                        $($field: <$crate::table::field::$kind $(<$word>)? as $crate::table::Field>::cell(
                            $field?.values(), row, currency,
                        )?,)+
                    })
                })
            }

            /// The typed result that a table is; none of one with another name or other columns.
            #[allow(dead_code, reason = "only the tables of a review are read back")]
            pub(crate) fn of_table(table: $crate::table::Table) -> Option<Self> {
                let columns = table.columns().iter().map(|column| (column.name(), column.values().kind()));
                let own = Self::COLUMNS.iter().map(|column| (column.name, column.kind));
                let is_it = table.schema() == $schema && columns.eq(own);
                is_it.then(|| Self(table))
            }

            /// The same as a generic table.
            #[must_use]
            pub fn table(&self) -> &$crate::table::Table {
                &self.0
            }
        }

        impl $crate::table::Headed for $name {
            const HEADING: $crate::table::Heading = ($name::SCHEMA, $name::COLUMNS);
        }

        impl From<$name> for $crate::table::Table {
            fn from(result: $name) -> Self {
                result.0
            }
        }
    };
}

pub(crate) use result_table;
