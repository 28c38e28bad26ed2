//! What the basemap consists of.

use std::sync::Arc;

use crate::geodesy::{Extent, LonLat};

/// How finely the basemap is drawn.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub enum DetailLevel {
    /// For views of the whole world.
    Coarse = 0,
    /// For views of a continent or a sea.
    Medium = 1,
    /// For views of a coast: Natural Earth 1:10m as published.
    Fine = 2,
}

impl DetailLevel {
    /// All levels, the coarsest first.
    pub const ALL: [Self; 3] = [Self::Coarse, Self::Medium, Self::Fine];

    /// The coarsest level whose simplification stays below about half a pixel.
    ///
    /// ```
    /// use sealane::cartography::basemap::DetailLevel;
    /// assert_eq!(DetailLevel::for_resolution(30_000.0), DetailLevel::Coarse);
    /// assert_eq!(DetailLevel::for_resolution(100.0), DetailLevel::Fine);
    /// ```
    pub fn for_resolution(resolution_m_per_px: f64) -> Self {
        if resolution_m_per_px >= 10_000.0 {
            Self::Coarse
        } else if resolution_m_per_px >= 2_000.0 {
            Self::Medium
        } else {
            Self::Fine
        }
    }
}

/// An area with its holes.
#[derive(Clone, Debug, PartialEq)]
pub struct Polygon {
    /// Closed rings in degrees, cut at ±180°: outer ones counter-clockwise, holes clockwise. Pieces that meet at ±180° are one polygon.
    pub rings: Vec<Vec<LonLat>>,
    /// Where it lies, for culling.
    pub extent: Extent,
}

/// A line, such as a border between two countries.
#[derive(Clone, Debug, PartialEq)]
pub struct Line {
    /// Positions in degrees.
    pub points: Vec<LonLat>,
    /// Where it lies, for culling.
    pub extent: Extent,
}

/// Land, lakes and borders in one detail.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct BasemapLevel {
    /// Land; its boundary is the coast.
    pub land: Vec<Polygon>,
    /// Lakes, to be drawn over the land. The Caspian Sea is a hole in the land.
    pub lakes: Vec<Polygon>,
    /// Borders on land between countries, de facto as Natural Earth draws them.
    pub borders: Vec<Line>,
}

/// The area of a country.
#[derive(Clone, Debug, PartialEq)]
pub struct CountryShape {
    /// ISO 3166-1 alpha-2; XK for Kosovo.
    pub iso: Arc<str>,
    /// English short name.
    pub name: Arc<str>,
    /// Its parts.
    pub polygons: Vec<Polygon>,
}

/// What a name belongs to.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub enum PlaceClass {
    /// A country or territory.
    Country,
    /// The capital of a country.
    Capital,
    /// Any other town.
    Town,
}

/// A name on the basemap.
#[derive(Clone, Debug, PartialEq)]
pub struct PlaceLabel {
    /// The name: English for countries, local in Latin letters for towns.
    pub name: Arc<str>,
    /// ISO 3166-1 alpha-2 of the country.
    pub iso: Arc<str>,
    /// A town's place, or the middle of a country's name.
    pub position: LonLat,
    /// What the name belongs to.
    pub class: PlaceClass,
    /// 0 is the most important (the largest countries), 8 the least; each step asks for about twice the scale.
    pub rank: u8,
    /// Inhabitants of a town; 0 for all else.
    pub population: u32,
}
