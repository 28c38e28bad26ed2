//! Where the records of a dataset lie.

use super::{Dataset, FeatureKind, FeatureRef, Geometry};
use crate::geodesy::LonLat;

impl Dataset {
    /// Hands every position of a record to `visit`: all vertices of a line or polygon, the place of a point. Records without a
    /// place of their own have none.
    pub fn for_each_position(&self, feature: FeatureRef, visit: &mut impl FnMut(LonLat)) {
        let at = feature.at();
        match feature.kind {
            FeatureKind::Route => {
                self.routes.get(at).into_iter().flat_map(|r| r.lines.iter().flatten()).for_each(|p| visit(*p));
            }
            FeatureKind::Port => self.ports.get(at).into_iter().flat_map(|r| r.position.iter().chain(&r.also_at)).for_each(|p| visit(*p)),
            FeatureKind::Seizure => {
                self.seizures.get(at).into_iter().flat_map(|r| r.position.iter().chain(&r.also_at)).for_each(|p| visit(*p));
            }
            FeatureKind::Group => self.groups.get(at).and_then(|r| r.position).into_iter().for_each(visit),
            FeatureKind::Area => {
                if let Some(geometry) = self.areas.get(at).and_then(|r| r.geometry.as_ref()) {
                    geometry.for_each_position(visit);
                }
            }
            FeatureKind::Tie | FeatureKind::Statistic | FeatureKind::Source | FeatureKind::Judgement => {}
        }
    }

    /// Whether a record has a place of its own on the map.
    pub fn has_place(&self, feature: FeatureRef) -> bool {
        let mut any = false;
        self.for_each_position(feature, &mut |_| any = true);
        any
    }
}

impl Geometry {
    /// Hands every position to `visit`.
    pub fn for_each_position(&self, visit: &mut impl FnMut(LonLat)) {
        match self {
            Self::Points(points) => points.iter().for_each(|p| visit(*p)),
            Self::Lines(lines) => lines.iter().flatten().for_each(|p| visit(*p)),
            Self::Polygons(polygons) => polygons.iter().flatten().flatten().for_each(|p| visit(*p)),
            Self::Collection(parts) => {
                for part in parts {
                    part.for_each_position(visit);
                }
            }
        }
    }
}
