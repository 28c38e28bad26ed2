//! Cuts lines at ±180° as RFC 7946 asks for.

use super::LonLat;

/// The line in parts that end on ±180° where it passes that meridian. Each step runs the short way round; a step that is not finite is
/// kept as it is. Positions that repeat one another are left out.
///
/// ```
/// use sealane::geodesy::{LonLat, split_at_antimeridian};
/// let parts = split_at_antimeridian(&[LonLat::new(179.0, 10.0), LonLat::new(-179.0, 12.0)]);
/// assert_eq!(parts[0][1], LonLat::new(180.0, 11.0));
/// assert_eq!(parts[1][0], LonLat::new(-180.0, 11.0));
/// ```
pub fn split_at_antimeridian(line: &[LonLat]) -> Vec<Vec<LonLat>> {
    let mut parts = Vec::new();
    let mut part: Vec<LonLat> = Vec::new();
    for &position in line {
        if let Some(&from) = part.last()
            && (position.lon_deg - from.lon_deg).abs() > 180.0
        {
            let side = 180.0_f64.copysign(from.lon_deg);
            let along = position.lon_deg + 2.0 * side - from.lon_deg;
            let share = if along == 0.0 { 0.0 } else { (side - from.lon_deg) / along };
            let lat_deg = from.lat_deg + share * (position.lat_deg - from.lat_deg);
            push(&mut part, LonLat::new(side, lat_deg));
            parts.push(std::mem::replace(&mut part, vec![LonLat::new(-side, lat_deg)]));
        }
        push(&mut part, position);
    }
    parts.push(part);
    parts.retain(|part| part.len() > 1);
    parts
}

fn push(part: &mut Vec<LonLat>, position: LonLat) {
    if part.last() != Some(&position) {
        part.push(position);
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn split(line: &[(f64, f64)]) -> Vec<Vec<(f64, f64)>> {
        let line: Vec<LonLat> = line.iter().map(|(lon, lat)| LonLat::new(*lon, *lat)).collect();
        split_at_antimeridian(&line).iter().map(|part| part.iter().map(|p| (p.lon_deg, p.lat_deg)).collect()).collect()
    }

    #[test]
    fn a_line_is_cut_there_and_back() {
        let parts = split(&[(170.0, 0.0), (-170.0, 10.0), (170.0, 20.0)]);
        assert_eq!(
            parts,
            [vec![(170.0, 0.0), (180.0, 5.0)], vec![(-180.0, 5.0), (-170.0, 10.0), (-180.0, 15.0)], vec![(180.0, 15.0), (170.0, 20.0)]]
        );
    }

    #[test]
    fn positions_on_the_meridian_leave_no_stray_part() {
        assert_eq!(
            split(&[(179.0, 1.0), (-180.0, 2.0), (-179.0, 3.0)]),
            [vec![(179.0, 1.0), (180.0, 2.0)], vec![(-180.0, 2.0), (-179.0, 3.0)]]
        );
        assert_eq!(split(&[(-180.0, 2.0), (179.0, 3.0)]), [vec![(180.0, 2.0), (179.0, 3.0)]]);
        assert_eq!(split(&[(-179.0, 2.0), (-180.0, 3.0)]), [vec![(-179.0, 2.0), (-180.0, 3.0)]]);
    }

    #[test]
    fn other_lines_stay_whole() {
        assert_eq!(split(&[(-80.0, -2.0), (-80.0, -2.0), (19.0, 42.0)]), [vec![(-80.0, -2.0), (19.0, 42.0)]]);
        assert!(split(&[(1.0, 1.0)]).is_empty() && split(&[]).is_empty());
    }
}
