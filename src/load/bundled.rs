//! The atlas inside the program.

use super::Input;

/// The files of the bundled atlas, compiled in: the program starts with them and works from any folder.
pub fn bundled_atlas() -> Vec<Input> {
    macro_rules! bundled {
        ($($name:literal),+) => {
            vec![$(Input::Bundled { name: $name, text: include_str!(concat!("../../routes/", $name)) }),+]
        };
    }
    bundled!("sources.geojson", "cells.geojson", "ports.geojson", "corridors.geojson", "seizures.geojson", "statistics.geojson")
}
