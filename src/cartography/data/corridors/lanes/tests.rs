//! Whether lanes keep apart, keep their order and stay where they are.

use super::*;

const RULES: LaneRules = LaneRules { snap_px: 2.6, rounding_px: 4.0, widest_px: 46.0 };
/// Lanes come together where they begin and end: this much of them is let off, in pixels.
const AT_PORTS_PX: f64 = 60.0;
/// Lines that differ more in direction than the angle with this cosine cross one another.
const CROSSING_COSINE: f64 = 0.94;

struct Spot {
    at: [f64; 2],
    way: [f64; 2],
    half: f64,
}

/// Places every two pixels along a line, without what lies near its ports.
fn spots(line: &[Vec<LanePoint>], resolution: f64) -> Vec<Spot> {
    let points: Vec<([f64; 2], f64)> = line
        .iter()
        .flatten()
        .map(|point| {
            let at = point.at(resolution);
            ([at.x_m / resolution, at.y_m / resolution], point.half_px())
        })
        .collect();
    let mut spots = Vec::new();
    let (mut length, mut next) = (0.0, 0.0);
    for pair in points.windows(2) {
        let ((a, half_a), (b, half_b)) = (pair[0], pair[1]);
        let step = (b[0] - a[0]).hypot(b[1] - a[1]);
        while step > 0.0 && next < length + step {
            let share = (next - length) / step;
            let mix = |from: f64, to: f64| from + (to - from) * share;
            let at = [mix(a[0], b[0]), mix(a[1], b[1])];
            spots.push(Spot { at, way: [(b[0] - a[0]) / step, (b[1] - a[1]) / step], half: mix(half_a, half_b) });
            next += 2.0;
        }
        length += step;
    }
    let off = (AT_PORTS_PX / 2.0) as usize;
    if spots.len() <= 2 * off {
        return Vec::new();
    }
    spots.drain(..off);
    spots.truncate(spots.len() - off);
    spots
}

/// The share of the length of all lines at which one lies on another that runs along it.
fn overlap(level: &LaneLevel, resolution: f64) -> f64 {
    let lines: Vec<Vec<Spot>> = level.lines.iter().map(|line| spots(line, resolution)).collect();
    let mut cells: std::collections::HashMap<(i64, i64), Vec<(usize, usize)>> = std::collections::HashMap::new();
    let cell = |at: [f64; 2]| ((at[0] / 8.0).floor() as i64, (at[1] / 8.0).floor() as i64);
    for (line, spots) in lines.iter().enumerate() {
        for (index, spot) in spots.iter().enumerate() {
            cells.entry(cell(spot.at)).or_default().push((line, index));
        }
    }
    let (mut all, mut covered) = (0_usize, 0_usize);
    for (line, spots) in lines.iter().enumerate() {
        for spot in spots {
            all += 1;
            let (column, row) = cell(spot.at);
            let near = (column - 1..=column + 1).flat_map(|column| (row - 1..=row + 1).map(move |row| (column, row)));
            let mut others = near.flat_map(|key| cells.get(&key).into_iter().flatten()).filter(|(other, _)| *other != line);
            let touches = others.any(|(other, index)| {
                let other = &lines[*other][*index];
                let (x, y) = (other.at[0] - spot.at[0], other.at[1] - spot.at[1]);
                let aside = (x * spot.way[1] - y * spot.way[0]).abs();
                let along = (x * spot.way[0] + y * spot.way[1]).abs();
                let cosine = (spot.way[0] * other.way[0] + spot.way[1] * other.way[1]).abs();
                along <= 1.5 && cosine > CROSSING_COSINE && aside < (spot.half + other.half) * 0.95
            });
            covered += usize::from(touches);
        }
    }
    covered as f64 / all.max(1) as f64
}

fn path(points: &[(f64, f64)], width_px: f64) -> LanePath {
    LanePath { points: points.iter().map(|(x, y)| Projected::new(x * 1_000.0, y * 1_000.0)).collect(), cuts: Vec::new(), width_px }
}

/// Twelve paths through one strait: from four ports in the west to three in the east and back, one at a slight angle.
fn strait() -> Vec<LanePath> {
    let mut paths = Vec::new();
    for (index, from) in [(0.0, 120.0), (0.0, 40.0), (0.0, -40.0), (0.0, -120.0)].into_iter().enumerate() {
        for (number, to) in [(1700.0, 160.0), (1700.0, 60.0), (1700.0, -90.0)].into_iter().enumerate() {
            let mut points = vec![from, (600.0, 0.0), (1000.0, 40.0), to];
            if (index + number) % 4 == 3 {
                points.reverse();
            }
            paths.push(path(&points, 2.0 + index as f64));
        }
    }
    paths.push(path(&[(0.0, 20.0), (600.0, 0.5), (1300.0, 30.0)], 2.0));
    paths
}

#[test]
fn lanes_through_a_strait_do_not_lie_on_one_another() {
    for resolution in [500.0, 1_000.0] {
        let level = LaneLevel::new(&strait(), resolution, RULES);
        let share = overlap(&level, resolution);
        assert!(share < 0.02, "{:.1} % at {resolution} m a pixel", share * 100.0);
        assert!(level.lines.iter().all(|line| line.len() == 1 && line[0].len() > 1));
    }
}

#[test]
fn without_lanes_the_same_paths_lie_on_one_another() {
    let mut level = LaneLevel::new(&strait(), 1_000.0, RULES);
    level.lines.iter_mut().flatten().flatten().for_each(|point| point.aside = [0.0; 2]);
    assert!(overlap(&level, 1_000.0) > 0.2, "the measure sees it");
}

#[test]
fn lanes_are_the_same_every_time_and_move_little_from_one_resolution_to_the_next() {
    let (paths, resolution) = (strait(), 1_000.0);
    let first = LaneLevel::new(&paths, resolution, RULES);
    assert_eq!(first.lines, LaneLevel::new(&paths, resolution, RULES).lines);
    // The order across the strait is the same at another resolution.
    let order = |level: &LaneLevel, resolution: f64| {
        let across = |line: &Vec<Vec<LanePoint>>| {
            let near = |point: &&Projected| (point.x_m - 700_000.0).abs();
            let points: Vec<Projected> = line.iter().flatten().map(|point| point.at(resolution)).collect();
            let after = points.windows(2).find(|pair| (pair[0].x_m - 700_000.0) * (pair[1].x_m - 700_000.0) <= 0.0);
            after.map_or_else(
                || points.iter().min_by(|a, b| near(a).total_cmp(&near(b))).map_or(0.0, |point| point.y_m),
                |pair| pair[0].y_m + (pair[1].y_m - pair[0].y_m) * (700_000.0 - pair[0].x_m) / (pair[1].x_m - pair[0].x_m),
            )
        };
        let mut order: Vec<usize> = (0..12).collect();
        order.sort_by(|a, b| across(&level.lines[*a]).total_cmp(&across(&level.lines[*b])));
        order
    };
    let closer = LaneLevel::new(&paths, resolution / 2.0, RULES);
    assert_eq!(order(&first, resolution), order(&closer, resolution / 2.0));
}

#[test]
fn lanes_neither_jump_nor_run_back() {
    let level = LaneLevel::new(&strait(), 1_000.0, RULES);
    for line in &level.lines {
        for pair in spots(line, 1_000.0).windows(2) {
            let cosine = pair[0].way[0] * pair[1].way[0] + pair[0].way[1] * pair[1].way[1];
            assert!(cosine > 0.5, "a kink at {:?}", pair[0].at);
        }
    }
}
