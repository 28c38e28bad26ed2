//! What the atlas knows: routes, ports, groups, ties, seizures, statistics, sources and judgements. No input or output, no drawing.
//!
//! `Option::None` always means "not stated" or "not graded" and is never filled in.

mod country;
mod dataset;
mod date;
mod edit;
mod extra;
mod grading;
mod id_index;
mod places;
mod record;
mod record_list;
mod reference;
mod seizure;
mod words;

pub use country::{country_name, country_with_code};
pub use dataset::{Dataset, DatasetBuilder, Record, SourceFile};
pub use date::{DateParseError, DateSpan, PartialDate};
pub use extra::{Extra, ExtraTemplate, ExtraWriter};
pub use grading::{Attribution, Confidence, Credibility, Likelihood, LikelihoodScale, SourceReliability};
pub use record::{
    ContextArea, Geometry, Group, GroupKind, Judgement, KnownRouteMode, Origin, PathKind, PlaceKind, PlacePrecision, Port, PortSide, Route,
    RouteMode, Source, SourceKind, Statistic, Tie, TieKind,
};
pub use record_list::{Iter as RecordIter, RecordList};
pub use reference::{FeatureKind, FeatureRef};
pub use seizure::{SeizureDetails, SeizureEvent};
pub use words::fold_for_search;
