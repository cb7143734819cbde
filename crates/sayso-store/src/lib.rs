//! The ledger: many records in one SQLite file, safe, searchable and open to other tools.
//!
//! A [`Ledger`] takes in records in their written form (Record v1, JSON) and gives each back as it
//! came, byte for byte. It needs neither the model nor the engine. It reads no clock: times come in
//! as arguments.
//!
//! `schema/1.sql` describes the tables; they are part of what sayso promises to its users.

mod doctor;
mod entity;
mod entry;
mod error;
pub mod form;
mod hash;
mod known;
mod ledger;
mod link;
mod read;
mod schema;
mod search;
mod sql;
mod write;

pub use doctor::{Checkup, Finding};
pub use entity::{Did, EntityLine, EntityPage, Said};
pub use entry::Entry;
pub use error::StoreError;
pub use known::Known;
pub use ledger::{Ledger, WriteLock};
pub use search::{
    EventLine, Facet, Facets, Found, Hit, MAX_COUNTED, MAX_HITS, Mark, Order, Search,
    StatementLine, VoiceLine, Words,
};
pub use sql::Cell;
pub use write::Stored;

/// The name that the ledger's file has in its folder.
pub const FILE: &str = "ledger.sqlite";

/// The tables in SQL, with what each is for.
pub fn schema() -> String {
    schema::VERSIONS.join("\n")
}
