//! Names of countries for people.

use std::sync::OnceLock;

/// One line each: code, space, name; sorted by code.
static NAMES: &str = include_str!("country_names.txt");

/// The English short name for an ISO 3166-1 alpha-2 code (`XK` for Kosovo, with the asterisk of the boundary note); `None` for other codes.
pub fn country_name(code: &str) -> Option<&'static str> {
    static SORTED: OnceLock<Vec<(&'static str, &'static str)>> = OnceLock::new();
    let names = SORTED.get_or_init(|| NAMES.lines().filter_map(|line| line.split_once(' ')).collect());
    names.binary_search_by(|(known, _)| (*known).cmp(code)).ok().map(|index| names[index].1)
}

/// "Albania (AL)", or the code as it stands when it is no known one.
pub fn country_with_code(code: &str) -> String {
    country_name(code).map_or_else(|| code.to_owned(), |name| format!("{name} ({code})"))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_code_is_found_in_the_sorted_list() {
        for line in NAMES.lines() {
            let (code, name) = line.split_once(' ').expect("a code and a name");
            assert_eq!((code.len(), country_name(code)), (2, Some(name)));
        }
        assert_eq!(NAMES.lines().count(), 250);
    }

    #[test]
    fn unknown_codes_stay_as_they_are() {
        assert_eq!(country_with_code("AL"), "Albania (AL)");
        assert_eq!(country_with_code("high seas"), "high seas");
        assert_eq!(country_name("al"), None);
    }
}
