//! The records of the atlas: one struct for each `kind` of the file schema (see `routes/README.md`).
//!
//! Records name each other by id, as files do; [`crate::analysis::Links`] resolves the ids once a dataset is complete.

use std::sync::Arc;

use super::PartialDate;
use super::grading::{Confidence, Likelihood, SourceReliability, worded};
use crate::geodesy::LonLat;

/// Where a record came from.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Hash)]
pub struct Origin {
    /// Index into [`super::Dataset::files`].
    pub file: u32,
    /// Index of the feature in that file, from 0.
    pub feature: u32,
}

impl Origin {
    /// Of a record that was made in the program and comes from no file.
    pub const NEW: Self = Self { file: u32::MAX, feature: u32::MAX };
}

worded!(
    /// How the line of a route came about.
    PathKind {
        /// Computed along the sea network.
        Routed = "routed", "Routed over water";
        /// Drawn by a person.
        Drawn = "drawn", "Drawn";
        /// A picture of the order of calls, not of a path: a road leg, a leg whose port is not stated, straight legs between stops.
        Schematic = "schematic", "Schematic";
        /// Some lines are one, some another: see [`Route::line_paths`].
        Mixed = "mixed", "Partly routed, partly schematic";
    }
);

worded!(
    /// What kind of place a seizure was made at.
    PlaceKind {
        /// In a port.
        Port = "port", "Port";
        /// On the water.
        AtSea = "at_sea", "At sea";
        /// On land, away from a port.
        Inland = "inland", "Inland";
    }
);

worded!(
    /// How exactly a place is known. Never draw a dot for less than a city.
    PlacePrecision {
        /// The port or the exact place.
        Port = "port", "Port";
        /// The city or the surroundings.
        City = "city", "City";
        /// An approximate position, for example on the high seas.
        Approximate = "approximate", "Approximate position";
        /// Only the country.
        Country = "country", "Country only";
    }
);

worded!(
    /// What a group is in relation to the corridors.
    GroupKind {
        /// A cell or label on the Balkan side.
        BalkanCell = "balkan_cell", "Balkan cell";
        /// A partner in Latin America.
        LatamPartner = "latam_partner", "Latin American partner";
        /// Another partner.
        OtherPartner = "other_partner", "Other partner";
    }
);

worded!(
    /// How two groups relate.
    TieKind {
        /// Cooperation.
        Alliance = "alliance", "Alliance";
        /// Hostility.
        Rivalry = "rivalry", "Rivalry";
        /// `b` supplies or serves `a`.
        Supplier = "supplier", "Supplier";
        /// `b` left `a`.
        Split = "split", "Split";
    }
);

worded!(
    /// What kind of publication a source is.
    SourceKind {
        /// A public institution.
        Institution = "institution", "Institution";
        /// A court.
        Court = "court", "Court";
        /// The press.
        Press = "press", "Press";
        /// A non-governmental organisation.
        Ngo = "ngo", "NGO";
        /// A data set.
        Dataset = "dataset", "Data set";
    }
);

worded!(
    /// The part a port plays in the corridors.
    PortSide {
        /// Latin American source side.
        LatamSource = "latam_source", "Latin American source";
        /// Caribbean transit.
        CaribbeanTransit = "caribbean_transit", "Caribbean transit";
        /// Atlantic transit.
        AtlanticTransit = "atlantic_transit", "Atlantic transit";
        /// West African transit.
        WestAfricaTransit = "west_africa_transit", "West African transit";
        /// Mediterranean transit.
        MedTransit = "med_transit", "Mediterranean transit";
        /// Balkan destination in the wide sense: Adriatic, Aegean, Marmara, Black Sea and Trieste.
        BalkanDestination = "balkan_destination", "Balkan destination";
        /// North European destination.
        NorthEuropeDestination = "north_europe_destination", "North European destination";
    }
);

worded!(
    /// How a load travels, as far as files use the standard words.
    KnownRouteMode {
        /// In containers.
        Container = "container", "Container";
        /// On bulk carriers.
        Bulk = "bulk", "Bulk carrier";
        /// On yachts and sailing boats.
        Yacht = "yacht", "Yacht";
        /// On fishing vessels.
        Fishing = "fishing", "Fishing vessel";
        /// Dropped at sea and picked up.
        DropOff = "drop_off", "Drop-off at sea";
        /// On river barges.
        RiverBarge = "river_barge", "River barge";
    }
);

/// How a load travels: one of the standard words, or any other word as written.
#[derive(Clone, Debug, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub struct RouteMode(pub Arc<str>);

impl RouteMode {
    /// The words for people: the label of a standard mode, otherwise the text with `_` as spaces.
    pub fn label(&self) -> String {
        KnownRouteMode::from_key(&self.0).map_or_else(|| self.0.replace('_', " "), |mode| mode.label().to_owned())
    }
}

/// Any GeoJSON geometry, in degrees, WGS 84.
#[derive(Clone, Debug, PartialEq)]
pub enum Geometry {
    /// One or more points.
    Points(Vec<LonLat>),
    /// One or more lines of at least two positions.
    Lines(Vec<Vec<LonLat>>),
    /// One or more polygons, each an outer ring and its holes; rings are closed.
    Polygons(Vec<Vec<Vec<LonLat>>>),
    /// Several geometries.
    Collection(Vec<Geometry>),
}

/// A corridor.
#[derive(Clone, Debug, PartialEq)]
pub struct Route {
    /// Unique among routes.
    pub id: Arc<str>,
    /// Name for people; `None` when the file gives none.
    pub name: Option<Arc<str>>,
    /// Port id.
    pub origin_port: Option<Arc<str>>,
    /// Port id.
    pub destination_port: Option<Arc<str>>,
    /// Port or waypoint ids in sailing order.
    pub via: Vec<Arc<str>>,
    /// First year or date in our sources, not the start of the route's life.
    pub first_reported: Option<PartialDate>,
    /// Last year or date in our sources.
    pub last_reported: Option<PartialDate>,
    /// How the load travels.
    pub mode: Option<RouteMode>,
    /// How sure the atlas is of it.
    pub confidence: Option<Confidence>,
    /// Group ids.
    pub groups: Vec<Arc<str>>,
    /// Source ids.
    pub sources: Vec<Arc<str>>,
    /// Caveats.
    pub note: Option<Arc<str>>,
    /// How the line came about.
    pub path: Option<PathKind>,
    /// How each line came about, aligned with `lines`; empty when `path` says it for all of them.
    pub line_paths: Vec<PathKind>,
    /// The lines, in sailing order.
    pub lines: Vec<Vec<LonLat>>,
    /// Unknown properties and foreign members as a JSON object.
    pub extra: Option<Box<str>>,
    /// File and feature.
    pub provenance: Origin,
}

impl Route {
    /// A route of which nothing is stated yet.
    pub fn new(id: Arc<str>, provenance: Origin) -> Self {
        Self {
            id,
            name: None,
            origin_port: None,
            destination_port: None,
            via: Vec::new(),
            first_reported: None,
            last_reported: None,
            mode: None,
            confidence: None,
            groups: Vec::new(),
            sources: Vec::new(),
            note: None,
            path: None,
            line_paths: Vec::new(),
            lines: Vec::new(),
            extra: None,
            provenance,
        }
    }

    /// How one of the lines came about. Of a mixed route that does not say which line is which, every line may be schematic, so it is.
    pub fn path_of_line(&self, line: usize) -> Option<PathKind> {
        let stated = self.line_paths.get(line).copied().or(self.path);
        if stated == Some(PathKind::Mixed) { Some(PathKind::Schematic) } else { stated }
    }
}

/// A port, or a country-level placeholder (`precision: country`).
#[derive(Clone, Debug, PartialEq)]
pub struct Port {
    /// Unique among ports.
    pub id: Arc<str>,
    /// Name for people.
    pub name: Option<Arc<str>>,
    /// ISO 3166-1 alpha-2, or XK.
    pub country: Option<Arc<str>>,
    /// UN/LOCODE.
    pub locode: Option<Arc<str>>,
    /// The part it plays.
    pub side: Option<PortSide>,
    /// How exactly the place is known.
    pub precision: Option<PlacePrecision>,
    /// Source ids.
    pub sources: Vec<Arc<str>>,
    /// Caveats.
    pub note: Option<Arc<str>>,
    /// Where it is drawn.
    pub position: Option<LonLat>,
    /// Further positions of a multi-point feature.
    pub also_at: Vec<LonLat>,
    /// Unknown properties and foreign members as a JSON object.
    pub extra: Option<Box<str>>,
    /// File and feature.
    pub provenance: Origin,
}

/// A group, cell or umbrella label, as publicly reported.
#[derive(Clone, Debug, PartialEq)]
pub struct Group {
    /// Unique among groups.
    pub id: Arc<str>,
    /// Name for people.
    pub name: Option<Arc<str>>,
    /// What it is in relation to the corridors.
    pub group_kind: Option<GroupKind>,
    /// ISO 3166-1 alpha-2, or XK.
    pub home_country: Option<Arc<str>>,
    /// Place as written.
    pub home_place: Option<Arc<str>>,
    /// First year in our sources.
    pub active_since: Option<PartialDate>,
    /// An umbrella label whose existence as one group is disputed.
    pub contested: bool,
    /// Source ids.
    pub sources: Vec<Arc<str>>,
    /// Caveats.
    pub note: Option<Arc<str>>,
    /// Where it is drawn, if the file says so.
    pub position: Option<LonLat>,
    /// Unknown properties and foreign members as a JSON object.
    pub extra: Option<Box<str>>,
    /// File and feature.
    pub provenance: Origin,
}

/// A relation between two groups. Not directed except supplier and split.
#[derive(Clone, Debug, PartialEq)]
pub struct Tie {
    /// Group id.
    pub a: Arc<str>,
    /// Group id.
    pub b: Arc<str>,
    /// How they relate.
    pub tie_kind: Option<TieKind>,
    /// First year or date.
    pub since: Option<PartialDate>,
    /// Last year or date; `None` is "not stated", not "still going on".
    pub until: Option<PartialDate>,
    /// Source ids.
    pub sources: Vec<Arc<str>>,
    /// Caveats.
    pub note: Option<Arc<str>>,
    /// Unknown properties and foreign members as a JSON object.
    pub extra: Option<Box<str>>,
    /// File and feature.
    pub provenance: Origin,
}

/// A published figure for a year (or several).
#[derive(Clone, Debug, PartialEq)]
pub struct Statistic {
    /// Name of the series.
    pub series: Arc<str>,
    /// The year.
    pub year: PartialDate,
    /// The value in `unit`.
    pub value: f64,
    /// Unit as written.
    pub unit: Option<Arc<str>>,
    /// Our arithmetic on a published figure.
    pub derived: bool,
    /// Source ids.
    pub sources: Vec<Arc<str>>,
    /// Caveats.
    pub note: Option<Arc<str>>,
    /// Unknown properties and foreign members as a JSON object.
    pub extra: Option<Box<str>>,
    /// File and feature.
    pub provenance: Origin,
}

/// A publication that statements come from.
#[derive(Clone, Debug, PartialEq)]
pub struct Source {
    /// Unique among sources.
    pub id: Arc<str>,
    /// Who published it.
    pub publisher: Option<Arc<str>>,
    /// Title, partly translated or descriptive.
    pub title: Option<Arc<str>>,
    /// Date of publication.
    pub date: Option<PartialDate>,
    /// Address of the page; shown, never opened by the program itself.
    pub url: Option<Arc<str>>,
    /// What kind of publication.
    pub source_kind: Option<SourceKind>,
    /// Admiralty reliability of the source.
    pub reliability: Option<SourceReliability>,
    /// Caveats.
    pub note: Option<Arc<str>>,
    /// Unknown properties and foreign members as a JSON object.
    pub extra: Option<Box<str>>,
    /// File and feature.
    pub provenance: Origin,
}

/// A statement with likelihood and, stated apart, confidence.
#[derive(Clone, Debug, PartialEq)]
pub struct Judgement {
    /// Unique among judgements.
    pub id: Arc<str>,
    /// The statement.
    pub statement: Option<Arc<str>>,
    /// How likely it is.
    pub likelihood: Option<Likelihood>,
    /// How sure its author is.
    pub confidence: Option<Confidence>,
    /// What it rests on.
    pub basis: Option<Arc<str>>,
    /// Source ids.
    pub sources: Vec<Arc<str>>,
    /// Ids of the records it is about.
    pub about: Vec<Arc<str>>,
    /// Unknown properties and foreign members as a JSON object.
    pub extra: Option<Box<str>>,
    /// File and feature.
    pub provenance: Origin,
}

/// A feature without a `kind` that is neither a plain line nor a plain point: drawn as context.
#[derive(Clone, Debug, PartialEq)]
pub struct ContextArea {
    /// Unique among areas.
    pub id: Arc<str>,
    /// Name for people.
    pub name: Option<Arc<str>>,
    /// The geometry, mostly polygons; `None` for a feature without geometry and kind.
    pub geometry: Option<Geometry>,
    /// Unknown properties and foreign members as a JSON object.
    pub extra: Option<Box<str>>,
    /// File and feature.
    pub provenance: Origin,
}
