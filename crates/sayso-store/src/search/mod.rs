//! Search: the sentences that have the words and the rows that were asked for.
//!
//! A hit is a sentence. Its words are those of the search; a statement that touches it has all the
//! marks of a statement that were asked for (speaker, act, an unnamed source), and an event told in
//! it all the marks of an event (type, certainty, holder). Rejected rows count for nothing.

mod condition;
mod facets;
mod hit;
mod words;

use std::collections::BTreeMap;
use std::collections::btree_map::Entry;

use rusqlite::{ToSql, params_from_iter};

use crate::{Ledger, StoreError};
use condition::Condition;
pub(crate) use condition::named;

pub use facets::{Facet, Facets};
pub use hit::{EventLine, Hit, Mark, StatementLine, VoiceLine};
pub use words::Words;

/// How many sentences a search looks at in full. Of a search that finds more, the newest so many
/// are ranked and counted, and [`Found::more`] says so.
///
/// # Source
///
/// Measured with the example `latency`, at 100,000 statements: the commonest words take as long as an
/// answer may, half of it for the ranking.
pub const MAX_HITS: usize = 5000;

/// How many of the hits, the first, are counted by facet.
pub const MAX_COUNTED: usize = 500;

/// What is sought. Everything that is given must hold.
#[derive(Clone, Debug, Default)]
pub struct Search {
    /// Words of the sentence.
    pub words: Option<Words>,
    /// Who says it: words of a name.
    pub said_by: Option<String>,
    /// Who or what is mentioned in the sentence: words of a name.
    pub about: Option<String>,
    /// What is done by saying it: `deny`.
    pub act: Option<String>,
    /// The PLOVER type of an event.
    pub event_type: Option<String>,
    /// What a voice commits to: `denied`.
    pub certainty: Option<String>,
    /// Whose voice that is: `author`, or words of a name.
    pub holder: Option<String>,
    /// Who published it.
    pub outlet: Option<String>,
    /// The first day of publication, `2025-08-08`.
    pub since: Option<String>,
    /// The last day of publication.
    pub until: Option<String>,
    /// Whether a source that is not named says it.
    pub unnamed: bool,
    /// Older versions of a text, too.
    pub all_versions: bool,
    /// What comes first.
    pub order: Order,
    /// How many hits are left out at the beginning.
    pub skip: usize,
    /// How many hits are given; counts are of all.
    pub limit: usize,
}

/// What comes first.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Order {
    /// What fits the words best (BM25); without words, what was stored last.
    #[default]
    Best,
    /// What was published last.
    Newest,
}

/// What a search found.
#[derive(Clone, Debug, PartialEq)]
pub struct Found {
    /// The hits that were asked for, in order.
    pub hits: Vec<Hit>,
    /// How many there are, up to [`MAX_HITS`].
    pub n_hits: usize,
    /// Whether there are more than that.
    pub more: bool,
    /// In how many articles the hits are.
    pub n_articles: usize,
    /// How many articles were searched: those of the outlet and the days asked for.
    pub n_searched: u64,
    /// What the first hits are, counted.
    pub facets: Facets,
    /// How many hits that is: all, or the first [`MAX_COUNTED`].
    pub n_counted: usize,
}

/// A sentence that was found.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Place {
    pub(crate) sentence: i64,
    pub(crate) document: i64,
    rank: f64,
}

impl Ledger {
    /// Searches the ledger.
    ///
    /// # Errors
    ///
    /// [`StoreError::Query`] if the words are more than SQLite takes; [`StoreError::Damaged`] and
    /// its like.
    ///
    /// # Cost
    ///
    /// Linear in the hits, up to [`MAX_HITS`], and in the list of sentences with the rarest word.
    pub fn search(&self, search: &Search) -> Result<Found, StoreError> {
        self.find(search).map_err(|error| match error.to_string() {
            said if said.contains("fts5:") => StoreError::Query { reason: said, at: 0 },
            _ => self.failed(error),
        })
    }

    fn find(&self, search: &Search) -> rusqlite::Result<Found> {
        let condition = Condition::of(&self.connection, search)?;
        let mut places = self.places(&condition)?;
        let more = places.len() > MAX_HITS;
        places.truncate(MAX_HITS);
        self.sort(&mut places, search)?;
        let mut articles: Vec<i64> = places.iter().map(|place| place.document).collect();
        articles.sort_unstable();
        articles.dedup();
        let counted = places.get(..MAX_COUNTED).unwrap_or(&places);
        let page = places.iter().skip(search.skip).take(search.limit);
        let words = search.words.as_ref().map(Words::fts5);
        let hits = page
            .map(|place| hit::read(&self.connection, *place, words.as_deref()))
            .collect::<rusqlite::Result<_>>()?;
        Ok(Found {
            hits,
            n_hits: places.len(),
            more,
            n_articles: articles.len(),
            n_searched: self.searched(search)?,
            facets: facets::count(&self.connection, counted)?,
            n_counted: counted.len(),
        })
    }

    fn places(&self, condition: &Condition) -> rusqlite::Result<Vec<Place>> {
        let mut statement = self.connection.prepare_cached(&condition.sql(MAX_HITS + 1))?;
        let values = condition.values().map(|value| value as &dyn ToSql);
        let read = |row: &rusqlite::Row<'_>| {
            Ok(Place { sentence: row.get(0)?, document: row.get(1)?, rank: row.get(2)? })
        };
        statement.query_map(params_from_iter(values), read)?.collect()
    }

    fn sort(&self, places: &mut [Place], search: &Search) -> rusqlite::Result<()> {
        if search.order == Order::Best {
            // Places come newest first, and a stable sort keeps it so among equals.
            places.sort_by(|a, b| a.rank.total_cmp(&b.rank));
            return Ok(());
        }
        let mut day =
            self.connection.prepare_cached("SELECT day FROM documents WHERE document = ?1")?;
        let mut days = BTreeMap::new();
        for place in places.iter() {
            if let Entry::Vacant(vacant) = days.entry(place.document) {
                vacant.insert(
                    day.query_row([place.document], |row| row.get::<_, Option<String>>(0))?,
                );
            }
        }
        places.sort_by(|a, b| days.get(&b.document).cmp(&days.get(&a.document)));
        Ok(())
    }

    /// How many articles the search covers.
    fn searched(&self, search: &Search) -> rusqlite::Result<u64> {
        let (wheres, values) = condition::articles(search);
        let count = format!("SELECT count(*) FROM documents d WHERE {wheres}");
        let mut count = self.connection.prepare_cached(&count)?;
        count.query_row(params_from_iter(values), |row| row.get(0)).map(i64::unsigned_abs)
    }
}
