//! Local names in Latin letters for ports and towns whose records carry an English or plain form.

use std::collections::HashMap;
use std::sync::{Arc, OnceLock};

/// Country, name as records have it, local name. Every pair is one place of GeoNames (CC BY 4.0); see `assets/README.md`.
static TABLE: &str = include_str!("../../assets/endonyms.tsv");

/// The name as people there write it; the name itself where the table has none.
pub(super) fn local_name(country: Option<&str>, name: &str) -> Arc<str> {
    static NAMES: OnceLock<HashMap<(&str, &str), Arc<str>>> = OnceLock::new();
    let rows =
        || TABLE.lines().skip(1).filter_map(|line| line.split_once('\t').and_then(|(iso, rest)| Some((iso, rest.split_once('\t')?))));
    let names = NAMES.get_or_init(|| rows().map(|(iso, (name, local))| ((iso, name), Arc::from(local))).collect());
    country.and_then(|iso| names.get(&(iso, name))).cloned().unwrap_or_else(|| Arc::from(name))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn known_places_get_their_local_name_in_their_country_only() {
        for (iso, name, local) in [("GR", "Piraeus", "Peiraiás"), ("BE", "Antwerp", "Antwerpen"), ("PT", "Lisbon", "Lisboa")] {
            assert_eq!(&*local_name(Some(iso), name), local);
        }
        assert_eq!(&*local_name(Some("US"), "Athens"), "Athens");
        assert_eq!(&*local_name(None, "Lisbon"), "Lisbon");
        assert_eq!(&*local_name(Some("AL"), "Durrës"), "Durrës");
    }

    #[test]
    fn every_line_has_three_fields_in_order() {
        let lines: Vec<&str> = TABLE.lines().skip(1).collect();
        assert!(lines.len() > 80 && lines.iter().all(|line| line.split('\t').filter(|field| !field.is_empty()).count() == 3));
        let keys: Vec<_> = lines.iter().map(|line| line.rsplit_once('\t').expect("three fields").0).collect();
        assert!(keys.windows(2).all(|pair| pair[0] < pair[1]), "sorted, each once");
    }
}
