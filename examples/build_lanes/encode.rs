//! Writes `assets/lanes.bin`; `src/lanes/decode.rs` is the reading side and describes the format.

use anyhow::{Result, ensure};
use sealane::geodesy::LonLat;
use sealane::lanes::{Passage, PassageKind};

use crate::spanner::Leg;

/// Units of the file in one degree: about 11 m.
pub const UNITS_PER_DEGREE: f64 = 1e4;

/// A position in units.
pub type Point = [i32; 2];

/// A fairway: the passage, its line from the sea, and whether it ends at sea again. Its ends at sea are the terminals, in order.
pub struct Fairway {
    pub passage: usize,
    pub line: Vec<Point>,
    pub both_ends: bool,
}

/// All that goes into the file.
pub struct Network<'a> {
    pub clearance_km: f64,
    pub rings: &'a [Vec<Point>],
    /// For each point of all rings whether it is a node.
    pub corners: &'a [bool],
    /// Nodes after those of the rings.
    pub terminals: &'a [Point],
    pub legs: &'a [Leg],
    pub passages: &'a [Passage],
    pub fairways: &'a [Fairway],
    /// Ways from ports to open water, the port first.
    pub ports: &'a [Vec<Point>],
}

/// Rounds a position to units.
pub fn units(position: LonLat) -> Point {
    [(position.lon_deg * UNITS_PER_DEGREE).round() as i32, (position.lat_deg * UNITS_PER_DEGREE).round() as i32]
}

/// The bytes of the file.
pub fn encode(network: &Network<'_>) -> Result<Vec<u8>> {
    let mut out = Writer::default();
    out.number((network.clearance_km * 1000.0).round() as u64);
    out.number(UNITS_PER_DEGREE as u64);
    out.lines(network.rings);
    ensure!(network.corners.len() == network.rings.iter().map(Vec::len).sum::<usize>(), "one flag a point");
    for flags in network.corners.chunks(8) {
        out.bytes.push(flags.iter().enumerate().map(|(bit, flag)| u8::from(*flag) << bit).sum());
    }
    out.line(network.terminals);
    out.legs(network);
    out.number(network.passages.len() as u64);
    for passage in network.passages {
        out.passage(passage);
    }
    out.number(network.fairways.len() as u64);
    let mut node = network.corners.iter().filter(|corner| **corner).count() as u64;
    for fairway in network.fairways {
        out.number(fairway.passage as u64);
        for at_sea in [true, fairway.both_ends] {
            node += u64::from(at_sea);
            out.number(if at_sea { node } else { 0 });
        }
        out.line(&fairway.line);
    }
    out.lines(network.ports);
    let raw = out.bytes;
    let mut file = b"SLLN\x01".to_vec();
    file.extend((raw.len() as u32).to_le_bytes());
    file.extend(zstd::bulk::compress(&raw, 19)?);
    Ok(file)
}

#[derive(Default)]
struct Writer {
    bytes: Vec<u8>,
    pen: Point,
}

impl Writer {
    fn number(&mut self, mut value: u64) {
        while value >= 0x80 {
            self.bytes.push(value as u8 | 0x80);
            value >>= 7;
        }
        self.bytes.push(value as u8);
    }

    fn signed(&mut self, value: i64) {
        self.number(((value << 1) ^ (value >> 63)) as u64);
    }

    fn text(&mut self, text: &str) {
        self.number(text.len() as u64);
        self.bytes.extend(text.as_bytes());
    }

    fn line(&mut self, line: &[Point]) {
        self.number(line.len() as u64);
        for point in line {
            let pen = std::mem::replace(&mut self.pen, *point);
            for (to, from) in point.iter().zip(pen) {
                self.signed(i64::from(*to) - i64::from(from));
            }
        }
    }

    fn lines(&mut self, lines: &[Vec<Point>]) {
        self.number(lines.len() as u64);
        for line in lines {
            self.line(line);
        }
    }

    /// For each node the number of legs to nodes with a higher index, then all of these as steps; then the legs that cross straits.
    fn legs(&mut self, network: &Network<'_>) {
        let nodes = network.corners.iter().filter(|corner| **corner).count() + network.terminals.len();
        let mut counts = vec![0_u64; nodes];
        for leg in network.legs {
            counts[leg.from as usize] += 1;
        }
        for count in counts {
            self.number(count);
        }
        let mut previous = None;
        for leg in network.legs {
            let start = previous.filter(|(from, _)| *from == leg.from).map_or(leg.from, |(_, to)| to);
            self.number(u64::from(leg.to - start));
            previous = Some((leg.from, leg.to));
        }
        let crossing: Vec<(usize, &Leg)> = network.legs.iter().enumerate().filter(|(_, leg)| !leg.passages.is_empty()).collect();
        self.number(crossing.len() as u64);
        let mut last = 0;
        for (index, leg) in crossing {
            self.number((index - last) as u64);
            last = index;
            self.number(leg.passages.iter().count() as u64);
            for passage in leg.passages.iter() {
                self.number(passage as u64);
            }
        }
    }

    fn passage(&mut self, passage: &Passage) {
        self.text(&passage.id);
        self.text(&passage.name);
        self.number(match passage.kind {
            PassageKind::Strait => 0,
            PassageKind::Canal => 1,
            PassageKind::Approach => 2,
        });
        self.number(u64::from(passage.open_by_default));
        for limit in [passage.limits.length_m, passage.limits.beam_m, passage.limits.draught_m] {
            // Centimetres and one, so that zero is "not stated".
            self.number(limit.map_or(0, |metres| (metres * 100.0).round() as u64 + 1));
        }
        self.text(&passage.source);
        let line: Vec<Point> = passage.line.iter().map(|position| units(*position)).collect();
        self.line(&line);
    }
}
