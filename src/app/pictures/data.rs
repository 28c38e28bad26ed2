//! The thread that draws corridors, ports and seizures.

use std::sync::Arc;
use std::sync::atomic::{AtomicBool, Ordering};

use super::{DataKey, Drawn, rasterize};
use crate::analysis::{Compared, LandFindings, Links, Matches};
use crate::cartography::{Basemap, CountryAreas, DataMap, DataView, Emphasis, drawn_layers, land_flags};
use crate::geodesy::MapProjection;
use crate::model::Dataset;
use crate::scene::{PickIndex, WorldLayer};
use crate::state::RecordSet;

pub(super) struct Request {
    pub(super) dataset: Arc<Dataset>,
    pub(super) links: Arc<Links>,
    pub(super) matches: Arc<Matches>,
    pub(super) selection: RecordSet,
    /// What the selection is linked to.
    pub(super) linked: RecordSet,
    /// Where corridors run over land, once it is known.
    pub(super) land: Option<Arc<LandFindings>>,
    /// The comparison whose differences are drawn instead of the records.
    pub(super) changes: Option<Arc<Compared>>,
    pub(super) key: DataKey,
}

pub(super) struct Answer {
    pub(super) drawn: Drawn,
    pub(super) layers: Vec<WorldLayer>,
    pub(super) pick: Arc<PickIndex>,
    pub(super) projection: MapProjection,
    pub(super) generation: u64,
}

/// What does not depend on the view is made once for a dataset and projection; states and pixels for each request.
#[derive(Default)]
pub(super) struct Artist {
    map: Option<(Made, DataMap, CountryAreas)>,
    /// The newest layers with the flags of corridors over land, and the index over them.
    indexed: Option<(Vec<WorldLayer>, Arc<PickIndex>)>,
    changes: super::changes::Artist,
}

type Made = (u64, MapProjection);

impl Artist {
    pub(super) fn draw(&mut self, request: Request, outdated: &AtomicBool) -> Option<Answer> {
        if let Some(compared) = &request.changes {
            return self.changes.draw(&request, compared, outdated);
        }
        let Request { dataset, links, matches, selection, linked, land, key, .. } = request;
        let wanted: Made = (key.generation, key.projection);
        if self.map.as_ref().is_none_or(|(made, ..)| *made != wanted) {
            let countries = CountryAreas::new(&dataset, key.projection);
            self.map = Some((wanted, DataMap::new(&dataset, &links, key.projection), countries));
        }
        let passes = |feature| matches.passes(feature);
        let (_, map, countries) = self.map.as_mut()?;
        // A damaged basemap is told by the thread that draws it.
        let shaded = Basemap::bundled().and_then(|basemap| countries.layer(basemap, &key.style, 1.0, &passes)).ok().flatten();
        let mut layers: Vec<WorldLayer> = shaded.into_iter().collect();
        let wanted = DataView {
            dataset: &dataset,
            links: &links,
            matches: &matches,
            style: &key.style,
            resolution_m_per_px: key.view.resolution_m_per_px,
            ink_scale: 1.0,
        };
        layers.extend(map.layers_around(&wanted, &key.view.plane_box(0.0)));
        layers.extend(land.and_then(|found| land_flags(&dataset, &found, key.projection, &key.style)));
        let pick = self.index(&layers);
        if outdated.load(Ordering::Relaxed) {
            return None;
        }
        let emphasis = Emphasis { passes: &passes, selection: &selection, linked: &linked, hovered: None };
        let layers = drawn_layers(&layers, &emphasis);
        let image = rasterize(&layers, &key.view, key.scale, None, outdated)?;
        let drawn = Drawn { image, view: key.view, projection: key.projection };
        Some(Answer { drawn, layers, pick, projection: key.projection, generation: key.generation })
    }

    /// The index over the layers; the one at hand when their geometry is the same.
    fn index(&mut self, layers: &[WorldLayer]) -> Arc<PickIndex> {
        let same = |a: &WorldLayer, b: &WorldLayer| a.kind == b.kind && Arc::ptr_eq(&a.geometry, &b.geometry);
        if let Some((made, pick)) = &self.indexed
            && made.len() == layers.len()
            && made.iter().zip(layers).all(|(a, b)| same(a, b))
        {
            return pick.clone();
        }
        let pick = Arc::new(PickIndex::new(layers.to_vec()));
        self.indexed = Some((layers.to_vec(), pick.clone()));
        pick
    }
}
