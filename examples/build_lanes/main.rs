//! Builds `assets/lanes.bin`, the sea network, from the land of the bundled basemap, `assets/passages.geojson` and `assets/ports.tsv`.
//! The same inputs give the same bytes.
//!
//! ```text
//! cargo run --release --no-default-features --example build_lanes -- assets/passages.geojson assets/ports.tsv assets/lanes.bin [CLEARANCE_KM]
//! ```

mod clearance;
mod coast;
mod encode;
mod harbor;
mod offset;
mod passages;
mod simplify;
mod spanner;
mod tangents;

use std::path::Path;
use std::time::Instant;

use anyhow::{Context as _, Result, ensure};
use rayon::prelude::*;
use sealane::geodesy::LonLat;
use sealane::lanes::barriers::Barriers;
use sealane::lanes::sphere::{Vector, arcs_cross, vector};
use sealane::lanes::{Passage, PassageKind, PassageSet};

use clearance::LandGrid;
use coast::{Coast, Plane};
use encode::{Fairway, Point, UNITS_PER_DEGREE, units};
use harbor::Waters;
use spanner::Leg;

/// Clearance where the water allows it, unless another one is given, km.
const DEFAULT_CLEARANCE_KM: f64 = 5.0;

/// Water that the grown coast shuts in and that is smaller than this is no sea of its own, km²: its ports are led out through the narrows.
const LEAST_SEA_KM2: f64 = 15_000.0;

fn main() -> Result<()> {
    let arguments: Vec<String> = std::env::args().skip(1).collect();
    let [passages_file, ports_file, output, rest @ ..] = arguments.as_slice() else {
        anyhow::bail!("usage: build_lanes PASSAGES PORTS OUTPUT [CLEARANCE_KM]");
    };
    let clearance_km = rest.first().map_or(Ok(DEFAULT_CLEARANCE_KM), |text| text.parse())?;
    ensure!((0.2..=50.0).contains(&clearance_km), "clearance from 0.2 to 50 km");
    let started = Instant::now();
    let say = |what: &str| eprintln!("{:6.1} s  {what}", started.elapsed().as_secs_f64());

    let coast = coast::read().context("reading the land of the basemap")?;
    say(&format!("coast: {} rings, {} points", coast.rings.len(), coast.point_count()));
    let mut passages = passages::read(Path::new(passages_file))?;
    let rings = obstacles(&coast, &passages, clearance_km);
    say(&format!("grown coast: {} rings, {} points", rings.len(), rings.iter().map(Vec::len).sum::<usize>()));

    let vectors: Vec<Vec<Vector>> = rings.iter().map(|ring| ring.iter().map(|point| vector(position(*point))).collect()).collect();
    let barriers = Barriers::new(&vectors);
    let land = LandGrid::new(&coast);
    let grown = Coast { rings: rings.iter().map(|ring| ring.iter().map(|p| coast::plane(position(*p))).collect()).collect() };
    let waters = Waters { land, grown: LandGrid::new(&grown), barriers: &barriers };
    let ports = read_ports(Path::new(ports_file))?;
    let ways = ways_out(&ports, &passages, &waters);
    say(&format!("{} ports, {} ways out", ports.len(), ways.len()));
    let (fairways, terminals) = fairways(&mut passages.all, &waters)?;
    say(&format!("{} fairways", fairways.len()));

    let is_node: Vec<bool> = (0..barriers.points().len()).map(|corner| barriers.is_convex(corner)).collect();
    let corners: Vec<u32> = (0_u32..).zip(&is_node).filter(|(_, node)| **node).map(|(corner, _)| corner).collect();
    let open: Vec<Vector> = terminals.iter().map(|point| vector(position(*point))).collect();
    let legs = tangents::legs(&barriers, &corners, &open);
    let nodes: Vec<Vector> = corners.iter().map(|corner| barriers.points()[*corner as usize]).chain(open).collect();
    say(&format!("{} nodes, {} legs", nodes.len(), legs.iter().map(Vec::len).sum::<usize>()));
    let legs = spanner::thin_out(&nodes, with_passages(&nodes, &legs, &passages.all), spanner::STRETCH);
    say(&format!("{} legs kept", legs.len()));

    let bytes = encode::encode(&encode::Network {
        clearance_km,
        rings: &rings,
        corners: &is_node,
        terminals: &terminals,
        legs: &legs,
        passages: &passages.all,
        fairways: &fairways,
        ports: &ways,
    })?;
    std::fs::write(output, &bytes).with_context(|| format!("writing {output}"))?;
    say(&format!("{output}: {} bytes", bytes.len()));
    Ok(())
}

/// The position of a point in units of the file.
fn position([x, y]: Point) -> LonLat {
    LonLat::new(f64::from(x) / UNITS_PER_DEGREE, f64::from(y) / UNITS_PER_DEGREE)
}

/// The coasts grown by their clearance, rounded to the units of the file.
fn obstacles(coast: &Coast, passages: &passages::Passages, clearance_km: f64) -> Vec<Vec<Point>> {
    let clearances = clearance::of(coast, passages, clearance_km);
    let (rings, radii) = simplify::coast(coast, &clearances);
    let grown = offset::grow(&rings, &radii);
    let is_sea = |ring: &[Plane]| coast::signed_area(ring) / -2.0 * coast::km_per_unit(ring[0]).powi(2) > LEAST_SEA_KM2;
    let grown: Vec<Vec<Plane>> = grown.into_iter().filter(|ring| coast::signed_area(ring) > 0.0 || is_sea(ring)).collect();
    // Islands in water that was filled are no obstacles of their own.
    let grown = offset::merged(&grown);
    let simplified = simplify::obstacles(grown, coast, clearance_km);
    let rounded = simplified.into_iter().map(|ring| {
        let mut points: Vec<Point> = ring.iter().map(|point| units(harbor::position(*point))).collect();
        points.dedup();
        while points.len() > 1 && points.first() == points.last() {
            points.pop();
        }
        points
    });
    rounded.filter(|ring| ring.len() > 2).collect()
}

/// Positions of the ports of the world.
fn read_ports(path: &Path) -> Result<Vec<LonLat>> {
    let text = std::fs::read_to_string(path).with_context(|| format!("reading {}", path.display()))?;
    let mut ports = Vec::new();
    for line in text.lines().filter(|line| line.starts_with("port\t") || !line.starts_with(['#', 'c'])) {
        let fields: Vec<&str> = line.split('\t').collect();
        let number = |index: usize| fields.get(index).and_then(|field| field.parse::<f64>().ok());
        let (Some(lon), Some(lat)) = (number(3), number(4)) else { anyhow::bail!("no position in “{line}”") };
        ports.push(LonLat::new(lon, lat));
    }
    ensure!(!ports.is_empty(), "no ports in {}", path.display());
    Ok(ports)
}

/// Ways out of the ports that need one: those not in open water and not at an approach.
fn ways_out(ports: &[LonLat], passages: &passages::Passages, waters: &Waters<'_>) -> Vec<Vec<Point>> {
    let without_fairway: Vec<LonLat> = ports.iter().filter(|port| !passages.at_approach(vector(**port))).copied().collect();
    let ways = harbor::ways_out(&without_fairway, waters);
    let lines = without_fairway.iter().zip(ways).filter_map(|(port, way)| {
        let mut line = vec![units(*port)];
        line.extend(way?.into_iter().skip(1).map(|point| units(harbor::position(point))));
        line.dedup();
        (line.len() > 1).then_some(line)
    });
    let mut lines: Vec<Vec<Point>> = lines.collect();
    lines.sort();
    lines.dedup_by(|a, b| a[0] == b[0]);
    lines
}

/// The fairways, led on to open water at their sea ends, and the nodes there.
fn fairways(passages: &mut [Passage], waters: &Waters<'_>) -> Result<(Vec<Fairway>, Vec<Point>)> {
    let mut fairways = Vec::new();
    let mut terminals: Vec<Point> = Vec::new();
    for (index, passage) in passages.iter_mut().enumerate() {
        if passage.kind == PassageKind::Strait {
            continue;
        }
        let mut line = passage.line.clone();
        lead_out(&mut line, waters).with_context(|| format!("{}: no way out to sea", passage.id))?;
        if passage.kind == PassageKind::Canal {
            line.reverse();
            lead_out(&mut line, waters).with_context(|| format!("{}: no way out to sea", passage.id))?;
            line.reverse();
        }
        let line: Vec<Point> = line.into_iter().map(units).collect();
        terminals.push(line[0]);
        let both = passage.kind == PassageKind::Canal;
        if both {
            terminals.push(line[line.len() - 1]);
        }
        fairways.push(Fairway { passage: index, line, both_ends: both });
    }
    Ok((fairways, terminals))
}

/// Puts the way to open water before the first point.
fn lead_out(line: &mut Vec<LonLat>, waters: &Waters<'_>) -> Result<()> {
    let first = coast::plane(line[0]);
    if waters.is_open(first) {
        return Ok(());
    }
    let way = harbor::way_out(first, waters).context("too far from open water")?;
    let ashore = harbor::land_km(&way, &waters.land);
    ensure!(ashore < 0.3, "{ashore:.1} km of land on the way");
    line.splice(0..1, way.into_iter().rev().map(harbor::position));
    Ok(())
}

/// The legs with the straits they cross.
fn with_passages(nodes: &[Vector], legs: &[Vec<u32>], passages: &[Passage]) -> Vec<Leg> {
    let straits = passages.iter().enumerate().filter(|(_, passage)| passage.kind == PassageKind::Strait);
    let gates: Vec<(usize, Vector, Vector)> =
        straits.flat_map(|(index, passage)| passage.line.windows(2).map(move |pair| (index, vector(pair[0]), vector(pair[1])))).collect();
    legs.par_iter()
        .enumerate()
        .flat_map_iter(|(from, ends)| ends.iter().map(move |to| (from as u32, *to)))
        .map(|(from, to)| {
            let (a, b) = (nodes[from as usize], nodes[to as usize]);
            let crossed = gates.iter().filter(|(_, p, q)| arcs_cross(a, b, *p, *q));
            // A line with a kink may be crossed twice: then the leg is back on its side.
            let passages = crossed.fold(PassageSet::EMPTY, |set, (index, ..)| set.toggled(*index));
            Leg { from, to, passages }
        })
        .collect()
}
