//! The earth in cells of a quarter of a degree: all water, all land, or with the coast in it.

use std::ops::RangeInclusive;

use crate::geodesy::LonLat;

const CELLS_PER_DEG: f64 = 4.0;
pub(super) const COLUMNS: usize = 1440;
const ROWS: usize = 720;

/// Where in a cell its state is sampled, as shares of its width and height: no round numbers, so that no vertex of a map lies level with it.
const SAMPLE: (f64, f64) = (0.487_213_731, 0.512_376_177);

/// An edge may touch a cell that rounding leaves out; this many degrees (0.1 mm) more are looked at.
const PAD_DEG: f64 = 1e-9;

const WATER: u32 = 0;
const LAND: u32 = 1;
/// Numbers from here on are indices into the cells with coast.
const COAST: u32 = 2;

/// Land and water in cells, and in each cell the edges of the coast that touch it.
#[derive(Debug)]
pub(super) struct Grid {
    /// The rings one after another; edge `i` runs from vertex `i` to the next.
    vertices: Vec<LonLat>,
    /// `WATER`, `LAND`, or `COAST` and the index of a cell with coast; rows from the south, each from −180°.
    cells: Vec<u32>,
    /// The edges of cells with coast, one cell after another.
    edges: Vec<u32>,
    /// Where each cell with coast begins in `edges`, and at the end where the last one ends.
    starts: Vec<u32>,
    /// Whether the sample of each cell with coast is on land.
    samples: Vec<bool>,
    /// How many cells south and west of a corner are not all water, and not all land.
    sums: Vec<[u32; 2]>,
}

impl Grid {
    pub(super) fn new(rings: &[&[LonLat]]) -> Self {
        let vertices = rings.concat();
        let mut ends = Vec::with_capacity(rings.len());
        let mut end = 0;
        for ring in rings {
            end += ring.len();
            ends.push(end);
        }
        let all_edges = || {
            let from_to = std::iter::once(0).chain(ends.iter().copied()).zip(&ends);
            from_to.flat_map(|(start, end)| start..end - 1).map(|i| (i, vertices[i], vertices[i + 1])).filter(|(_, a, b)| is_edge(*a, *b))
        };
        let coast = || all_edges().filter(|(_, a, b)| !only_closes(*a, *b));
        let mut counts = vec![0_u32; COLUMNS * ROWS];
        for (_, a, b) in coast() {
            cells_of_edge(a, b, |cell| counts[cell] += 1);
        }
        let sampled = sampled_land(all_edges().map(|(_, a, b)| (a, b)));
        let mut starts = vec![0];
        let mut samples = Vec::new();
        let mut total = 0;
        // From here on `counts` says where the next edge of a cell goes.
        let mut next = counts;
        let cells: Vec<u32> = next
            .iter_mut()
            .zip(sampled)
            .map(|(count, land)| {
                if *count == 0 {
                    return if land { LAND } else { WATER };
                }
                let cell = COAST + index(samples.len());
                let start = total;
                total += *count;
                *count = start;
                starts.push(total);
                samples.push(land);
                cell
            })
            .collect();
        let mut edges = vec![0; total as usize];
        for (i, a, b) in coast() {
            cells_of_edge(a, b, |cell| {
                edges[next[cell] as usize] = index(i);
                next[cell] += 1;
            });
        }
        let sums = summed(&cells);
        Self { vertices, cells, edges, starts, samples, sums }
    }

    /// Whether a position in −180..180 and −90..90 is on land.
    pub(super) fn is_land(&self, position: LonLat) -> bool {
        let (column, row) = (column(position.lon_deg), row(position.lat_deg));
        match self.cells[row * COLUMNS + column] {
            WATER => false,
            LAND => true,
            coast => {
                let sample = sample(column, row);
                let edges = self.edges_of(coast);
                let crossed = edges.iter().filter(|edge| {
                    let (p, q) = self.edge(**edge);
                    crossing(position, sample, p, q).is_some()
                });
                self.samples[(coast - COAST) as usize] != (crossed.count() % 2 == 1)
            }
        }
    }

    /// Whether all of a part of the earth is land or all is water; `None` when there is coast in its cells. The east may lie beyond 180°.
    pub(super) fn state(&self, (west_deg, east_deg): (f64, f64), (south_deg, north_deg): (f64, f64)) -> Option<bool> {
        let (columns, rows) = cells_of_box((west_deg, east_deg), (south_deg, north_deg));
        let (first, last) = (*columns.start(), (*columns.end()).min(columns.start() + COLUMNS - 1));
        let mut not = self.counted(first..=last.min(COLUMNS - 1), &rows);
        if last >= COLUMNS {
            let beyond = self.counted(0..=last - COLUMNS, &rows);
            not = [not[0] + beyond[0], not[1] + beyond[1]];
        }
        match not {
            [0, _] => Some(false),
            [_, 0] => Some(true),
            _ => None,
        }
    }

    /// Cells that are not all water, and not all land.
    fn counted(&self, columns: RangeInclusive<usize>, rows: &RangeInclusive<usize>) -> [u32; 2] {
        let sum = |column: usize, row: usize| self.sums[row * (COLUMNS + 1) + column];
        let (west, east, south, north) = (*columns.start(), columns.end() + 1, *rows.start(), rows.end() + 1);
        let (ne, nw, se, sw) = (sum(east, north), sum(west, north), sum(east, south), sum(west, south));
        [0, 1].map(|i| ne[i] + sw[i] - nw[i] - se[i])
    }

    /// Calls back with every edge of the coast in the cells of a part of the earth, its number and ends, brought next to that part where it
    /// crosses ±180°. An edge may come several times.
    pub(super) fn for_edges_in(&self, lon: (f64, f64), lat: (f64, f64), mut found: impl FnMut(u32, LonLat, LonLat)) {
        let (columns, rows) = cells_of_box(lon, lat);
        for row in rows {
            for column in columns.clone() {
                let cell = self.cells[row * COLUMNS + column % COLUMNS];
                if cell < COAST {
                    continue;
                }
                let shift_deg = if column >= COLUMNS { 360.0 } else { 0.0 };
                for edge in self.edges_of(cell) {
                    let (p, q) = self.edge(*edge);
                    if p.lat_deg.max(q.lat_deg) < lat.0 || p.lat_deg.min(q.lat_deg) > lat.1 {
                        continue;
                    }
                    found(*edge, LonLat::new(p.lon_deg + shift_deg, p.lat_deg), LonLat::new(q.lon_deg + shift_deg, q.lat_deg));
                }
            }
        }
    }

    fn edge(&self, edge: u32) -> (LonLat, LonLat) {
        (self.vertices[edge as usize], self.vertices[edge as usize + 1])
    }

    fn edges_of(&self, coast: u32) -> &[u32] {
        let at = (coast - COAST) as usize;
        &self.edges[self.starts[at] as usize..self.starts[at + 1] as usize]
    }
}

/// Where the segment `a`–`b` crosses the edge `p`–`q`, as a share of the way from `a`. All ends are half open, so that a line through
/// a vertex crosses one of its two edges, or both, or none, as it changes sides or not.
pub(super) fn crossing(a: LonLat, b: LonLat, p: LonLat, q: LonLat) -> Option<f64> {
    if (side(a, b, p) > 0.0) == (side(a, b, q) > 0.0) {
        return None;
    }
    let (from, to) = (side(p, q, a), side(p, q, b));
    ((from > 0.0) != (to > 0.0)).then(|| (from / (from - to)).clamp(0.0, 1.0))
}

/// Positive when `c` lies to the left of the line from `a` to `b`.
fn side(a: LonLat, b: LonLat, c: LonLat) -> f64 {
    (b.lon_deg - a.lon_deg) * (c.lat_deg - a.lat_deg) - (b.lat_deg - a.lat_deg) * (c.lon_deg - a.lon_deg)
}

fn is_edge(a: LonLat, b: LonLat) -> bool {
    a.is_finite() && b.is_finite() && a != b
}

/// Edges along ±180° or a pole close a ring and are no coast.
fn only_closes(a: LonLat, b: LonLat) -> bool {
    let meridian = a.lon_deg.abs() >= 180.0 && a.lon_deg == b.lon_deg;
    meridian || (a.lat_deg.abs() >= 90.0 && a.lat_deg == b.lat_deg)
}

fn column(lon_deg: f64) -> usize {
    (((lon_deg + 180.0) * CELLS_PER_DEG) as usize).min(COLUMNS - 1)
}

fn row(lat_deg: f64) -> usize {
    (((lat_deg + 90.0) * CELLS_PER_DEG) as usize).min(ROWS - 1)
}

/// Columns and rows of a box; columns go on beyond the last one where it crosses 180°.
fn cells_of_box((west, east): (f64, f64), (south, north): (f64, f64)) -> (RangeInclusive<usize>, RangeInclusive<usize>) {
    let column = |lon_deg: f64| ((lon_deg + 180.0).max(0.0) * CELLS_PER_DEG) as usize;
    (column(west - PAD_DEG)..=column(east), row(south)..=row(north))
}

/// The position at which the state of a cell is sampled.
fn sample(column: usize, row: usize) -> LonLat {
    LonLat::new((column as f64 + SAMPLE.0) / CELLS_PER_DEG - 180.0, (row as f64 + SAMPLE.1) / CELLS_PER_DEG - 90.0)
}

/// Calls back with every cell that an edge touches, and perhaps a neighbor.
fn cells_of_edge(a: LonLat, b: LonLat, mut touched: impl FnMut(usize)) {
    let (low, high) = if a.lat_deg <= b.lat_deg { (a, b) } else { (b, a) };
    let rows = (row(low.lat_deg), row(high.lat_deg));
    for row in rows.0..=rows.1 {
        let (mut west, mut east) = (a.lon_deg.min(b.lon_deg), a.lon_deg.max(b.lon_deg));
        if rows.0 != rows.1 {
            // The part of the edge within this row.
            let slope = (high.lon_deg - low.lon_deg) / (high.lat_deg - low.lat_deg);
            let south = (row as f64 / CELLS_PER_DEG - 90.0).max(low.lat_deg);
            let north = ((row + 1) as f64 / CELLS_PER_DEG - 90.0).min(high.lat_deg);
            let ends = [south, north].map(|lat_deg| low.lon_deg + (lat_deg - low.lat_deg) * slope);
            west = west.max(ends[0].min(ends[1]) - PAD_DEG);
            east = east.min(ends[0].max(ends[1]) + PAD_DEG);
        }
        for column in column(west)..=column(east) {
            touched(row * COLUMNS + column);
        }
    }
}

/// Whether the sample of each cell is on land: along each row of samples, land begins and ends at the edges that cross it.
fn sampled_land(edges: impl Iterator<Item = (LonLat, LonLat)>) -> Vec<bool> {
    let mut crossings = vec![Vec::new(); ROWS];
    for (a, b) in edges {
        let (low, high) = if a.lat_deg <= b.lat_deg { (a, b) } else { (b, a) };
        for (row, crossings) in crossings.iter_mut().enumerate().take(row(high.lat_deg) + 1).skip(row(low.lat_deg)) {
            let lat_deg = sample(0, row).lat_deg;
            if (a.lat_deg > lat_deg) != (b.lat_deg > lat_deg) {
                crossings.push(a.lon_deg + (lat_deg - a.lat_deg) / (b.lat_deg - a.lat_deg) * (b.lon_deg - a.lon_deg));
            }
        }
    }
    let mut land = Vec::with_capacity(COLUMNS * ROWS);
    for mut crossings in crossings {
        crossings.sort_unstable_by(f64::total_cmp);
        let mut west = 0;
        for column in 0..COLUMNS {
            let lon_deg = sample(column, 0).lon_deg;
            while crossings.get(west).is_some_and(|crossing| *crossing < lon_deg) {
                west += 1;
            }
            land.push(west % 2 == 1);
        }
    }
    land
}

/// For each corner of the grid how many cells south and west of it are not all water, and not all land.
fn summed(cells: &[u32]) -> Vec<[u32; 2]> {
    let width = COLUMNS + 1;
    let mut sums = vec![[0; 2]; width * (ROWS + 1)];
    for row in 0..ROWS {
        let mut along = [0; 2];
        for column in 0..COLUMNS {
            let cell = cells[row * COLUMNS + column];
            along[0] += u32::from(cell != WATER);
            along[1] += u32::from(cell != LAND);
            let south = sums[row * width + column + 1];
            sums[(row + 1) * width + column + 1] = [south[0] + along[0], south[1] + along[1]];
        }
    }
    sums
}

/// Vertices and cells are counted in 32 bits; what lies beyond would be left out.
fn index(at: usize) -> u32 {
    u32::try_from(at).unwrap_or(u32::MAX)
}
