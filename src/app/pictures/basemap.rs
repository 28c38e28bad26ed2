//! The thread that draws land, borders and graticule.

use std::sync::Arc;
use std::sync::atomic::{AtomicBool, Ordering};

use super::{BasemapKey, Drawn, rasterize};
use crate::cartography::{Basemap, DetailLevel, MapColors, MapLabel, MapStyle, basemap_labels, basemap_layers, detail_for, graticule_step_deg};
use crate::geodesy::{MapProjection, Projected};
use crate::ui::canvas::LABEL_PX;
use crate::scene::{PlaneView, SceneRect, WorldLayer};

/// Projected levels that are kept: the present one and those around it.
const MAX_KEPT: usize = 4;
/// Width of the backdrop in pixels.
const BACKDROP_WIDTH_PX: f32 = 2_048.0;

pub(super) struct Request {
    pub(super) key: BasemapKey,
    /// Wait for the right level of detail instead of drawing what is at hand.
    pub(super) patient: bool,
}

#[expect(clippy::large_enum_variant, reason = "one at a time")]
pub(super) enum Answer {
    Picture {
        drawn: Drawn,
        /// Only when projection or style changed.
        backdrop: Option<Drawn>,
        /// Names for this resolution.
        labels: Arc<Vec<MapLabel>>,
        /// Drawn from another level of detail: ask again with patience.
        wants_detail: bool,
    },
    Failed(String),
}

/// What stays between requests.
#[derive(Default)]
pub(super) struct Artist {
    kept: Vec<(Kept, Vec<WorldLayer>)>,
    backdrop_of: Option<(MapProjection, MapStyle)>,
    labels: Option<(MapProjection, MapStyle, f64, Arc<Vec<MapLabel>>)>,
}

/// Projection, style, level of detail and step of the graticule in degrees.
#[derive(Clone, Copy, PartialEq)]
struct Kept {
    projection: MapProjection,
    style: MapStyle,
    level: DetailLevel,
    graticule_deg: f64,
}


impl Artist {
    pub(super) fn draw(&mut self, request: Request, outdated: &AtomicBool) -> Option<Answer> {
        match self.try_draw(request, outdated) {
            Ok(answer) => answer,
            Err(reason) => Some(Answer::Failed(reason)),
        }
    }

    fn try_draw(&mut self, request: Request, outdated: &AtomicBool) -> Result<Option<Answer>, String> {
        let basemap = Basemap::bundled().map_err(|error| error.to_string())?;
        let BasemapKey { projection, style, view, scale } = request.key;
        let wanted = detail_for(view.resolution_m_per_px);
        let graticule_deg = graticule_step_deg(view.resolution_m_per_px);
        let fine = Kept { projection, style, level: wanted, graticule_deg };
        let at_hand = self.kept.iter().any(|(kept, _)| *kept == fine);
        let key = if at_hand || request.patient { fine } else { Kept { level: DetailLevel::Coarse, ..fine } };
        self.prepare(basemap, key, view.resolution_m_per_px)?;
        let background = MapColors::of(style.theme).beyond_world;
        let Some((_, layers)) = self.kept.iter().find(|(kept, _)| *kept == key) else { return Ok(None) };
        if outdated.load(Ordering::Relaxed) && at_hand {
            return Ok(None);
        }
        let Some(image) = rasterize(layers, &view, scale, Some(background)) else { return Ok(None) };
        let drawn = Drawn { image, view, projection };
        let backdrop = self.backdrop(basemap, projection, style)?;
        let labels = self.labels(basemap, projection, style, view.resolution_m_per_px)?;
        Ok(Some(Answer::Picture { drawn, backdrop, labels, wants_detail: key.level != wanted }))
    }

    fn prepare(&mut self, basemap: &Basemap, key: Kept, resolution_m_per_px: f64) -> Result<(), String> {
        if self.kept.iter().any(|(kept, _)| *kept == key) {
            return Ok(());
        }
        let layers = basemap_layers(basemap, key.level, resolution_m_per_px, key.projection, &key.style, 1.0).map_err(|error| error.to_string())?;
        self.kept.push((key, layers));
        if self.kept.len() > MAX_KEPT {
            self.kept.remove(0);
        }
        Ok(())
    }

    fn backdrop(&mut self, basemap: &Basemap, projection: MapProjection, style: MapStyle) -> Result<Option<Drawn>, String> {
        if self.backdrop_of == Some((projection, style)) {
            return Ok(None);
        }
        let (half_width, half_height) = projection.world_half_size_m();
        let view = PlaneView {
            center: Projected::default(),
            resolution_m_per_px: 2.0 * half_width / f64::from(BACKDROP_WIDTH_PX),
            frame: SceneRect::new(0.0, 0.0, BACKDROP_WIDTH_PX, (f64::from(BACKDROP_WIDTH_PX) * half_height / half_width) as f32),
        };
        let graticule_deg = graticule_step_deg(view.resolution_m_per_px);
        let key = Kept { projection, style, level: DetailLevel::Coarse, graticule_deg };
        self.prepare(basemap, key, view.resolution_m_per_px)?;
        let Some((_, layers)) = self.kept.iter().find(|(kept, _)| *kept == key) else { return Ok(None) };
        let drawn = rasterize(layers, &view, 1.0, Some(MapColors::of(style.theme).beyond_world)).map(|image| Drawn { image, view, projection });
        self.backdrop_of = Some((projection, style));
        Ok(drawn)
    }

    /// Names for a resolution; made again only when it changes.
    fn labels(&mut self, basemap: &Basemap, projection: MapProjection, style: MapStyle, resolution: f64) -> Result<Arc<Vec<MapLabel>>, String> {
        if let Some((of_projection, of_style, of_resolution, labels)) = &self.labels
            && (*of_projection, *of_style, *of_resolution) == (projection, style, resolution)
        {
            return Ok(labels.clone());
        }
        let labels = basemap_labels(basemap, projection, &style, resolution, LABEL_PX).map_err(|error| error.to_string())?;
        let labels = Arc::new(labels);
        self.labels = Some((projection, style, resolution, labels.clone()));
        Ok(labels)
    }
}
