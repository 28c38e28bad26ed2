//! The inset locator: a small map of the world, or of the wider region, with the part that the large map shows.

use super::basemap::{Basemap, BasemapError, DetailLevel};
use super::legend::in_view;
use super::{FigureInput, MapColors, MapStyle};
use crate::geodesy::{LonLat, MapProjection, Projected, outline, project_area};
use crate::scene::{Paint, PathSegment, PlaneBox, PlaneView, Primitive, ScenePoint, SceneRect, ScreenSet, Stroke, WorldLayer};

/// Views wider than this share of the world need no locator.
const WORLD_SHARE: f64 = 0.55;
/// Views narrower than this share of the world are located in their region.
const REGION_SHARE: f64 = 1.0 / 16.0;
/// Width of the region as a share of the world.
const REGION_WIDTH: f64 = 1.0 / 5.0;
/// A region moves in steps of this share of its width, so that it is not drawn anew with every step of the view.
const REGION_STEP: f64 = 0.2;
/// A part smaller than this in CSS pixels is marked by a dot.
const LEAST_RECT_PX: f32 = 7.0;
/// Rings smaller than this in square CSS pixels are left out.
const LEAST_AREA_PX: f32 = 0.5;
/// Latitudes shown by a locator in Mercator: the poles would fill it.
const MERCATOR_LAT_DEG: (f64, f64) = (-58.0, 78.0);

/// Width of the locator of a figure as a share of the map body.
const FIGURE_SHARE: f32 = 0.17;
/// Width of the locator on the canvas, in CSS pixels.
const SCREEN_WIDTH_PX: f32 = 148.0;
/// Smaller canvases have no room for it, in CSS pixels.
const LEAST_CANVAS_PX: (f32, f32) = (420.0, 300.0);
/// From the left and the lower edge of the canvas, above the scale bar.
const SCREEN_MARGIN_PX: (f32, f32) = (12.0, 46.0);

/// Where the locator lies on a canvas, and what it shows there; `None` when it is switched off, not needed or has no room.
pub fn screen_inset(shown: &PlaneView, projection: MapProjection, style: &MapStyle) -> Option<(SceneRect, PlaneView)> {
    let canvas = shown.frame;
    if !style.layers.inset || canvas.width < LEAST_CANVAS_PX.0 || canvas.height < LEAST_CANVAS_PX.1 {
        return None;
    }
    let inset = inset_view(shown, projection, SCREEN_WIDTH_PX)?;
    let size = inset.frame;
    let (left, up) = SCREEN_MARGIN_PX;
    Some((SceneRect::new(canvas.x + left, canvas.bottom() - up - size.height, size.width, size.height), inset))
}

/// What the locator shows for a view, drawn into a frame at the origin that is `width_px` wide; `None` for views of the whole world.
pub fn inset_view(shown: &PlaneView, projection: MapProjection, width_px: f32) -> Option<PlaneView> {
    let (half_width, half_height) = projection.world_half_size_m();
    let shown_box = shown.plane_box(0.0);
    let share = (shown_box.max.x_m - shown_box.min.x_m) / (2.0 * half_width);
    let tall = (shown_box.max.y_m - shown_box.min.y_m) / (2.0 * half_height);
    if share.max(tall) > WORLD_SHARE {
        return None;
    }
    let lat = |lat_deg: f64| projection.project(LonLat::new(projection.central_meridian_deg, lat_deg)).y_m;
    let (south, north) = if projection.kind == crate::geodesy::ProjectionKind::Mercator {
        (lat(MERCATOR_LAT_DEG.0), lat(MERCATOR_LAT_DEG.1))
    } else {
        (-half_height, half_height)
    };
    let aspect = (north - south) / (2.0 * half_width);
    let height_px = (f64::from(width_px) * aspect).round() as f32;
    let frame = SceneRect::new(0.0, 0.0, width_px, height_px);
    if share.max(tall * 0.6) >= REGION_SHARE {
        let center = Projected::new(0.0, f64::midpoint(south, north));
        return Some(PlaneView { center, resolution_m_per_px: 2.0 * half_width / f64::from(width_px), frame });
    }
    let width = 2.0 * half_width * REGION_WIDTH;
    let height = width * aspect;
    let snapped = |at: f64, step: f64, limit: f64| ((at / step).round() * step).clamp(-limit.max(0.0), limit.max(0.0));
    let center = Projected::new(
        snapped(shown.center.x_m, width * REGION_STEP, half_width - width / 2.0),
        snapped(shown.center.y_m, height * REGION_STEP, half_height - height / 2.0),
    );
    Some(PlaneView { center, resolution_m_per_px: width / f64::from(width_px), frame })
}

/// The ground of a locator: sea, land and a frame, in the colors of the map.
///
/// # Errors
/// When the basemap is damaged. The first call decodes the coarse level: call it off the UI thread.
pub fn inset_ground(
    basemap: &Basemap,
    projection: MapProjection,
    style: &MapStyle,
    inset: &PlaneView,
    ink_scale: f32,
) -> Result<ScreenSet, BasemapError> {
    let colors = MapColors::of(style.theme);
    let world = inset.resolution_m_per_px * f64::from(inset.frame.width) >= projection.world_half_size_m().0;
    let level = basemap.level(if world { DetailLevel::Coarse } else { DetailLevel::Medium })?;
    let mut set = ScreenSet::default();
    let ground = Primitive::Rect { rect: inset.frame, corner_radius: 0.0, paint: Paint::fill(colors.beyond_world) };
    set.push("inset", ground);
    let mut area = |rings: &mut dyn Iterator<Item = Vec<Projected>>, paint: Paint| {
        let segments: Vec<PathSegment> = rings.flat_map(|ring| path_of(&ring, inset)).collect();
        if !segments.is_empty() {
            set.push("inset", Primitive::Path { segments, paint });
        }
    };
    area(&mut std::iter::once(outline(&projection)), Paint::fill(colors.sea));
    let visible = inset.plane_box(0.0);
    let mut land =
        level.land.iter().flat_map(|polygon| project_area(&projection, &polygon.rings).rings).filter(|ring| touches(ring, &visible));
    let coast = Stroke::solid(colors.coast, 0.45 * ink_scale);
    area(&mut land, Paint { fill: Some(colors.land), stroke: Some(coast) });
    let frame = Paint::stroke(Stroke::solid(colors.neatline, 0.9 * ink_scale));
    set.push("inset", Primitive::Rect { rect: inset.frame, corner_radius: 0.0, paint: frame });
    Ok(set)
}

fn touches(ring: &[Projected], visible: &PlaneBox) -> bool {
    ring.iter().fold(PlaneBox::EMPTY, |all, point| all.including(*point)).intersects(visible)
}

/// The part that the large map shows: a rectangle, or a dot where that would be too small to see.
pub fn inset_mark(set: &mut ScreenSet, inset: &PlaneView, shown: &PlaneView, style: &MapStyle, ink_scale: f32) {
    let colors = MapColors::of(style.theme);
    let shown = shown.plane_box(0.0);
    let corners = [(shown.min.x_m, shown.max.y_m), (shown.max.x_m, shown.min.y_m)];
    let [a, b] = corners.map(|(x, y)| inset.scene_from_projected(Projected::new(x, y)));
    let frame = inset.frame;
    let (left, right) = (a.x.clamp(frame.x, frame.right()), b.x.clamp(frame.x, frame.right()));
    let (top, bottom) = (a.y.clamp(frame.y, frame.bottom()), b.y.clamp(frame.y, frame.bottom()));
    let halo = colors.casing.faded(0.9);
    if right - left >= LEAST_RECT_PX * ink_scale && bottom - top >= LEAST_RECT_PX * ink_scale {
        let rect = SceneRect::new(left, top, right - left, bottom - top);
        let inside = Paint { fill: Some(colors.accent.faded(0.14)), stroke: Some(Stroke::solid(halo, 3.0 * ink_scale)) };
        set.push("inset", Primitive::Rect { rect, corner_radius: 0.0, paint: inside });
        let paint = Paint::stroke(Stroke::solid(colors.accent, 1.4 * ink_scale));
        set.push("inset", Primitive::Rect { rect, corner_radius: 0.0, paint });
        return;
    }
    let center = ScenePoint::new(f32::midpoint(left, right), f32::midpoint(top, bottom));
    let dot = Paint { fill: Some(colors.accent), stroke: Some(Stroke::solid(halo, 1.4 * ink_scale)) };
    set.push("inset", Primitive::Disc { center, radius: 3.4 * ink_scale, paint: dot });
}

/// Draws the locator of a figure into that corner of the map body where it hides the least data and not the scale bar at `taken`, `edge` from the
/// border. Returns its box; `None` when it is switched off, not needed or has no room.
///
/// # Errors
/// When the basemap is damaged.
pub(super) fn quiet_inset(
    set: &mut ScreenSet,
    input: &FigureInput<'_>,
    view: &PlaneView,
    layers: &[WorldLayer],
    (taken, edge): (SceneRect, f32),
    ink_scale: f32,
) -> Result<Option<SceneRect>, BasemapError> {
    let body = view.frame;
    let width = (body.width * FIGURE_SHARE).clamp(110.0, 420.0);
    let (Some(basemap), true) = (input.basemap, input.style.layers.inset && body.width >= 3.0 * width) else { return Ok(None) };
    let Some(inset) = inset_view(view, input.projection, width) else { return Ok(None) };
    let (width, height) = (inset.frame.width, inset.frame.height);
    if body.height < 2.5 * height {
        return Ok(None);
    }
    let room = body.grown(-edge);
    let (right, lower) = (room.right() - width, room.bottom() - height);
    let corners = [(right, room.y), (room.x, room.y), (right, lower), (room.x, lower)];
    let places = corners.map(|(x, y)| SceneRect::new(x, y, width, height));
    let hidden = |place: &SceneRect| {
        let corner = |x, y| view.projected_from_scene(ScenePoint::new(x, y));
        let below = PlaneBox::EMPTY.including(corner(place.x, place.y)).including(corner(place.right(), place.bottom()));
        layers.iter().map(|layer| layer.geometry.items.iter().filter(|item| in_view(layer, item, &below)).count()).sum::<usize>()
    };
    let Some(place) = places.into_iter().filter(|place| !place.intersects(&taken)).min_by_key(hidden) else { return Ok(None) };
    let mut drawn = inset_ground(basemap, input.projection, input.style, &inset, ink_scale)?;
    inset_mark(&mut drawn, &inset, view, input.style, ink_scale);
    set.items.extend(moved(drawn, place.x, place.y).items);
    Ok(Some(place.grown(edge * 0.5)))
}

/// The same things with their frame's corner there.
pub(super) fn moved(set: ScreenSet, right: f32, down: f32) -> ScreenSet {
    let place = |point: ScenePoint| ScenePoint::new(point.x + right, point.y + down);
    let segment = |segment: PathSegment| match segment {
        PathSegment::MoveTo(to) => PathSegment::MoveTo(place(to)),
        PathSegment::LineTo(to) => PathSegment::LineTo(place(to)),
        other => other,
    };
    let mut moved = ScreenSet::default();
    for item in set.items {
        let primitive = match item.primitive {
            Primitive::Path { segments, paint } => Primitive::Path { segments: segments.into_iter().map(segment).collect(), paint },
            Primitive::Rect { rect, corner_radius, paint } => {
                Primitive::Rect { rect: SceneRect::new(rect.x + right, rect.y + down, rect.width, rect.height), corner_radius, paint }
            }
            Primitive::Disc { center, radius, paint } => Primitive::Disc { center: place(center), radius, paint },
            other => other,
        };
        moved.push(item.role, primitive);
    }
    moved
}

/// A ring cut at the frame, without steps too small to see.
fn path_of(ring: &[Projected], inset: &PlaneView) -> Vec<PathSegment> {
    let mut points: Vec<ScenePoint> = Vec::with_capacity(ring.len());
    for point in ring {
        let at = inset.scene_from_projected(*point);
        if points.last().is_none_or(|last| (last.x - at.x).abs() + (last.y - at.y).abs() >= 0.4) {
            points.push(at);
        }
    }
    let points = cut(points, inset.frame);
    if points.len() < 3 || area_px(&points) < LEAST_AREA_PX {
        return Vec::new();
    }
    let first = std::iter::once(PathSegment::MoveTo(points[0]));
    first.chain(points[1..].iter().map(|point| PathSegment::LineTo(*point))).chain([PathSegment::Close]).collect()
}

fn area_px(points: &[ScenePoint]) -> f32 {
    let next = points.iter().cycle().skip(1);
    points.iter().zip(next).map(|(a, b)| a.x * b.y - b.x * a.y).sum::<f32>().abs() / 2.0
}

/// Sutherland–Hodgman: the ring within the rectangle; edges along its border are added where it leaves and returns.
fn cut(mut points: Vec<ScenePoint>, frame: SceneRect) -> Vec<ScenePoint> {
    let inside: [&dyn Fn(ScenePoint) -> f32; 4] =
        [&|p| p.x - frame.x, &|p| frame.right() - p.x, &|p| p.y - frame.y, &|p| frame.bottom() - p.y];
    for depth in inside {
        if points.iter().all(|point| depth(*point) >= 0.0) {
            continue;
        }
        let mut kept = Vec::with_capacity(points.len());
        for (index, to) in points.iter().enumerate() {
            let from = points[(index + points.len() - 1) % points.len()];
            let (a, b) = (depth(from), depth(*to));
            if (a < 0.0) != (b < 0.0) {
                let share = a / (a - b);
                kept.push(ScenePoint::new(from.x + (to.x - from.x) * share, from.y + (to.y - from.y) * share));
            }
            if b >= 0.0 {
                kept.push(*to);
            }
        }
        points = kept;
        if points.is_empty() {
            break;
        }
    }
    points
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::cartography::{MapView, NamedExtent};
    use crate::geodesy::ProjectionKind;

    const FRAME: SceneRect = SceneRect::new(0.0, 0.0, 900.0, 500.0);

    fn shown(kind: ProjectionKind, extent: NamedExtent) -> (PlaneView, MapProjection) {
        let projection = MapProjection::new(kind, 0.0);
        (MapView::fitting_extent(projection, extent.extent(), FRAME.width, FRAME.height, 0.0).on(FRAME), projection)
    }

    #[test]
    fn world_views_have_none_and_near_views_are_located_in_their_region() {
        for kind in ProjectionKind::ALL {
            let of = |extent| {
                let (view, projection) = shown(kind, extent);
                inset_view(&view, projection, 160.0)
            };
            assert_eq!(of(NamedExtent::World), None, "{kind:?}");
            let world = of(NamedExtent::Atlantic).or(of(NamedExtent::Balkans)).expect("a part of the world");
            let region = of(NamedExtent::Adriatic).expect("a part of the world");
            assert!(region.resolution_m_per_px <= world.resolution_m_per_px, "{kind:?}");
            let (view, _) = shown(kind, NamedExtent::Adriatic);
            let (inner, outer) = (view.plane_box(0.0), region.plane_box(0.0));
            assert!(outer.min.x_m < inner.min.x_m && outer.max.y_m > inner.max.y_m, "{kind:?}: the part lies within");
        }
    }

    #[test]
    fn a_tiny_part_is_a_dot_and_a_larger_one_a_rectangle() {
        let (view, projection) = shown(ProjectionKind::EqualEarth, NamedExtent::Adriatic);
        let inset = inset_view(&view, projection, 160.0).expect("located");
        let mark = |view: &PlaneView| {
            let mut set = ScreenSet::default();
            inset_mark(&mut set, &inset, view, &MapStyle::default(), 1.0);
            set.items.iter().any(|item| matches!(item.primitive, Primitive::Disc { .. }))
        };
        assert!(!mark(&view));
        assert!(mark(&PlaneView { resolution_m_per_px: 10.0, ..view }));
    }

    #[test]
    fn nothing_of_the_ground_leaves_the_frame() {
        let basemap = Basemap::bundled().expect("bundled");
        for extent in [NamedExtent::Adriatic, NamedExtent::Atlantic] {
            let (view, projection) = shown(ProjectionKind::Mercator, extent);
            let Some(inset) = inset_view(&view, projection, 160.0) else { continue };
            let set = inset_ground(basemap, projection, &MapStyle::default(), &inset, 1.0).expect("decoded");
            let room = inset.frame.grown(0.01);
            let mut points = 0;
            for item in &moved(set, 0.0, 0.0).items {
                let Primitive::Path { segments, .. } = &item.primitive else { continue };
                for segment in segments {
                    if let PathSegment::MoveTo(to) | PathSegment::LineTo(to) = segment {
                        assert!(room.contains(*to), "{to:?}");
                        points += 1;
                    }
                }
            }
            assert!(points > 50, "there is land: {points}");
        }
    }

    #[test]
    fn a_ring_is_cut_at_the_frame() {
        let ring = [(-10.0, -10.0), (50.0, -10.0), (50.0, 50.0), (-10.0, 50.0)].map(|(x, y)| ScenePoint::new(x, y)).to_vec();
        let whole = cut(ring.clone(), SceneRect::new(0.0, 0.0, 20.0, 30.0));
        assert!((area_px(&whole) - 600.0).abs() < 0.01);
        assert!(cut(ring, SceneRect::new(60.0, 0.0, 5.0, 5.0)).is_empty());
    }
}
