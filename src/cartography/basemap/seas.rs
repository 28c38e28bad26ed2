//! Names of oceans, seas, gulfs and straits, each with a line through its water along which the name stands.

use std::sync::{Arc, OnceLock};

use crate::geodesy::LonLat;

/// The list that ships with the program; `assets/README.md` tells how it was made.
static BUNDLED: &str = include_str!("../../../assets/seas.csv");

/// How large a water is; decides the size of its name.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub enum SeaSize {
    /// An ocean.
    Ocean,
    /// A sea such as the Black Sea.
    Large,
    /// A sea such as the Adriatic Sea.
    Medium,
    /// A gulf or strait.
    Small,
}

/// The name of a water.
#[derive(Clone, Debug, PartialEq)]
pub struct SeaName {
    /// English name.
    pub name: Arc<str>,
    /// How large it is.
    pub size: SeaSize,
    /// From the first to the last letter through the middle of the water, in degrees: three points or more.
    pub axis: Vec<LonLat>,
}

/// All names of the bundled list, in its order. Lines that are not understood are left out; a test finds them.
pub fn seas() -> &'static [SeaName] {
    static SEAS: OnceLock<Vec<SeaName>> = OnceLock::new();
    SEAS.get_or_init(|| BUNDLED.lines().skip(1).filter_map(sea).collect())
}

fn sea(line: &str) -> Option<SeaName> {
    let mut fields = line.split(',');
    let (name, size, axis) = (fields.next()?, fields.next()?, fields.next()?);
    let size = match size {
        "ocean" => SeaSize::Ocean,
        "large" => SeaSize::Large,
        "medium" => SeaSize::Medium,
        "small" => SeaSize::Small,
        _ => return None,
    };
    let degrees: Vec<f64> = axis.split_whitespace().map(str::parse).collect::<Result<_, _>>().ok()?;
    let axis: Vec<LonLat> = degrees.chunks_exact(2).map(|pair| LonLat::new(pair[0], pair[1])).collect();
    (axis.len() >= 3 && degrees.len().is_multiple_of(2)).then(|| SeaName { name: name.into(), size, axis })
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::cartography::Basemap;

    #[test]
    fn every_line_is_understood_and_no_name_comes_twice() {
        assert_eq!(seas().len(), BUNDLED.lines().count() - 1);
        let names: std::collections::BTreeSet<&str> = seas().iter().map(|sea| &*sea.name).collect();
        assert_eq!(names.len(), seas().len());
        for wanted in ["Adriatic Sea", "Strait of Otranto", "North Atlantic Ocean", "Caribbean Sea"] {
            assert!(names.contains(wanted), "{wanted}");
        }
    }

    #[test]
    fn names_stand_in_their_water() {
        let land = Basemap::bundled().expect("bundled").land_index().expect("sound");
        for sea in seas() {
            let mut on_land = 0;
            for pair in sea.axis.windows(2) {
                for step in 0..12 {
                    let share = (f64::from(step) + 0.5) / 12.0;
                    let at = LonLat::new(
                        pair[0].lon_deg + (pair[1].lon_deg - pair[0].lon_deg) * share,
                        pair[0].lat_deg + (pair[1].lat_deg - pair[0].lat_deg) * share,
                    );
                    on_land += usize::from(land.is_land(at));
                }
            }
            // Islands are named over.
            assert!(on_land * 10 <= (sea.axis.len() - 1) * 12, "{}: {on_land} places on land", sea.name);
        }
    }
}
