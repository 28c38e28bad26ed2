//! Links between records, filters with their counts, totals, trends and search. Pure functions over a dataset: no input or output, no drawing.
//!
//! The order of work: [`Links::new`] once for a dataset, [`evaluate`] for every change of the [`Filter`], and from its [`Matches`]
//! the [`facets`], [`totals`], [`summarize`] and [`histogram`]. Absent values are never guessed: they have a key of their own, [`NOT_STATED`].

mod columns;
mod compare;
mod concentration;
mod dimension;
mod evidence;
mod filter;
mod land_check;
mod links;
mod matches;
mod members;
mod network;
mod search;
mod text;
mod timeline;
mod totals;

#[cfg(test)]
mod sample;

pub use compare::{
    Change, ChangeKind, CompareForm, Compared, ComparedPeriod, Comparison, comparable_years, compare, middle_of_events, middle_of_years,
};
pub use concentration::{Concentration, SMALL_NUMBER_OF_EVENTS, Share, concentration};
pub use dimension::{Dimension, NOT_STATED, key_label};
pub use evidence::{CorridorEvidence, EvidenceTotals};
pub use filter::{Filter, FilterChip};
pub use land_check::{APPROACH_M, LandControl, LandCrossing, LandFindings, SchematicLand, check_land};
pub use links::{Links, Relation};
pub use matches::{FacetCount, Matches, evaluate, facets};
pub use members::MembersSummary;
pub use network::{NetworkEdge, NetworkLayout, NetworkNode, network_layout};
pub use search::{SearchHit, search};
pub use timeline::{Bin, BinSize, BinSums, Timeline, histogram};
pub use totals::{DoubleCount, Measure, Summary, SummaryBy, SummaryRow, Totals, possible_double_counts, summarize, totals};
