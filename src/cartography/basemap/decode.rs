//! The format of the basemap: a table of zstd blocks with delta-coded integers. Damaged bytes give errors, never panics or huge allocations.

use std::sync::Arc;

use super::shapes::{BasemapLevel, CountryShape, Line, PlaceClass, PlaceLabel, Polygon};
use crate::geodesy::{Extent, LonLat};

const MAGIC: &[u8; 4] = b"SLBM";
const VERSION: u8 = 2;

/// No block of a sound basemap unpacks to more.
const MAX_RAW_LEN: usize = 32 << 20;

/// Why a basemap cannot be used.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
pub enum BasemapError {
    /// The first bytes are not those of a basemap.
    #[error("not a basemap of this version")]
    NotABasemap,
    /// The table of contents lacks a part.
    #[error("the basemap has no part “{0}”")]
    Missing(&'static str),
    /// A block does not unpack.
    #[error("the basemap is damaged: {0}")]
    Damaged(String),
}

fn damaged(what: &str) -> BasemapError {
    BasemapError::Damaged(what.to_owned())
}

/// What a block holds.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum BlockKind {
    Coarse = 0,
    Medium = 1,
    Fine = 2,
    Countries = 3,
    Labels = 4,
}

impl BlockKind {
    fn name(self) -> &'static str {
        match self {
            Self::Coarse => "coarse level",
            Self::Medium => "medium level",
            Self::Fine => "fine level",
            Self::Countries => "countries",
            Self::Labels => "labels",
        }
    }
}

/// One row of the table of contents.
#[derive(Clone, Debug)]
pub(super) struct Block {
    kind: u8,
    offset: usize,
    packed_len: usize,
    raw_len: usize,
}

/// Reads the table of contents.
pub(super) fn contents(bytes: &[u8]) -> Result<Vec<Block>, BasemapError> {
    let (head, rest) = bytes.split_at_checked(6).ok_or(BasemapError::NotABasemap)?;
    if head[..4] != *MAGIC || head[4] != VERSION {
        return Err(BasemapError::NotABasemap);
    }
    let rows = rest.get(..usize::from(head[5]) * 13).ok_or(BasemapError::NotABasemap)?;
    let number = |row: &[u8], at: usize| u32::from_le_bytes([row[at], row[at + 1], row[at + 2], row[at + 3]]) as usize;
    let blocks = rows.chunks_exact(13).map(|row| Block {
        kind: row[0],
        offset: number(row, 1),
        packed_len: number(row, 5),
        raw_len: number(row, 9),
    });
    Ok(blocks.collect())
}

/// Unpacks one block.
pub(super) fn unpack(bytes: &[u8], blocks: &[Block], kind: BlockKind) -> Result<Vec<u8>, BasemapError> {
    let block = blocks.iter().find(|block| block.kind == kind as u8).ok_or(BasemapError::Missing(kind.name()))?;
    let end = block.offset.checked_add(block.packed_len).ok_or_else(|| damaged("a block lies outside the file"))?;
    let packed = bytes.get(block.offset..end).ok_or_else(|| damaged("a block lies outside the file"))?;
    if block.raw_len > MAX_RAW_LEN {
        return Err(damaged("a block is too large"));
    }
    let raw = zstd::bulk::decompress(packed, block.raw_len).map_err(|error| BasemapError::Damaged(format!("{} ({error})", kind.name())))?;
    if raw.len() == block.raw_len { Ok(raw) } else { Err(damaged("a block is too short")) }
}

/// Decodes land, lakes and borders.
pub(super) fn level(raw: &[u8]) -> Result<BasemapLevel, BasemapError> {
    let mut reader = Reader::new(raw)?;
    let level = BasemapLevel { land: reader.polygons()?, lakes: reader.polygons()?, borders: reader.many(2, Reader::line)? };
    reader.finish(level)
}

/// Decodes the shapes of countries.
pub(super) fn countries(raw: &[u8]) -> Result<Vec<CountryShape>, BasemapError> {
    let mut reader = Reader::new(raw)?;
    let countries =
        reader.many(3, |reader| Ok(CountryShape { iso: reader.text()?, name: reader.text()?, polygons: reader.polygons()? }))?;
    reader.finish(countries)
}

/// Decodes the place names.
pub(super) fn labels(raw: &[u8]) -> Result<Vec<PlaceLabel>, BasemapError> {
    let mut reader = Reader::new(raw)?;
    let labels = reader.many(8, Reader::label)?;
    reader.finish(labels)
}

struct Reader<'a> {
    rest: &'a [u8],
    units_per_degree: f64,
    /// Where the last point was, in units; the next one is a step from there.
    pen: (i64, i64),
}

impl<'a> Reader<'a> {
    fn new(raw: &'a [u8]) -> Result<Self, BasemapError> {
        let mut reader = Self { rest: raw, units_per_degree: 1.0, pen: (0, 0) };
        let units = reader.number()?;
        if !(1..=10_000_000).contains(&units) {
            return Err(damaged("an impossible unit"));
        }
        reader.units_per_degree = units as f64;
        Ok(reader)
    }

    fn finish<T>(self, value: T) -> Result<T, BasemapError> {
        if self.rest.is_empty() { Ok(value) } else { Err(damaged("bytes left over")) }
    }

    /// LEB128, at most 63 bits.
    fn number(&mut self) -> Result<u64, BasemapError> {
        let mut value = 0;
        for shift in (0..63).step_by(7) {
            let (byte, rest) = self.rest.split_first().ok_or_else(|| damaged("it ends too early"))?;
            self.rest = rest;
            value |= u64::from(byte & 0x7f) << shift;
            if byte & 0x80 == 0 {
                return Ok(value);
            }
        }
        Err(damaged("a number is too long"))
    }

    fn signed(&mut self) -> Result<i64, BasemapError> {
        let value = self.number()?;
        Ok((value >> 1) as i64 ^ -((value & 1) as i64))
    }

    /// A count of items that take at least `least_bytes` bytes each: more than what is left can hold is damage.
    fn count(&mut self, least_bytes: usize) -> Result<usize, BasemapError> {
        let count = usize::try_from(self.number()?).map_err(|_| damaged("a count is too large"))?;
        if count > self.rest.len() / least_bytes.max(1) {
            return Err(damaged("a count is too large"));
        }
        Ok(count)
    }

    fn many<T>(&mut self, least_bytes: usize, read: impl Fn(&mut Self) -> Result<T, BasemapError>) -> Result<Vec<T>, BasemapError> {
        let count = self.count(least_bytes)?;
        (0..count).map(|_| read(self)).collect()
    }

    fn text(&mut self) -> Result<Arc<str>, BasemapError> {
        let len = self.count(1)?;
        let (text, rest) = self.rest.split_at(len);
        self.rest = rest;
        std::str::from_utf8(text).map(Arc::from).map_err(|_| damaged("a name is not UTF-8"))
    }

    fn point(&mut self) -> Result<LonLat, BasemapError> {
        let (step_x, step_y) = (self.signed()?, self.signed()?);
        self.pen = (self.pen.0.saturating_add(step_x), self.pen.1.saturating_add(step_y));
        let position = LonLat::new(self.pen.0 as f64 / self.units_per_degree, self.pen.1 as f64 / self.units_per_degree);
        if position.lon_deg.abs() > 180.0 || position.lat_deg.abs() > 90.0 {
            return Err(damaged("a point lies outside the earth"));
        }
        Ok(position)
    }

    fn line(&mut self) -> Result<Line, BasemapError> {
        let points = self.many(2, Self::point)?;
        Ok(Line { extent: extent_of(&points), points })
    }

    /// A ring; the file leaves out the point that closes it.
    fn ring(&mut self) -> Result<Vec<LonLat>, BasemapError> {
        let mut points = self.many(2, Self::point)?;
        points.extend(points.first().copied());
        Ok(points)
    }

    fn polygons(&mut self) -> Result<Vec<Polygon>, BasemapError> {
        self.many(2, |reader| {
            let rings = reader.many(2, Self::ring)?;
            Ok(Polygon { extent: extent_of(rings.iter().flatten()), rings })
        })
    }

    fn label(&mut self) -> Result<PlaceLabel, BasemapError> {
        let class = match self.number()? {
            0 => PlaceClass::Country,
            1 => PlaceClass::Capital,
            2 => PlaceClass::Town,
            _ => return Err(damaged("an unknown class of place")),
        };
        Ok(PlaceLabel {
            class,
            rank: u8::try_from(self.number()?).map_err(|_| damaged("an impossible rank"))?,
            name: self.text()?,
            iso: self.text()?,
            position: self.point()?,
            population: u32::try_from(self.number()?).map_err(|_| damaged("an impossible population"))?,
        })
    }
}

fn extent_of<'a>(points: impl IntoIterator<Item = &'a LonLat>) -> Extent {
    let mut points = points.into_iter();
    let Some(first) = points.next() else { return Extent::new(0.0, 0.0, 0.0, 0.0) };
    let start = Extent::new(first.lon_deg, first.lat_deg, first.lon_deg, first.lat_deg);
    points.fold(start, |extent, point| Extent {
        west_deg: extent.west_deg.min(point.lon_deg),
        south_deg: extent.south_deg.min(point.lat_deg),
        east_deg: extent.east_deg.max(point.lon_deg),
        north_deg: extent.north_deg.max(point.lat_deg),
    })
}
