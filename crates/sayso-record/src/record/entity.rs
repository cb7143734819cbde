use schemars::JsonSchema;
use serde::Serialize;

use super::CharSpan;

/// Somebody or something that the text is about.
#[derive(Clone, Debug, PartialEq, Serialize, JsonSchema)]
pub struct Entity {
    /// `e` and the span of its first mention: `e18-36`.
    pub id: String,
    /// What it is called: the fullest of its names, else the first description.
    pub name: String,
    /// What it is.
    pub kind: EntityKind,
    /// Whether some mention is a name.
    pub named: bool,
    /// Its other names in the text.
    pub aliases: Vec<String>,
    /// The country it belongs to, as ISO 3166 alpha-3 code (`XKX` for Kosovo); null where the text does not
    /// tell, as with a president whose country is not named, or tells of several.
    pub country: Option<String>,
    /// Its sector, as PLOVER 0.8 code: `GOV` government, `LEG` legislature, `JUD` courts, `MIL` military,
    /// `COP` police, `SPY` intelligence, `PTY` party, `OPP` opposition, `ELI` former office holders, `REB`
    /// rebels, `CRM` crime, `JRN` press, `MED` medicine, `BUS` business, `EDU` education and science, `REL`
    /// religion, `LAB` labour, `AGR` farming, `REF` refugees, `CVL` civilians; and `IGO`, `NGO` for
    /// international bodies, which PLOVER has in place of a country. Null where the text does not tell, and for
    /// a country as such; a capital that speaks is its government.
    pub sector: Option<String>,
    /// Where it is mentioned, in text order.
    pub mentions: Vec<Mention>,
    /// How sure the reader is of it, 0 to 1: the probability of its surest name; without a name, that
    /// its mentions belong together.
    pub score: f64,
}

/// What an entity is.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Serialize, JsonSchema)]
#[serde(rename_all = "lowercase")]
#[expect(missing_docs, reason = "the names say it")]
pub enum EntityKind {
    Person,
    Organization,
    Place,
    Group,
    Other,
}

impl From<sayso_analysis::EntityKind> for EntityKind {
    fn from(kind: sayso_analysis::EntityKind) -> Self {
        match kind {
            sayso_analysis::EntityKind::Person => Self::Person,
            sayso_analysis::EntityKind::Organization => Self::Organization,
            sayso_analysis::EntityKind::Place => Self::Place,
            sayso_analysis::EntityKind::Group => Self::Group,
            sayso_analysis::EntityKind::Other => Self::Other,
        }
    }
}

/// Words that stand for an entity.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, JsonSchema)]
pub struct Mention {
    /// The words.
    pub span: CharSpan,
    /// What kind of words they are.
    pub form: Form,
}

/// What kind of words mention an entity.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, JsonSchema)]
#[serde(rename_all = "lowercase")]
pub enum Form {
    /// A name: *Ana Reyes*.
    Name,
    /// A common noun: *the mayor*.
    Nominal,
    /// A pronoun: *she*.
    Pronoun,
}
