//! The event types of PLOVER 0.8, and what they are to each other.

/// What kind of act an event is.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub(super) enum Kind {
    Agree,
    Consult,
    Support,
    Concede,
    Cooperate,
    Aid,
    Retreat,
    Request,
    Accuse,
    Reject,
    Threaten,
    Protest,
    Sanction,
    Mobilize,
    Coerce,
    Assault,
}

impl Kind {
    pub(super) const ALL: [Self; 16] = [
        Self::Agree,
        Self::Consult,
        Self::Support,
        Self::Concede,
        Self::Cooperate,
        Self::Aid,
        Self::Retreat,
        Self::Request,
        Self::Accuse,
        Self::Reject,
        Self::Threaten,
        Self::Protest,
        Self::Sanction,
        Self::Mobilize,
        Self::Coerce,
        Self::Assault,
    ];

    /// PLOVER's name.
    pub(super) fn name(self) -> &'static str {
        match self {
            Self::Agree => "AGREE",
            Self::Consult => "CONSULT",
            Self::Support => "SUPPORT",
            Self::Concede => "CONCEDE",
            Self::Cooperate => "COOPERATE",
            Self::Aid => "AID",
            Self::Retreat => "RETREAT",
            Self::Request => "REQUEST",
            Self::Accuse => "ACCUSE",
            Self::Reject => "REJECT",
            Self::Threaten => "THREATEN",
            Self::Protest => "PROTEST",
            Self::Sanction => "SANCTION",
            Self::Mobilize => "MOBILIZE",
            Self::Coerce => "COERCE",
            Self::Assault => "ASSAULT",
        }
    }

    /// The type of that name.
    pub(super) fn of(name: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|kind| kind.name() == name)
    }

    /// The CAMEO root that an event of this type and mode had before PLOVER.
    pub(super) fn cameo(self, mode: Option<&str>) -> &'static str {
        match (self, mode) {
            (Self::Agree, _) => "03",
            (Self::Consult, _) => "04",
            (Self::Support, _) => "05",
            (Self::Cooperate, _) => "06",
            (Self::Aid, _) => "07",
            (Self::Concede | Self::Retreat, _) => "08",
            (Self::Accuse, Some("investigate")) => "09",
            (Self::Request, _) => "10",
            (Self::Accuse, _) => "11",
            (Self::Reject, _) => "12",
            (Self::Threaten, _) => "13",
            (Self::Protest, _) => "14",
            (Self::Mobilize, _) => "15",
            (Self::Sanction, _) => "16",
            (Self::Coerce, _) => "17",
            (Self::Assault, Some("firearms" | "heavy-weapons" | "aerial" | "drone")) => "19",
            (Self::Assault, Some("unconventional")) => "20",
            (Self::Assault, _) => "18",
        }
    }

    /// Whether it is cooperation: in the future it is an agreement (*Norland \[will send\] food*), and
    /// declined it is a rejection.
    pub(super) fn is_cooperation(self) -> bool {
        matches!(
            self,
            Self::Agree
                | Self::Consult
                | Self::Support
                | Self::Concede
                | Self::Cooperate
                | Self::Aid
                | Self::Retreat
        )
    }

    /// Whether it is conflict in deeds: announced by its actor, it is a threat.
    pub(super) fn is_material_conflict(self) -> bool {
        matches!(
            self,
            Self::Protest | Self::Sanction | Self::Mobilize | Self::Coerce | Self::Assault
        )
    }

    /// Whether it is done in words alone.
    pub(super) fn is_said(self) -> bool {
        matches!(
            self,
            Self::Agree
                | Self::Support
                | Self::Concede
                | Self::Request
                | Self::Accuse
                | Self::Reject
                | Self::Threaten
        )
    }

    /// Whether its complement is only spoken of: *agreed to \[withdraw\]*, *threatened to \[attack\]*.
    pub(super) fn covers_complement(self) -> bool {
        matches!(
            self,
            Self::Agree
                | Self::Request
                | Self::Reject
                | Self::Threaten
                | Self::Concede
                | Self::Support
        )
    }

    /// Whether those who do it together do it to each other: *the two clans \[fought\]*.
    pub(super) fn is_joint(self) -> bool {
        matches!(self, Self::Agree | Self::Consult | Self::Cooperate)
    }

    /// Whether it is told only with the one who does it. Of the others, a passive without its agent tells
    /// enough: *two men were \[arrested\]*.
    pub(super) fn needs_actor(self) -> bool {
        !matches!(
            self,
            Self::Accuse
                | Self::Assault
                | Self::Coerce
                | Self::Mobilize
                | Self::Retreat
                | Self::Sanction
        )
    }

    /// Whether it is told only with somebody to whom it is done: *rejected the \[mayor\]'s plan*, but not
    /// *rejected the idea*, which is an opinion.
    pub(super) fn needs_recipient(self) -> bool {
        !matches!(
            self,
            Self::Assault | Self::Coerce | Self::Mobilize | Self::Protest | Self::Retreat
        )
    }

    /// What it is to end an event of this type, with the mode: *\[lifted\] the curfew*; none of what is
    /// only said, *\[stopped\] asking*.
    pub(super) fn stopped(self) -> Option<(Self, Option<&'static str>)> {
        match self {
            Self::Assault => Some((Self::Retreat, Some("ceasefire"))),
            Self::Mobilize => Some((Self::Retreat, Some("withdraw"))),
            Self::Coerce | Self::Sanction | Self::Protest => Some((Self::Concede, None)),
            Self::Threaten | Self::Request | Self::Accuse | Self::Reject => None,
            _ => Some((Self::Sanction, Some("discontinue"))),
        }
    }

    /// The mode of a request, a rejection or a threat, by what is asked, declined or threatened.
    pub(super) fn mode_about(self, about: Option<(Self, Option<&str>)>) -> Option<&'static str> {
        let (kind, mode) = about.unzip();
        match (self, kind?) {
            (Self::Request | Self::Reject, Self::Aid | Self::Cooperate) => Some("assist"),
            (Self::Request | Self::Reject, Self::Consult) => Some("meet"),
            (Self::Request | Self::Reject, Self::Retreat | Self::Concede) => Some("yield"),
            (Self::Request | Self::Reject, _) => Some("change"),
            (Self::Threaten, Self::Assault | Self::Mobilize) => Some("violence"),
            (Self::Threaten, Self::Sanction) if mode == Some(Some("expel")) => Some("expel"),
            (Self::Threaten, Self::Sanction | Self::Reject) => Some("relations"),
            (Self::Threaten, Self::Coerce) if mode == Some(Some("arrest")) => Some("arrest"),
            (Self::Threaten, Self::Coerce | Self::Protest) => Some("restrict"),
            _ => None,
        }
    }
}
