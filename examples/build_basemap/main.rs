//! Builds `assets/basemap.bin` from the output of `assets/prepare_inputs.py`. The same inputs give the same bytes.
//!
//! ```text
//! cargo run --no-default-features --example build_basemap -- INPUT_DIR assets/basemap.bin
//! ```

mod encode;
mod labels;
mod lines;
mod rings;
mod simplify;

use std::path::{Path, PathBuf};

use anyhow::{Context as _, Result};
use serde::Deserialize;
use serde::de::DeserializeOwned;

use encode::{Blocks, Writer};

/// Units of the file in one degree: about one metre.
const UNITS_PER_DEGREE: f64 = 1e5;

/// A position in units, longitude first.
type Point = [i32; 2];

/// A ring in units; the last point does not repeat the first.
type Ring = Vec<Point>;

/// How one level is made from the 1:10m data.
struct LevelSpec {
    name: &'static str,
    /// Points closer than this to the simplified line go.
    tolerance_deg: f64,
    /// Smaller islands and lakes go.
    least_area_km2: f64,
}

const LEVELS: [LevelSpec; 3] = [
    LevelSpec { name: "coarse", tolerance_deg: 0.05, least_area_km2: 60.0 },
    LevelSpec { name: "medium", tolerance_deg: 0.01, least_area_km2: 2.0 },
    LevelSpec { name: "fine", tolerance_deg: 0.0, least_area_km2: 0.0 },
];

/// Lakes below this are left out of every level: on the map they are specks.
const LEAST_LAKE_KM2: f64 = 8.0;

/// Simplification of the shapes of countries, in degrees.
const COUNTRY_TOLERANCE_DEG: f64 = 0.002;

#[derive(Deserialize)]
struct Country {
    iso: String,
    name: String,
    area_km2: f64,
    label: Option<[f64; 2]>,
    polygons: Vec<Vec<Vec<[f64; 2]>>>,
}

fn main() -> Result<()> {
    let args: Vec<PathBuf> = std::env::args_os().skip(1).map(PathBuf::from).collect();
    let [inputs, output] = args.as_slice() else { anyhow::bail!("usage: build_basemap INPUT_DIR OUTPUT") };

    let land = rings::polygons(rings::read(&read_json::<Vec<Vec<[f64; 2]>>>(inputs, "land")?)).context("land")?;
    let lakes = rings::polygons(rings::read(&read_json::<Vec<Vec<[f64; 2]>>>(inputs, "lakes")?)).context("lakes")?;
    let borders = lines::merged(&read_json::<Vec<Vec<[f64; 2]>>>(inputs, "borders")?);
    let countries: Vec<Country> = read_json(inputs, "countries")?;

    let mut blocks = Blocks::default();
    for (kind, spec) in (0..).zip(LEVELS) {
        let mut writer = Writer::new(UNITS_PER_DEGREE);
        let land = simplify::polygons(&land, spec.tolerance_deg, spec.least_area_km2);
        let lakes = simplify::polygons(&lakes, spec.tolerance_deg, spec.least_area_km2.max(LEAST_LAKE_KM2));
        let lines: Vec<Vec<Point>> = borders.iter().map(|line| simplify::line(line, spec.tolerance_deg)).collect();
        writer.polygons(&land);
        writer.polygons(&lakes);
        writer.lines(&lines);
        let points = |polygons: &[Vec<Ring>]| polygons.iter().flatten().map(Vec::len).sum::<usize>();
        let of_lines: usize = lines.iter().map(Vec::len).sum();
        println!(
            "{}: land {} ({} polygons), lakes {}, borders {of_lines} ({} lines)",
            spec.name,
            points(&land),
            land.len(),
            points(&lakes),
            lines.len()
        );
        blocks.push(kind, &writer)?;
    }
    blocks.push(3, &country_block(&countries)?)?;
    blocks.push(4, &labels::block(&countries, &read_json::<Vec<labels::Town>>(inputs, "towns")?))?;

    let bytes = blocks.finish();
    println!("{} bytes", bytes.len());
    std::fs::write(output, bytes).with_context(|| output.display().to_string())
}

fn read_json<T: DeserializeOwned>(dir: &Path, name: &str) -> Result<T> {
    let path = dir.join(name).with_extension("json");
    let text = std::fs::read(&path).with_context(|| path.display().to_string())?;
    serde_json::from_slice(&text).with_context(|| path.display().to_string())
}

fn country_block(countries: &[Country]) -> Result<Writer> {
    let mut shapes = Vec::new();
    for country in countries {
        let rings = country.polygons.iter().flat_map(|polygon| rings::read_polygon(polygon)).collect();
        shapes.push(rings::polygons(rings).with_context(|| country.name.clone())?);
    }
    simplify::together(&mut shapes, COUNTRY_TOLERANCE_DEG);
    let mut writer = Writer::new(UNITS_PER_DEGREE);
    writer.number(countries.len() as u64);
    for (country, polygons) in countries.iter().zip(&shapes) {
        writer.text(&country.iso);
        writer.text(&country.name);
        writer.polygons(polygons);
    }
    Ok(writer)
}
