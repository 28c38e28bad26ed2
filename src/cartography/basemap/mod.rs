//! The bundled basemap: land, lakes, borders, countries and labels, decoded when they are first needed.
//!
//! Made from Natural Earth and GeoNames by `examples/build_basemap`; `assets/README.md` has provenance and format.

mod decode;
mod seas;
mod shapes;
mod towns;

use std::borrow::Cow;
use std::sync::{Arc, OnceLock};

pub use decode::BasemapError;
pub use seas::{SeaName, SeaSize, seas};
pub use shapes::{BasemapLevel, CountryShape, DetailLevel, Line, PlaceClass, PlaceLabel, Polygon};
pub use towns::Towns;

use crate::geodesy::LandIndex;
use decode::BlockKind;

/// The bytes that ship with the program.
static BUNDLED: &[u8] = include_bytes!("../../../assets/basemap.bin");

type Lazy<T> = OnceLock<Result<Arc<T>, BasemapError>>;

/// A basemap whose parts are decoded on first use; cheap to open, safe to share between threads.
#[derive(Debug)]
pub struct Basemap {
    bytes: Cow<'static, [u8]>,
    blocks: Vec<decode::Block>,
    levels: [Lazy<BasemapLevel>; 3],
    countries: Lazy<[CountryShape]>,
    labels: Lazy<[PlaceLabel]>,
    land_index: Lazy<LandIndex>,
    towns: Lazy<Towns>,
}

impl Basemap {
    /// The basemap in the program itself. Reads only its table of contents.
    pub fn bundled() -> Result<&'static Self, BasemapError> {
        static OPENED: OnceLock<Result<Basemap, BasemapError>> = OnceLock::new();
        OPENED.get_or_init(|| Self::from_bytes(BUNDLED)).as_ref().map_err(Clone::clone)
    }

    /// A basemap from bytes of the same format.
    ///
    /// # Errors
    /// When the bytes do not start with a whole table of contents. Damage further in shows when that part is asked for.
    pub fn from_bytes(bytes: impl Into<Cow<'static, [u8]>>) -> Result<Self, BasemapError> {
        let bytes = bytes.into();
        let blocks = decode::contents(&bytes)?;
        let levels = Default::default();
        Ok(Self {
            bytes,
            blocks,
            levels,
            countries: OnceLock::new(),
            labels: OnceLock::new(),
            land_index: OnceLock::new(),
            towns: OnceLock::new(),
        })
    }

    /// Land, lakes and borders in this detail. The first call decodes (tens of milliseconds for [`DetailLevel::Fine`]): call it off the UI thread.
    pub fn level(&self, level: DetailLevel) -> Result<Arc<BasemapLevel>, BasemapError> {
        let kind = match level {
            DetailLevel::Coarse => BlockKind::Coarse,
            DetailLevel::Medium => BlockKind::Medium,
            DetailLevel::Fine => BlockKind::Fine,
        };
        self.levels[level as usize].get_or_init(|| decode::level(&self.raw(kind)?).map(Arc::new)).clone()
    }

    /// The level if it is already decoded; never waits for decoding.
    pub fn ready_level(&self, level: DetailLevel) -> Option<Arc<BasemapLevel>> {
        self.levels[level as usize].get()?.clone().ok()
    }

    /// The land of the fine level, for tests of points and lines. The first call decodes and builds: call it off the UI thread.
    pub fn land_index(&self) -> Result<Arc<LandIndex>, BasemapError> {
        let build = || {
            let level = self.level(DetailLevel::Fine)?;
            let rings = level.land.iter().flat_map(|polygon| &polygon.rings);
            Ok(Arc::new(LandIndex::new(rings.map(Vec::as_slice))))
        };
        self.land_index.get_or_init(build).clone()
    }

    /// The shapes of the countries, sorted by ISO code, in one detail that suits views from the world to about 1 : 2 000 000.
    pub fn countries(&self) -> Result<Arc<[CountryShape]>, BasemapError> {
        self.countries.get_or_init(|| decode::countries(&self.raw(BlockKind::Countries)?).map(Arc::from)).clone()
    }

    /// The shape of the country with this ISO 3166-1 alpha-2 code (XK for Kosovo); `None` when there is none.
    pub fn country(&self, iso: &str) -> Result<Option<CountryShape>, BasemapError> {
        let countries = self.countries()?;
        Ok(countries.binary_search_by(|country| (*country.iso).cmp(iso)).ok().map(|index| countries[index].clone()))
    }

    /// All names of countries and towns, the most important first.
    pub fn labels(&self) -> Result<Arc<[PlaceLabel]>, BasemapError> {
        self.labels.get_or_init(|| decode::labels(&self.raw(BlockKind::Labels)?).map(Arc::from)).clone()
    }

    /// The towns by place, to name what a position is near to.
    pub fn towns(&self) -> Result<Arc<Towns>, BasemapError> {
        self.towns.get_or_init(|| Ok(Arc::new(Towns::new(&self.labels()?)))).clone()
    }

    fn raw(&self, kind: BlockKind) -> Result<Vec<u8>, BasemapError> {
        decode::unpack(&self.bytes, &self.blocks, kind)
    }
}

#[cfg(test)]
mod tests;
