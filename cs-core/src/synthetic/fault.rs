//! What a synthetic company does wrong.

use crate::word::words;

words! {
    /// A principle that a synthetic company breaks.
    ///
    /// Customers whom it strikes have a row of the table `truth` that is `planted`. All others are as they would be
    /// without it, but for who recommended them and where their champions went, unless it is said to touch everybody.
    PlantedFault {
        /// Resellers sell to customers for whom the product is not made; those who only tried it have no row of `truth`.
        RightCustomer,
        /// From a third of the book on, many customers are not spoken with any more.
        NaturalDrift,
        /// With many customers success was never defined, or is out of reach.
        WildlySuccessful,
        /// From a third of the book on, signals of many customers are not recorded.
        ///
        /// It touches everybody: nobody acts on red, so that what a play would have ended goes on.
        MonitorHealth,
        /// Many larger customers are held by one person on either side.
        ///
        /// It touches everybody: nothing digital reaches a customer, no mail, no event and no community.
        LoyaltyWithoutPersonalTies,
        /// The product needs the vendor's help at every step, and customers name it when they leave.
        ProductDifferentiator,
        /// Customers who came in the last two thirds of the book wait very long for value.
        TimeToValue,
        /// No definition of a metric is signed, and two are in use.
        ///
        /// It touches no customer: the row of `truth` is the company's.
        KnowYourMetrics,
        /// Metrics have several owners or none; the row of `truth` is the company's.
        ///
        /// It touches everybody: no play ends what it was opened against.
        HardMetrics,
        /// Nobody at the top stands for retention, and promises of the sale are not kept.
        TopDown,
        /// The customers' own people take no part.
        CustomerCommitment,
        /// Plays are opened and not carried through.
        ///
        /// It touches everybody: of five plays four are never closed, whoever they are for, and end nothing.
        CsOperations,
        /// Customers reach value only with the vendor's people beside them.
        ProductLed,
    }
}
