//! The format of `assets/lanes.bin`. Damaged bytes give errors, never panics or huge allocations.
//!
//! `SLLN`, version 1 (one byte), length of the raw block (four bytes, little endian), the block packed with zstd. In it all integers are LEB128, signed ones
//! zigzag: clearance in metres; units in a degree; the rings of the grown coasts (counted lines of counted points, each point a step from the point before it
//! in the block); one bit a ring point, lowest first: whether it is a node; the nodes off the coasts as one line; for each node the count of
//! its legs to nodes with a higher index; their ends as steps from the end before or from the node itself; the legs that cross straits
//! (step of index, count, passages); the passages; the fairways (passage, node + 1 at each end or 0, line); the ways
//! out of ports.

use std::sync::Arc;

use super::sphere::{Vector, vector};
use super::{NetworkError, Passage, PassageKind, PassageSet, VesselLimits};
use crate::geodesy::LonLat;

/// No sound network unpacks to more.
const MAX_RAW_LEN: usize = 32 << 20;

type Result<T> = std::result::Result<T, NetworkError>;

/// A fairway as the file has it.
#[derive(Debug)]
pub struct Fairway {
    /// Index of the passage.
    pub passage: usize,
    /// From the sea inwards, or from sea to sea.
    pub line: Vec<Vector>,
    /// Length of the line, metres.
    pub length_m: f64,
    /// The node at the first point, if a path can leave there.
    pub first: Option<u32>,
    /// The node at the last point, if a path can leave there.
    pub last: Option<u32>,
}

/// The parts of the file.
#[derive(Debug)]
pub struct Parts {
    pub clearance_m: f64,
    pub rings: Vec<Vec<Vector>>,
    pub is_node: Vec<bool>,
    pub terminals: Vec<Vector>,
    /// Legs to nodes with a higher index, counted for each node.
    pub counts: Vec<u32>,
    pub ends: Vec<u32>,
    pub crossings: Vec<(u32, PassageSet)>,
    pub passages: Vec<Passage>,
    pub fairways: Vec<Fairway>,
    pub ports: Vec<Vec<Vector>>,
}

/// Reads the whole file.
pub fn decode(bytes: &[u8]) -> Result<Parts> {
    let packed = bytes.strip_prefix(b"SLLN\x01").ok_or(NetworkError::NotANetwork)?;
    let (length, packed) = packed.split_at_checked(4).ok_or(NetworkError::NotANetwork)?;
    let length = length.iter().rev().fold(0_usize, |value, byte| value << 8 | usize::from(*byte));
    if length > MAX_RAW_LEN {
        return Err(NetworkError::Damaged("it is too large"));
    }
    let raw = zstd::bulk::decompress(packed, length).map_err(|_| NetworkError::Damaged("it does not unpack"))?;
    if raw.len() != length {
        return Err(NetworkError::Damaged("its length is not as stated"));
    }
    let mut reader = Reader { rest: &raw, units_per_degree: 1.0, pen: (0, 0) };
    let parts = reader.parts()?;
    if reader.rest.is_empty() { Ok(parts) } else { Err(NetworkError::Damaged("bytes are left over")) }
}

struct Reader<'a> {
    rest: &'a [u8],
    units_per_degree: f64,
    pen: (i64, i64),
}

impl Reader<'_> {
    fn parts(&mut self) -> Result<Parts> {
        let clearance_m = self.number()? as f64;
        let units = self.number()?;
        if !(1..=10_000_000).contains(&units) {
            return Err(NetworkError::Damaged("an impossible unit"));
        }
        self.units_per_degree = units as f64;
        let rings = self.lines()?;
        let points = rings.iter().map(Vec::len).sum::<usize>();
        let flags = self.take(points.div_ceil(8))?;
        let is_node: Vec<bool> = (0..points).map(|i| flags[i / 8] >> (i % 8) & 1 == 1).collect();
        let terminals = self.line()?;
        let nodes = is_node.iter().filter(|flag| **flag).count() + terminals.len();
        let (counts, ends) = self.legs(nodes)?;
        let crossings = self.crossings(ends.len())?;
        let passages = self.many(8, Self::passage)?;
        if passages.len() > PassageSet::CAPACITY {
            return Err(NetworkError::Damaged("too many passages"));
        }
        let fairways = self.many(4, |reader| reader.fairway(passages.len(), nodes))?;
        let ports = self.lines()?;
        Ok(Parts { clearance_m, rings, is_node, terminals, counts, ends, crossings, passages, fairways, ports })
    }

    fn take(&mut self, count: usize) -> Result<&[u8]> {
        let (taken, rest) = self.rest.split_at_checked(count).ok_or(NetworkError::Damaged("it ends too early"))?;
        self.rest = rest;
        Ok(taken)
    }

    fn number(&mut self) -> Result<u64> {
        let mut value = 0;
        for shift in (0..63).step_by(7) {
            let (byte, rest) = self.rest.split_first().ok_or(NetworkError::Damaged("it ends too early"))?;
            self.rest = rest;
            value |= u64::from(byte & 0x7f) << shift;
            if byte & 0x80 == 0 {
                return Ok(value);
            }
        }
        Err(NetworkError::Damaged("a number is too long"))
    }

    fn signed(&mut self) -> Result<i64> {
        let value = self.number()?;
        Ok((value >> 1) as i64 ^ -((value & 1) as i64))
    }

    /// A number below a limit.
    fn index(&mut self, limit: usize) -> Result<usize> {
        usize::try_from(self.number()?).ok().filter(|index| *index < limit).ok_or(NetworkError::Damaged("an index is out of range"))
    }

    /// A count of items of at least so many bytes: more than what is left can hold is damage.
    fn count(&mut self, least_bytes: usize) -> Result<usize> {
        let most = self.rest.len() / least_bytes;
        usize::try_from(self.number()?).ok().filter(|count| *count <= most).ok_or(NetworkError::Damaged("a count is too large"))
    }

    fn many<T>(&mut self, least_bytes: usize, mut read: impl FnMut(&mut Self) -> Result<T>) -> Result<Vec<T>> {
        let count = self.count(least_bytes)?;
        (0..count).map(|_| read(self)).collect()
    }

    fn text(&mut self) -> Result<Arc<str>> {
        let count = self.count(1)?;
        std::str::from_utf8(self.take(count)?).map(Arc::from).map_err(|_| NetworkError::Damaged("a name is not UTF-8"))
    }

    fn position(&mut self) -> Result<LonLat> {
        let (x, y) = (self.signed()?, self.signed()?);
        self.pen = (self.pen.0.saturating_add(x), self.pen.1.saturating_add(y));
        let position = LonLat::new(self.pen.0 as f64 / self.units_per_degree, self.pen.1 as f64 / self.units_per_degree);
        let on_earth = position.lon_deg.abs() <= 180.0 && position.lat_deg.abs() <= 90.0;
        if on_earth { Ok(position) } else { Err(NetworkError::Damaged("a point lies outside the earth")) }
    }

    fn line(&mut self) -> Result<Vec<Vector>> {
        self.many(2, |reader| reader.position().map(vector))
    }

    fn lines(&mut self) -> Result<Vec<Vec<Vector>>> {
        self.many(1, Self::line)
    }

    fn legs(&mut self, nodes: usize) -> Result<(Vec<u32>, Vec<u32>)> {
        let mut counts = Vec::with_capacity(nodes.min(self.rest.len()));
        for _ in 0..nodes {
            counts.push(self.index(nodes)? as u32);
        }
        let total: usize = counts.iter().map(|count| *count as usize).sum();
        if total > self.rest.len() {
            return Err(NetworkError::Damaged("a count is too large"));
        }
        let mut ends = Vec::with_capacity(total);
        for (node, count) in counts.iter().enumerate() {
            let mut end = node;
            for _ in 0..*count {
                end = end.saturating_add(self.index(nodes)?);
                if end >= nodes {
                    return Err(NetworkError::Damaged("a leg leads nowhere"));
                }
                ends.push(end as u32);
            }
        }
        Ok((counts, ends))
    }

    fn crossings(&mut self, legs: usize) -> Result<Vec<(u32, PassageSet)>> {
        let mut leg = 0_usize;
        self.many(3, |reader| {
            leg = leg.saturating_add(reader.index(legs.max(1))?);
            if leg >= legs {
                return Err(NetworkError::Damaged("a crossing without a leg"));
            }
            let passages = reader.many(1, |reader| reader.index(PassageSet::CAPACITY))?;
            Ok((leg as u32, passages.into_iter().collect()))
        })
    }

    fn passage(&mut self) -> Result<Passage> {
        let (id, name) = (self.text()?, self.text()?);
        let kind = match self.number()? {
            0 => PassageKind::Strait,
            1 => PassageKind::Canal,
            2 => PassageKind::Approach,
            _ => return Err(NetworkError::Damaged("an unknown kind of passage")),
        };
        let open_by_default = self.number()? == 1;
        let mut limit = || Ok::<_, NetworkError>(self.number()?.checked_sub(1).map(|centimetres| centimetres as f32 / 100.0));
        let limits = VesselLimits { length_m: limit()?, beam_m: limit()?, draught_m: limit()? };
        let source = self.text()?;
        let line = self.many(2, Self::position)?;
        Ok(Passage { id, name, kind, open_by_default, limits, source, line })
    }

    fn fairway(&mut self, passages: usize, nodes: usize) -> Result<Fairway> {
        let passage = self.index(passages)?;
        let mut end = || Ok::<_, NetworkError>(self.index(nodes + 1)?.checked_sub(1).map(|node| node as u32));
        let (first, last) = (end()?, end()?);
        let line = self.line()?;
        if line.len() < 2 {
            return Err(NetworkError::Damaged("a fairway without a line"));
        }
        Ok(Fairway { passage, length_m: super::access::line_length_m(&line), line, first, last })
    }
}
