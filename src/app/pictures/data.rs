//! The thread that draws corridors, ports and seizures.

use std::sync::Arc;
use std::sync::atomic::{AtomicBool, Ordering};

use super::{DataKey, Drawn, rasterize};
use crate::analysis::{Compared, LandFindings, Links, Matches};
use crate::cartography::{Basemap, CountryAreas, DataMap, DataView, Emphasis, MapStyle, drawn_layers, land_flags};
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
    /// Wait for the full detail instead of sketching very many records first.
    pub(super) patient: bool,
}

pub(super) struct Answer {
    pub(super) drawn: Drawn,
    pub(super) layers: Vec<WorldLayer>,
    pub(super) pick: Arc<PickIndex>,
    pub(super) projection: MapProjection,
    pub(super) generation: u64,
    /// Only sketched: ask again with patience.
    pub(super) is_sketch: bool,
}

/// What does not depend on the view is made once for a dataset and projection; states and pixels for each request.
#[derive(Default)]
pub(super) struct Artist {
    map: Option<(Made, DataMap, CountryAreas)>,
    is_sketch: bool,
    /// The newest layers with the flags of corridors over land, and the index over them.
    indexed: Option<(Vec<WorldLayer>, Arc<PickIndex>)>,
    /// The flags of corridors over land and what they were made for.
    flags: Option<((usize, Made, MapStyle), Option<WorldLayer>)>,
    changes: super::changes::Artist,
}

type Made = (u64, MapProjection);

impl Artist {
    pub(super) fn draw(&mut self, request: Request, outdated: &AtomicBool) -> Option<Answer> {
        if let Some(compared) = &request.changes {
            return self.changes.draw(&request, compared, outdated);
        }
        let Request { dataset, links, matches, selection, linked, land, key, patient, .. } = request;
        self.prepare(&dataset, &links, (key.generation, key.projection), patient);
        let passes = |feature| matches.passes(feature);
        let (_, map, countries) = self.map.as_mut()?;
        // A damaged basemap is told by the thread that draws it.
        let shaded = Basemap::bundled().and_then(|basemap| countries.layer(basemap, &key.style, &passes)).ok().flatten();
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
        let flags_key = (key.land, (key.generation, key.projection), key.style);
        if self.flags.as_ref().is_none_or(|(made, _)| *made != flags_key) {
            let flags = land.and_then(|found| land_flags(&dataset, &found, key.projection, &key.style));
            self.flags = Some((flags_key, flags));
        }
        layers.extend(self.flags.iter().filter_map(|(_, flags)| flags.clone()));
        let pick = self.index(&layers);
        if outdated.load(Ordering::Relaxed) {
            return None;
        }
        let emphasis = Emphasis { passes: &passes, selection: &selection, linked: &linked, hovered: None };
        let layers = drawn_layers(&layers, &emphasis);
        let image = rasterize(&layers, &key.view, key.scale, None, outdated)?;
        let drawn = Drawn { image, view: key.view, projection: key.projection };
        let (projection, generation) = (key.projection, key.generation);
        Some(Answer { drawn, layers, pick, projection, generation, is_sketch: self.is_sketch })
    }

    /// Makes what does not depend on the view, very many records coarsely at first.
    fn prepare(&mut self, dataset: &Dataset, links: &Links, wanted: Made, patient: bool) {
        let at_hand = self.map.as_ref().is_some_and(|(made, ..)| *made == wanted);
        if at_hand && !(self.is_sketch && patient) {
            return;
        }
        let sketch = if patient { None } else { DataMap::sketch(dataset, links, wanted.1) };
        self.is_sketch = sketch.is_some();
        let map = sketch.unwrap_or_else(|| DataMap::new(dataset, links, wanted.1));
        self.map = Some((wanted, map, CountryAreas::new(dataset, wanted.1)));
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
