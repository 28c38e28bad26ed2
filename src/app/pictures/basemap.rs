//! The thread that draws land, borders and graticule.

use std::sync::Arc;
use std::sync::atomic::{AtomicBool, Ordering};

use super::{BasemapKey, Drawn, rasterize};
use crate::cartography::basemap::{Basemap, DetailLevel};
use crate::cartography::{MapStyle, PlacedLabels, detail_for, ground_layer, land_layer, map_background};
use crate::geodesy::MapProjection;
use crate::scene::{PlaneBox, PlaneView, SceneRect, WorldLayer};

/// Projected levels that are kept: the present one and those around it.
const MAX_KEPT: usize = 4;
/// Width of the backdrop in pixels.
const BACKDROP_WIDTH_PX: f32 = 2_048.0;

pub(super) struct Request {
    pub(super) key: BasemapKey,
    /// Wait for the right level of detail instead of drawing what is at hand.
    pub(super) patient: bool,
}

#[expect(clippy::large_enum_variant, reason = "there is one answer at a time")]
pub(super) enum Answer {
    Picture {
        drawn: Drawn,
        /// Only when projection or style changed.
        backdrop: Option<Drawn>,
        labels: Arc<PlacedLabels>,
        /// Drawn from another level of detail: ask again with patience.
        wants_detail: bool,
    },
    Failed(String),
}

/// What stays between requests.
#[derive(Default)]
pub(super) struct Artist {
    kept: Vec<(Kept, WorldLayer)>,
    backdrop_of: Option<(MapProjection, MapStyle)>,
    labels: Option<Arc<PlacedLabels>>,
}

type Kept = (MapProjection, MapStyle, DetailLevel);

impl Artist {
    pub(super) fn draw(&mut self, request: &Request, outdated: &AtomicBool) -> Option<Answer> {
        match self.try_draw(request, outdated) {
            Ok(answer) => answer,
            Err(reason) => Some(Answer::Failed(reason)),
        }
    }

    fn try_draw(&mut self, request: &Request, outdated: &AtomicBool) -> Result<Option<Answer>, String> {
        let basemap = Basemap::bundled().map_err(|error| error.to_string())?;
        let BasemapKey { projection, style, view, scale } = request.key;
        let wanted = detail_for(view.resolution_m_per_px / f64::from(scale));
        let at_hand = self.kept.iter().any(|(kept, _)| *kept == (projection, style, wanted));
        let level = if at_hand || request.patient { wanted } else { DetailLevel::Coarse };
        self.prepare(basemap, (projection, style, level))?;
        let background = map_background(&style);
        let Some(land) = self.land(projection, style, level) else { return Ok(None) };
        let layers = [ground_layer(projection, &style, view.resolution_m_per_px, 1.0), land];
        if outdated.load(Ordering::Relaxed) && at_hand {
            return Ok(None);
        }
        let Some(image) = rasterize(&layers, &view, scale, Some(background), outdated) else { return Ok(None) };
        let drawn = Drawn { image, view, projection };
        let backdrop = self.backdrop(basemap, projection, style)?;
        let labels = self.labels.get_or_insert_with(|| Arc::new(PlacedLabels::new(basemap))).clone();
        Ok(Some(Answer::Picture { drawn, backdrop, labels, wants_detail: level != wanted }))
    }

    fn prepare(&mut self, basemap: &Basemap, key: Kept) -> Result<(), String> {
        if self.kept.iter().any(|(kept, _)| *kept == key) {
            return Ok(());
        }
        let layer = land_layer(basemap, key.2, key.0, &key.1, 1.0).map_err(|error| error.to_string())?;
        self.kept.push((key, layer));
        if self.kept.len() > MAX_KEPT {
            self.kept.remove(0);
        }
        Ok(())
    }

    fn land(&self, projection: MapProjection, style: MapStyle, level: DetailLevel) -> Option<WorldLayer> {
        self.kept.iter().find(|(kept, _)| *kept == (projection, style, level)).map(|(_, land)| land.clone())
    }

    fn backdrop(&mut self, basemap: &Basemap, projection: MapProjection, style: MapStyle) -> Result<Option<Drawn>, String> {
        if self.backdrop_of == Some((projection, style)) {
            return Ok(None);
        }
        let (half_width, half_height) = projection.world_half_size_m();
        let view = PlaneView {
            center: PlaneBox { min: Default::default(), max: Default::default() }.min,
            resolution_m_per_px: 2.0 * half_width / f64::from(BACKDROP_WIDTH_PX),
            frame: SceneRect::new(0.0, 0.0, BACKDROP_WIDTH_PX, (f64::from(BACKDROP_WIDTH_PX) * half_height / half_width) as f32),
        };
        let key = (projection, style, DetailLevel::Coarse);
        self.prepare(basemap, key)?;
        let Some(land) = self.land(projection, style, DetailLevel::Coarse) else { return Ok(None) };
        let layers = [ground_layer(projection, &style, view.resolution_m_per_px, 1.0), land];
        let drawn = rasterize(&layers, &view, 1.0, Some(map_background(&style)), &AtomicBool::new(false)).map(|image| Drawn {
            image,
            view,
            projection,
        });
        self.backdrop_of = Some((projection, style));
        Ok(drawn)
    }
}
