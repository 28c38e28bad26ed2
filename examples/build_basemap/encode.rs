//! The format of the basemap, the writing side; `cartography::basemap` reads it.

use anyhow::{Context as _, Result};

use crate::{Point, Ring};

/// Collects one block: LEB128 integers, coordinates as steps from the point before.
pub struct Writer {
    bytes: Vec<u8>,
    pen: Point,
}

impl Writer {
    /// A block with this many units in a degree.
    pub fn new(units_per_degree: f64) -> Self {
        let mut writer = Self { bytes: Vec::new(), pen: [0, 0] };
        writer.number(units_per_degree as u64);
        writer
    }

    /// A number of seven bits a byte, the lowest first.
    pub fn number(&mut self, mut value: u64) {
        while value >= 0x80 {
            self.bytes.push(value as u8 | 0x80);
            value >>= 7;
        }
        self.bytes.push(value as u8);
    }

    /// A number that may be negative, small ones short.
    pub fn signed(&mut self, value: i64) {
        self.number(((value << 1) ^ (value >> 63)) as u64);
    }

    /// Length and UTF-8.
    pub fn text(&mut self, text: &str) {
        self.number(text.len() as u64);
        self.bytes.extend_from_slice(text.as_bytes());
    }

    /// A step from the point before.
    pub fn point(&mut self, point: Point) {
        for (axis, value) in point.into_iter().enumerate() {
            self.signed(i64::from(value) - i64::from(self.pen[axis]));
        }
        self.pen = point;
    }

    /// Count and points of each.
    pub fn lines(&mut self, lines: &[Vec<Point>]) {
        self.number(lines.len() as u64);
        for line in lines {
            self.number(line.len() as u64);
            line.iter().for_each(|point| self.point(*point));
        }
    }

    /// Count and rings of each.
    pub fn polygons(&mut self, polygons: &[Vec<Ring>]) {
        self.number(polygons.len() as u64);
        polygons.iter().for_each(|rings| self.lines(rings));
    }
}

/// The blocks of a file: kind, packed bytes, length before packing.
#[derive(Default)]
pub struct Blocks(Vec<(u8, Vec<u8>, usize)>);

impl Blocks {
    /// Packs a block, with a checksum.
    pub fn push(&mut self, kind: u8, writer: &Writer) -> Result<()> {
        let mut packer = zstd::bulk::Compressor::new(19).context("zstd")?;
        packer.set_parameter(zstd::zstd_safe::CParameter::ChecksumFlag(true)).context("zstd")?;
        let packed = packer.compress(&writer.bytes).context("zstd")?;
        println!("  block {kind}: {} bytes, packed {}", writer.bytes.len(), packed.len());
        self.0.push((kind, packed, writer.bytes.len()));
        Ok(())
    }

    /// The file: magic, version, count, table (kind, offset, packed length, raw length), blocks.
    pub fn finish(self) -> Vec<u8> {
        let mut file = b"SLBM\x02".to_vec();
        file.push(self.0.len() as u8);
        let mut offset = file.len() + 13 * self.0.len();
        for (kind, packed, raw_len) in &self.0 {
            file.push(*kind);
            for value in [offset, packed.len(), *raw_len] {
                file.extend_from_slice(&u32::try_from(value).unwrap_or(u32::MAX).to_le_bytes());
            }
            offset += packed.len();
        }
        self.0.iter().for_each(|(_, packed, _)| file.extend_from_slice(packed));
        file
    }
}
