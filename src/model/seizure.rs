//! Seizure events. A file may hold millions of them, so a record is as small as it can be.

use std::ops::{Deref, DerefMut};
use std::sync::Arc;

use super::grading::{Attribution, Credibility};
use super::{DateSpan, Extra, Origin, PlaceKind, PlacePrecision};
use crate::geodesy::LonLat;

/// A reported seizure. Of what it states, texts and lists lie apart in its details, which read and write like fields of its own:
/// `event.vessel`. An event that states none of them has no details.
#[derive(Clone, Debug, PartialEq)]
pub struct SeizureEvent {
    /// Unique among seizures.
    pub id: Arc<str>,
    /// Kilograms, mostly gross, as announced; `None` is "not stated", never zero.
    pub mass_kg: Option<f64>,
    /// Where it is drawn.
    pub position: Option<LonLat>,
    /// When, as exactly as stated.
    pub event_date: Option<DateSpan>,
    /// What kind of place.
    pub place_kind: Option<PlaceKind>,
    /// Whether a source names the group.
    pub attribution: Option<Attribution>,
    /// Credibility of the item.
    pub credibility: Option<Credibility>,
    /// How exactly the place is known.
    pub precision: Option<PlacePrecision>,
    /// File and feature.
    pub provenance: Origin,
    /// Unknown properties and foreign members as a JSON object.
    pub extra: Option<Extra>,
    details: Details,
}

/// The texts and lists of a seizure event.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct SeizureDetails {
    /// Place as written.
    pub place: Option<Arc<str>>,
    /// ISO 3166-1 alpha-2, or XK.
    pub country: Option<Arc<str>>,
    /// What was seized.
    pub commodity: Option<Arc<str>>,
    /// How it was hidden.
    pub concealment: Option<Arc<str>>,
    /// Ship name.
    pub vessel: Option<Arc<str>>,
    /// Port id.
    pub origin_port: Option<Arc<str>>,
    /// Port id.
    pub destination_port: Option<Arc<str>>,
    /// Group ids.
    pub groups: Vec<Arc<str>>,
    /// Ids of other seizures that may describe the same load.
    pub overlaps: Vec<Arc<str>>,
    /// Source ids.
    pub sources: Vec<Arc<str>>,
    /// Caveats.
    pub note: Option<Arc<str>>,
    /// Further positions of a multi-point feature.
    pub also_at: Vec<LonLat>,
}

/// What an event without details lends.
static NOTHING_STATED: SeizureDetails = SeizureDetails {
    place: None,
    country: None,
    commodity: None,
    concealment: None,
    vessel: None,
    origin_port: None,
    destination_port: None,
    groups: Vec::new(),
    overlaps: Vec::new(),
    sources: Vec::new(),
    note: None,
    also_at: Vec::new(),
};

/// `None` when nothing is stated; copies of an event share the rest.
#[derive(Clone, Debug, Default)]
struct Details(Option<Arc<SeizureDetails>>);

impl PartialEq for Details {
    fn eq(&self, other: &Self) -> bool {
        self.get() == other.get()
    }
}

impl Details {
    fn get(&self) -> &SeizureDetails {
        self.0.as_deref().unwrap_or(&NOTHING_STATED)
    }
}

impl SeizureEvent {
    /// An event of which nothing is stated yet.
    pub fn new(id: Arc<str>, provenance: Origin) -> Self {
        Self {
            id,
            mass_kg: None,
            position: None,
            event_date: None,
            place_kind: None,
            attribution: None,
            credibility: None,
            precision: None,
            provenance,
            extra: None,
            details: Details::default(),
        }
    }

    /// The same event with these details.
    #[must_use]
    pub fn with(mut self, details: SeizureDetails) -> Self {
        self.details = Details((details != NOTHING_STATED).then(|| Arc::new(details)));
        self
    }
}

impl Deref for SeizureEvent {
    type Target = SeizureDetails;

    fn deref(&self) -> &SeizureDetails {
        self.details.get()
    }
}

impl DerefMut for SeizureEvent {
    fn deref_mut(&mut self) -> &mut SeizureDetails {
        Arc::make_mut(self.details.0.get_or_insert_default())
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn details_read_and_write_like_fields() {
        let mut event = SeizureEvent::new("e".into(), Origin::default());
        assert!(event.vessel.is_none() && event.groups.is_empty());
        let before = event.clone();
        event.vessel = Some("Rosio".into());
        event.groups.push("kavac".into());
        assert_eq!((event.vessel.as_deref(), event.groups.len(), before.vessel.as_deref()), (Some("Rosio"), 1, None));
        assert_ne!(event, before);
    }

    #[test]
    fn an_event_that_states_nothing_takes_no_room_for_it() {
        let event = SeizureEvent::new("e".into(), Origin::default());
        let mut touched = event.clone();
        touched.groups.clear();
        assert_eq!(event, touched);
        assert!(event.clone().with(SeizureDetails::default()).details.0.is_none());
        let size = size_of::<SeizureEvent>();
        assert!(size <= 112, "{size} bytes");
    }
}
