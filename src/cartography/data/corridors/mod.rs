//! Corridors as flow lines: width by evidence, side by side where they share water, put together where they cannot be told apart.

mod coasts;
mod flows;
mod lanes;
mod summary;
mod widths;

use std::collections::HashMap;
use std::sync::Arc;

use super::crowd::{CROWD, Crowd};
use super::{DataView, class_index, feature_ref, layer};
use crate::analysis::{CorridorEvidence, Links};
use crate::cartography::classes::{confidence_class, confidence_dash, is_schematic, schematic_dash};
use crate::cartography::{DataClasses, Evidence, MapColors, MapStyle};
use crate::geodesy::{MapProjection, Projected, along_great_circles, project_line};
use crate::model::{Dataset, FeatureKind, FeatureRef};
use crate::scene::{ClassPaint, Color, Dash, Paint, Stroke, WorldGeometry, WorldLayer, WorldLayerKind, WorldShape};
use flows::{Flow, flows};
use lanes::{LaneLevel, LanePath, LanePoint, LaneRules};

pub(in crate::cartography) use flows::Together;
pub use summary::{FlowSummary, flow_summary};
pub(in crate::cartography) use widths::width_classes;

/// Confidence classes of a corridor: high, medium, low, not stated.
pub(super) const CONFIDENCES: usize = 4;
/// Looks within a color class of corridors: four confidences, each as a path and as a schematic line.
pub(in crate::cartography) const ROUTE_LOOKS: usize = CONFIDENCES * 2;
/// Bundles of single corridors, and of flows from country to country, may cover this many metres of water; beyond, more are put together.
const WIDEST_BUNDLES_M: [f64; 2] = [330_000.0, 480_000.0];
/// Bundles narrower than this in CSS pixels are no crowd at any scale.
const NO_CROWD_PX: f64 = 18.0;
/// Bundles are narrowed when they would take more metres of water than this, but never below the first nor above the second of the widths
/// in CSS pixels.
const WIDEST_WATER_M: f64 = 250_000.0;
const WIDEST_PX: (f64, f64) = (24.0, 46.0);
/// The resolution at which bundles are measured, in plane metres for one pixel.
const MEASURED_AT: f64 = 1_000.0;
/// Distance between heads along a line, in CSS pixels.
const HEAD_SPACING_PX: f32 = 230.0;
/// Levels of resolution to a doubling.
const LEVELS_PER_OCTAVE: f64 = 2.0;
/// Lanes are laid out no finer than this, in plane metres for one pixel.
const FINEST_M_PER_PX: f64 = 8.0;
/// Levels that are kept.
const MOST_LEVELS: usize = 48;

/// Corridors prepared for drawing.
#[derive(Debug)]
pub(super) struct CorridorMap {
    /// Corridors too many to be told apart.
    crowd: Option<Crowd>,
    /// Where each corridor runs, if they are few enough for lanes.
    courses: Vec<Vec<Course>>,
    evidence: CorridorEvidence,
    flows: HashMap<Together, Arc<Vec<Flow>>>,
    levels: HashMap<LevelKey, Arc<LaneLevel>>,
    /// The newest layer and what it was made for.
    made: Option<((MapStyle, u32, u64), WorldLayer)>,
}

/// What a level of lanes is laid out for: how far corridors are put together, the level of resolution and what the width says.
type LevelKey = (Together, i32, Option<Evidence>);

/// A line of a corridor on the plane, without a gap.
#[derive(Clone, Debug)]
struct Course {
    points: Vec<Projected>,
    /// Where its pieces begin, and whether each is schematic.
    pieces: Vec<(usize, bool)>,
}

impl CorridorMap {
    pub(super) fn new(dataset: &Dataset, links: &Links, projection: MapProjection) -> Self {
        let crowd = (dataset.routes.len() > CROWD).then(|| Crowd::new(dataset, projection));
        Self::with_crowd(dataset, links, projection, crowd)
    }

    /// Corridors too many to be told apart by a few of their vertices.
    pub(super) fn sketch(dataset: &Dataset, links: &Links, projection: MapProjection) -> Self {
        Self::with_crowd(dataset, links, projection, Some(Crowd::sketch(dataset, projection)))
    }

    fn with_crowd(dataset: &Dataset, links: &Links, projection: MapProjection, crowd: Option<Crowd>) -> Self {
        let few = crowd.is_none();
        Self {
            crowd,
            courses: if few { dataset.routes.iter().map(|route| courses(route, projection)).collect() } else { Vec::new() },
            evidence: if few { CorridorEvidence::new(dataset, links) } else { CorridorEvidence::default() },
            flows: HashMap::new(),
            levels: HashMap::new(),
            made: None,
        }
    }

    pub(super) fn layers(&mut self, view: &DataView<'_>, classes: &DataClasses) -> Vec<WorldLayer> {
        if let Some(crowd) = &mut self.crowd {
            return vec![crowd.layer(view, classes)];
        }
        let key = (*view.style, view.ink_scale.to_bits(), view.resolution_m_per_px.to_bits());
        if self.made.as_ref().is_none_or(|(made, _)| *made != key) {
            self.made = Some((key, self.lanes_layer(view, classes)));
        }
        self.made.iter().map(|(_, layer)| layer.clone()).collect()
    }

    fn flows(&mut self, dataset: &Dataset, together: Together) -> Arc<Vec<Flow>> {
        self.flows.entry(together).or_insert_with(|| Arc::new(flows(dataset, &self.evidence, together))).clone()
    }

    /// How far corridors are put together at a resolution: by the room that the widest bundle takes. It depends on nothing else.
    fn together(&mut self, dataset: &Dataset, ink_resolution: f64, width_by: Option<Evidence>) -> Together {
        for (together, widest_m) in [Together::Not, Together::Countries].into_iter().zip(WIDEST_BUNDLES_M) {
            let bundle_px = self.level(dataset, together, MEASURED_AT, width_by).widest_px;
            if bundle_px <= NO_CROWD_PX || bundle_px * ink_resolution <= widest_m {
                return together;
            }
        }
        Together::Coasts
    }

    fn level(&mut self, dataset: &Dataset, together: Together, resolution: f64, width_by: Option<Evidence>) -> Arc<LaneLevel> {
        let step = (resolution.max(FINEST_M_PER_PX).log2() * LEVELS_PER_OCTAVE).round();
        let key = (together, step as i32, width_by);
        if let Some(level) = self.levels.get(&key) {
            return level.clone();
        }
        let paths: Vec<LanePath> = self
            .flows(dataset, together)
            .iter()
            .flat_map(|flow| {
                let width_px = f64::from(widths::width_px(width_by, &flow.totals));
                self.courses_of(flow).iter().map(move |course| LanePath {
                    points: course.points.clone(),
                    cuts: course.pieces.iter().skip(1).map(|(from, _)| *from).collect(),
                    width_px,
                })
            })
            .collect();
        let at = (step / LEVELS_PER_OCTAVE).exp2();
        let level = Arc::new(LaneLevel::new(&paths, at, rules(together, at)));
        if self.levels.len() >= MOST_LEVELS {
            self.levels.clear();
        }
        self.levels.insert(key, level.clone());
        level
    }

    fn courses_of(&self, flow: &Flow) -> &[Course] {
        self.courses.get(flow.routes[0] as usize).map_or(&[], Vec::as_slice)
    }

    fn lanes_layer(&mut self, view: &DataView<'_>, classes: &DataClasses) -> WorldLayer {
        let DataView { dataset, style, ink_scale, resolution_m_per_px, .. } = *view;
        let colors = MapColors::of(style.theme);
        let color_classes = classes.of_routes(style.color_by, colors);
        let several = color_classes.len();
        let resolution = resolution_m_per_px * f64::from(ink_scale);
        let together = self.together(dataset, resolution, style.width_by);
        let level = self.level(dataset, together, resolution, style.width_by);
        let flows = self.flows(dataset, together);
        let mut starts = Vec::with_capacity(flows.len());
        let mut start = 0;
        for flow in flows.iter() {
            starts.push(start);
            start += self.courses_of(flow).len();
        }
        let mut members: Vec<FeatureRef> = Vec::new();
        let look = |flow: &Flow| {
            let of = |index: &u32| dataset.routes.get(*index as usize);
            let confidence = flow.routes.iter().filter_map(of).map(|route| confidence_class(route.confidence)).min().unwrap_or(3);
            let mut colors = flow.routes.iter().filter_map(of).map(|route| classes.route_class(route, style.color_by));
            let first = colors.next().unwrap_or(several);
            (if colors.all(|color| color == first) { first } else { several }, confidence)
        };
        // The least certain first, so that what is best known lies on top where lines cross.
        let mut order: Vec<usize> = (0..flows.len()).collect();
        order.sort_by_key(|index| std::cmp::Reverse(look(&flows[*index]).1));
        let mut geometry = WorldGeometry::default();
        // What is schematic lies below all paths.
        for wanted in [true, false] {
            for index in &order {
                let flow = &flows[*index];
                let (color, confidence) = look(flow);
                let mut parts = Vec::new();
                for (number, course) in self.courses_of(flow).iter().enumerate() {
                    let all_schematic = course.pieces.iter().all(|(_, schematic)| *schematic);
                    let lines = level.lines.get(starts[*index] + number).map_or(&[][..], Vec::as_slice);
                    for (piece, line) in lines.iter().enumerate() {
                        let own = course.pieces.get(piece).is_some_and(|(_, schematic)| *schematic);
                        // Of corridors together only the whole is a path or not.
                        let schematic = if flow.routes.len() > 1 { all_schematic } else { own };
                        if schematic == wanted {
                            parts.extend(ribbon(line, resolution));
                        }
                    }
                }
                let class = class_index(color * ROUTE_LOOKS + confidence + if wanted { CONFIDENCES } else { 0 });
                let shape = WorldShape::Flow {
                    width_px: widths::width_px(style.width_by, &flow.totals) * ink_scale,
                    head_spacing_px: HEAD_SPACING_PX * ink_scale,
                };
                let parts = parts.iter().map(Vec::as_slice);
                match flow.routes.as_slice() {
                    [route] => geometry.push(Some(feature_ref(FeatureKind::Route, *route as usize)), class, shape, parts),
                    routes => {
                        let first = members.len() as u32;
                        members.extend(routes.iter().map(|route| feature_ref(FeatureKind::Route, *route as usize)));
                        geometry.push_many(first..members.len() as u32, class, shape, parts);
                    }
                }
            }
        }
        geometry.members = Arc::from(members);
        let mixed = colors.muted_ink;
        let paints = color_classes.iter().map(|class| class.color).chain([mixed]);
        let table = paints.flat_map(|color| (0..ROUTE_LOOKS).map(move |look| flow_paint(color, look, colors, ink_scale)));
        // From coast to coast the lanes of a bundle lie so close that they read as one stream; light between them would break it up.
        let table = table.map(|class| ClassPaint { casing: class.casing.filter(|_| together != Together::Coasts), ..class }).collect();
        layer(WorldLayerKind::Corridors, geometry, table)
    }
}

/// How lanes are laid out: the farther away, the more of what lies close together becomes one way, and the narrower is a bundle.
fn rules(together: Together, resolution: f64) -> LaneRules {
    let (snap_px, rounding_px) = match together {
        Together::Not => (2.6, 4.0),
        Together::Countries => (4.0, 8.0),
        Together::Coasts => (5.0, 14.0),
    };
    LaneRules { snap_px, rounding_px, widest_px: (WIDEST_WATER_M / resolution).clamp(WIDEST_PX.0, WIDEST_PX.1) }
}

/// Where a corridor runs: its lines along great circles, joined where one goes on from the other.
fn courses(route: &crate::model::Route, projection: MapProjection) -> Vec<Course> {
    let mut courses: Vec<Course> = Vec::new();
    for (index, line) in route.lines.iter().enumerate() {
        let schematic = is_schematic(route, index);
        // The legs of a corridor are great circles, as they are measured and checked for land.
        for mut points in project_line(&projection, &along_great_circles(line)) {
            points.retain(|point| point.x_m.is_finite() && point.y_m.is_finite());
            points.dedup();
            let goes_on = courses.last().is_some_and(|course| course.points.last() == points.first());
            match courses.last_mut().filter(|_| goes_on) {
                Some(course) => {
                    if course.pieces.last().is_some_and(|(_, last)| *last != schematic) {
                        course.pieces.push((course.points.len() - 1, schematic));
                    }
                    course.points.extend(points.drain(1..));
                }
                None if points.len() > 1 => courses.push(Course { points, pieces: vec![(0, schematic)] }),
                None => {}
            }
        }
    }
    courses
}

/// The middle and the left edge of a lane.
fn ribbon(line: &[LanePoint], resolution: f64) -> [Vec<Projected>; 2] {
    let middle: Vec<Projected> = line.iter().map(|point| point.at(resolution)).collect();
    let edge = (0..middle.len())
        .map(|index| {
            let (a, b) = (middle[index.saturating_sub(1)], middle[(index + 1).min(middle.len() - 1)]);
            let (dx, dy) = (b.x_m - a.x_m, b.y_m - a.y_m);
            let half = line[index].half_px() * resolution / dx.hypot(dy).max(1e-9);
            Projected::new(middle[index].x_m - dy * half, middle[index].y_m + dx * half)
        })
        .collect();
    [middle, edge]
}

/// The paint of a flow line: dash by confidence; a schematic line is dotted, lighter and without casing.
fn flow_paint(color: Color, look: usize, colors: &MapColors, ink_scale: f32) -> ClassPaint {
    let (confidence, schematic) = (look % CONFIDENCES, look >= CONFIDENCES);
    let dash = if schematic { Some(schematic_dash(confidence)) } else { confidence_dash(confidence) };
    let dash = dash.map(|dash| Dash { on: dash.on * ink_scale, off: dash.off * ink_scale });
    let opacity = if schematic { 0.8 } else { 1.0 };
    ClassPaint {
        paint: Paint::stroke(Stroke { color: color.faded(opacity), width: 2.0 * ink_scale, dash }),
        casing: (!schematic).then(|| Stroke::solid(colors.casing.faded(0.8), 1.4 * ink_scale)),
    }
}
