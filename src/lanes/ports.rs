//! The ports of the world, for search and for snapping.

use std::cmp::Reverse;
use std::collections::BTreeMap;
use std::sync::{Arc, OnceLock};

use memchr::memmem;

use crate::geodesy::{LonLat, distance_m};
use crate::model::fold_for_search;

/// Metres in a degree of latitude, rounded down; where it is shortest it has 110,574.
const METRES_PER_DEGREE: f64 = 110_000.0;

/// Where a port is listed, the best known first.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum PortStanding {
    /// A port of the bundled atlas: name, place and code are the atlas's.
    Atlas,
    /// In the World Port Index, whose positions are good to about 2 km.
    Indexed,
    /// In GeoNames only: often a small harbor, or a terminal of a larger one.
    Listed,
}

/// A port of the world.
#[derive(Clone, Debug, PartialEq)]
pub struct WorldPort {
    /// Name in local or English spelling, as the source has it.
    pub name: Arc<str>,
    /// ISO 3166-1 alpha-2.
    pub country: Arc<str>,
    /// UN/LOCODE without a space, where one is known.
    pub locode: Option<Arc<str>>,
    /// WGS 84.
    pub position: LonLat,
    /// Where it is listed.
    pub standing: PortStanding,
    /// Inhabitants of the town of the same name nearby, in thousands; the sources know no harbor sizes.
    pub town_thousands: Option<u32>,
    others: Arc<str>,
}

impl WorldPort {
    /// Other names and spellings, which search finds too.
    pub fn other_names(&self) -> impl Iterator<Item = &str> {
        self.others.split('|').filter(|name| !name.is_empty())
    }
}

/// The port table cannot be read.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
#[error("the port table is damaged in line {line}: {what}")]
pub struct PortTableError {
    /// Line, counted from 1.
    pub line: usize,
    /// What is wrong there.
    pub what: &'static str,
}

/// Why a text does not name one port.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
pub enum PortLookupError {
    /// No port has a name like it.
    #[error("no port is called “{text}”{}", did_you_mean(.similar))]
    NotFound {
        /// What was asked.
        text: String,
        /// Ports with a name that contains it, as "Bar, Montenegro (MEBAR)".
        similar: Vec<String>,
    },
    /// Several ports have the name.
    #[error("“{text}” may be {}: give the UN/LOCODE, or the country as in “Bar, ME”", .candidates.join("; "))]
    Ambiguous {
        /// What was asked.
        text: String,
        /// The ports, as "Bar, Montenegro (MEBAR)", at most eight.
        candidates: Vec<String>,
    },
}

fn did_you_mean(similar: &[String]) -> String {
    if similar.is_empty() { String::new() } else { format!("; similar: {}", similar.join("; ")) }
}

/// How many candidates an error lists.
const LISTED_CANDIDATES: usize = 8;

#[derive(Debug)]
struct Country {
    name: Arc<str>,
    folded: String,
}

/// How well a port matches the words of a search, the best first.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
enum Match {
    Locode,
    Name,
    OtherName,
    NameBegins,
    WordBegins,
    EachWordBegins,
    Contains,
    Country,
}

/// All ports, searchable by name and by place.
#[derive(Debug, Default)]
pub struct PortIndex {
    ports: Vec<WorldPort>,
    /// By code: the name of a country.
    countries: BTreeMap<Arc<str>, Country>,
    /// The folded names of all ports: for each a line end, then its names with a line end after each.
    folded: String,
    /// Where the names of each port begin in `folded`, and a last entry for the end.
    starts: Vec<usize>,
    /// (code, port) by code.
    codes: Vec<(Arc<str>, usize)>,
    /// (latitude, port) by latitude.
    latitudes: Vec<(f64, usize)>,
}

impl PortIndex {
    /// The index in the program itself; the first call decodes it in a few milliseconds.
    pub fn bundled() -> &'static Self {
        static INDEX: OnceLock<PortIndex> = OnceLock::new();
        INDEX.get_or_init(|| Self::from_table(include_str!("../../assets/ports.tsv")).expect("a test reads the bundled table"))
    }

    /// From the text of `assets/ports.tsv`, whose head describes the columns.
    ///
    /// # Errors
    /// The first line that is not of that form.
    pub fn from_table(text: &str) -> Result<Self, PortTableError> {
        let mut index = Self::default();
        for (number, line) in text.lines().enumerate().filter(|(_, line)| !line.starts_with('#') && !line.is_empty()) {
            index.add_line(line).map_err(|what| PortTableError { line: number + 1, what })?;
        }
        index.starts.push(index.folded.len());
        index.codes = index.ports.iter().enumerate().filter_map(|(at, port)| Some((port.locode.clone()?, at))).collect();
        index.codes.sort();
        index.latitudes = index.ports.iter().enumerate().map(|(at, port)| (port.position.lat_deg, at)).collect();
        index.latitudes.sort_by(|a, b| a.0.total_cmp(&b.0));
        Ok(index)
    }

    fn add_line(&mut self, line: &str) -> Result<(), &'static str> {
        let fields: Vec<&str> = line.split('\t').collect();
        let standing = match fields[..] {
            ["c", code, name] => {
                self.countries.insert(code.into(), Country { name: name.into(), folded: fold_words(name) });
                return Ok(());
            }
            ["a", ..] => PortStanding::Atlas,
            ["w", ..] => PortStanding::Indexed,
            ["g", ..] => PortStanding::Listed,
            _ => return Err("unknown kind of line"),
        };
        let [_, country, locode, lon, lat, thousands, name, others] = fields[..] else { return Err("not eight columns") };
        let (country, _) = self.countries.get_key_value(country).ok_or("a country without a name")?;
        let degrees = |text: &str, limit: f64| text.parse().ok().filter(|value: &f64| value.abs() <= limit);
        let position = LonLat::new(degrees(lon, 180.0).ok_or("not a longitude")?, degrees(lat, 90.0).ok_or("not a latitude")?);
        let town_thousands = if thousands.is_empty() { None } else { Some(thousands.parse().map_err(|_| "not a number of inhabitants")?) };
        if name.is_empty() {
            return Err("no name");
        }
        self.starts.push(self.folded.len());
        self.folded.push('\n');
        for name in std::iter::once(name).chain(others.split('|').filter(|name| !name.is_empty())) {
            self.folded.push_str(&fold_words(name));
            self.folded.push('\n');
        }
        let locode = (!locode.is_empty()).then(|| Arc::from(locode));
        let (name, country, others) = (name.into(), country.clone(), others.into());
        self.ports.push(WorldPort { name, country, locode, position, standing, town_thousands, others });
        Ok(())
    }

    /// All ports, by country and name.
    pub fn ports(&self) -> &[WorldPort] {
        &self.ports
    }

    /// The English name of a country by its ISO 3166-1 alpha-2 code, of those that have ports.
    pub fn country_name(&self, code: &str) -> Option<&str> {
        self.countries.get(code).map(|country| &*country.name)
    }

    /// A port for people: "Bar, Montenegro (MEBAR)".
    pub fn label(&self, port: &WorldPort) -> String {
        let country = self.country_name(&port.country).unwrap_or(&port.country);
        match &port.locode {
            Some(locode) => format!("{}, {country} ({locode})", port.name),
            None => format!("{}, {country}", port.name),
        }
    }

    /// Ports whose name, country or LOCODE begins with or contains the words, the best first, at most `limit`.
    ///
    /// Case and marks do not count. First comes the port with this LOCODE, then equal names, names that begin with the words, words of names
    /// that do, each word on its own (also in the country: "santos br"), words within a name, and last all ports of a country. Within each,
    /// ports of the atlas come first, then those of the World Port Index, the ones with the larger town first.
    pub fn search(&self, words: &str, limit: usize) -> Vec<&WorldPort> {
        let mut found = self.matches(words);
        let order = |(at, rank): &(usize, Match)| {
            let port = &self.ports[*at];
            (*rank, port.standing, Reverse(port.town_thousands), port.name.len(), *at)
        };
        found.sort_by_key(order);
        found.into_iter().take(limit).map(|(at, _)| &self.ports[at]).collect()
    }

    /// All ports that match, each once, with how well.
    fn matches(&self, words: &str) -> Vec<(usize, Match)> {
        let query = fold_words(words);
        if query.is_empty() {
            return Vec::new();
        }
        let mut best: Vec<Option<Match>> = vec![None; self.ports.len()];
        let mut note = |at: usize, rank: Match| best[at] = Some(best[at].map_or(rank, |old| old.min(rank)));
        for hit in memmem::find_iter(self.folded.as_bytes(), query.as_bytes()) {
            let at = self.starts.partition_point(|start| *start <= hit) - 1;
            note(at, self.rank_of_hit(at, hit, query.len()));
        }
        if let Some(at) = self.index_by_locode(words) {
            note(at, Match::Locode);
        }
        let words: Vec<&str> = query.split(' ').collect();
        for (at, port) in self.ports.iter().enumerate() {
            let country = self.countries.get(&port.country);
            let in_country =
                |word: &str| port.country.eq_ignore_ascii_case(word) || country.is_some_and(|country| word_begins(&country.folded, word));
            if country.is_some_and(|country| country.folded == query) || words.len() == 1 && words[0].len() > 3 && in_country(words[0]) {
                note(at, Match::Country);
            } else if words.len() > 1 {
                let names = &self.folded[self.starts[at]..self.starts[at + 1]];
                let of_name = words.iter().filter(|word| word_begins(names, word)).count();
                if of_name > 0 && words.iter().all(|word| in_country(word) || word_begins(names, word)) {
                    note(at, Match::EachWordBegins);
                }
            }
        }
        best.into_iter().enumerate().filter_map(|(at, rank)| Some((at, rank?))).collect()
    }

    /// How well the names of a port match that have the words at this place.
    fn rank_of_hit(&self, at: usize, hit: usize, length: usize) -> Match {
        let text = self.folded.as_bytes();
        let (before, after) = (text[hit - 1], text[hit + length]);
        let first_name = hit == self.starts[at] + 1;
        match (before, after) {
            (b'\n', b'\n') if first_name => Match::Name,
            (b'\n', b'\n') => Match::OtherName,
            (b'\n', _) if first_name => Match::NameBegins,
            (b'\n' | b' ', _) => Match::WordBegins,
            _ => Match::Contains,
        }
    }

    /// The port with this UN/LOCODE, with or without a space, case ignored.
    pub fn by_locode(&self, locode: &str) -> Option<&WorldPort> {
        self.index_by_locode(locode).map(|at| &self.ports[at])
    }

    fn index_by_locode(&self, locode: &str) -> Option<usize> {
        let code: String = locode.chars().filter(|c| !c.is_whitespace() && *c != '-').map(|c| c.to_ascii_uppercase()).collect();
        let found = self.codes.binary_search_by(|(known, _)| known.as_ref().cmp(code.as_str())).ok()?;
        Some(self.codes[found].1)
    }

    /// The nearest port within a distance in metres.
    pub fn nearest(&self, position: LonLat, within_m: f64) -> Option<&WorldPort> {
        if !position.lat_deg.is_finite() || !position.lon_deg.is_finite() {
            return None;
        }
        let mut best: Option<(f64, usize)> = None;
        let mut limit_m = within_m;
        let first = self.latitudes.partition_point(|(lat, _)| (position.lat_deg - lat) * METRES_PER_DEGREE > within_m);
        for (lat, at) in &self.latitudes[first..] {
            let north_m = (lat - position.lat_deg) * METRES_PER_DEGREE;
            if north_m > limit_m {
                break;
            }
            // Only where the sphere puts it near enough is the exact distance worth its time.
            if -north_m > limit_m || rough_distance_m(position, self.ports[*at].position) * 0.99 > limit_m {
                continue;
            }
            let distance = distance_m(position, self.ports[*at].position);
            if distance <= limit_m {
                (limit_m, best) = (distance, Some((distance, *at)));
            }
        }
        best.map(|(_, at)| &self.ports[at])
    }

    /// The one port that a person means: a UN/LOCODE ("EC GYE"), a name ("Santos") or a name with its country ("Bar, ME", "Bar, Montenegro").
    ///
    /// A few names are also codes: "GAETA" is a code in Gabon, "Gaeta" a port in Italy. Capitals make it a code.
    ///
    /// A name is compared whole with the first name of every port, then with the other names; if none is equal, with their beginnings, and at
    /// last with the words in them. The first of these steps that finds ports decides. If it finds several, the one of the atlas is meant if
    /// there is exactly one; else the one of the World Port Index if there is exactly one; else the name is ambiguous.
    ///
    /// # Errors
    /// [`PortLookupError`] lists the ports that may be meant.
    pub fn resolve(&self, text: &str) -> Result<&WorldPort, PortLookupError> {
        let (name, country) = self.split_country(text);
        let mut found = self.matches(name);
        if let Some(port) = self.by_locode(text)
            && !(text.contains(char::is_lowercase) && found.iter().any(|(_, rank)| *rank == Match::Name))
        {
            return Ok(port);
        }
        found.retain(|(at, rank)| {
            let by_name = matches!(rank, Match::Name | Match::OtherName | Match::NameBegins | Match::WordBegins | Match::EachWordBegins);
            by_name && country.is_none_or(|country| *self.ports[*at].country == *country)
        });
        let Some(best) = found.iter().map(|(_, rank)| *rank).min() else {
            let similar = self.search(name, LISTED_CANDIDATES / 2).into_iter().map(|port| self.label(port)).collect();
            return Err(PortLookupError::NotFound { text: text.trim().to_owned(), similar });
        };
        let mut candidates: Vec<&WorldPort> = found.iter().filter(|(_, rank)| *rank == best).map(|(at, _)| &self.ports[*at]).collect();
        candidates.sort_by_key(|port| (port.standing, Reverse(port.town_thousands)));
        match candidates[..] {
            [one] => Ok(one),
            [first, second, ..] if first.standing < second.standing => Ok(first),
            _ => {
                let candidates = candidates.into_iter().take(LISTED_CANDIDATES).map(|port| self.label(port)).collect();
                Err(PortLookupError::Ambiguous { text: text.trim().to_owned(), candidates })
            }
        }
    }

    /// "Bar, ME", "Bar, Montenegro" and "Bar ME" into the name and the code of the country.
    fn split_country<'a>(&'a self, text: &'a str) -> (&'a str, Option<&'a str>) {
        let whole = (text, None);
        let Some((name, last)) = text.trim().rsplit_once([',', ' ']) else { return whole };
        // A country's name may have a space itself.
        let (name, last) = text.rsplit_once(',').unwrap_or((name, last));
        let (after_comma, last) = (text.contains(','), last.trim());
        let is_it = |(code, country): (&Arc<str>, &Country)| {
            if after_comma { code.eq_ignore_ascii_case(last) || country.folded == fold_words(last) } else { **code == *last }
        };
        match self.countries.iter().find(|entry| is_it(*entry)) {
            Some((code, _)) => (name, Some(code)),
            None => whole,
        }
    }
}

/// Lower case without marks, one space between words, no punctuation; apostrophes vanish.
fn fold_words(text: &str) -> String {
    let folded = if text.is_ascii() { text.to_ascii_lowercase() } else { fold_for_search(text) };
    let mut words = String::with_capacity(folded.len());
    for c in folded.chars().filter(|c| !matches!(c, '\'' | '`' | 'ʹ' | 'ʻ')) {
        if c.is_alphanumeric() {
            words.push(c);
        } else if !words.is_empty() && !words.ends_with(' ') {
            words.push(' ');
        }
    }
    words.truncate(words.trim_end().len());
    words
}

/// Whether a word of the folded text begins with this.
fn word_begins(folded: &str, word: &str) -> bool {
    folded.match_indices(word).any(|(at, _)| at == 0 || matches!(folded.as_bytes()[at - 1], b' ' | b'\n'))
}

/// Distance on the sphere in metres: within 0.6 % of the ellipsoid's.
fn rough_distance_m(a: LonLat, b: LonLat) -> f64 {
    let (lat_a, lat_b) = (a.lat_deg.to_radians(), b.lat_deg.to_radians());
    let half = |degrees: f64| (degrees.to_radians() / 2.0).sin().powi(2);
    let haversine = half(b.lat_deg - a.lat_deg) + lat_a.cos() * lat_b.cos() * half(b.lon_deg - a.lon_deg);
    2.0 * 6_371_008.8 * haversine.sqrt().min(1.0).asin()
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    fn names(words: &str, limit: usize) -> Vec<String> {
        PortIndex::bundled().search(words, limit).into_iter().map(|port| PortIndex::bundled().label(port)).collect()
    }

    fn resolved(text: &str) -> Result<String, PortLookupError> {
        PortIndex::bundled().resolve(text).map(|port| PortIndex::bundled().label(port))
    }

    #[test]
    fn the_bundled_table_is_whole() {
        let index = PortIndex::from_table(include_str!("../../assets/ports.tsv")).expect("readable");
        assert!(index.ports().len() > 5_000, "{}", index.ports().len());
        assert_eq!(index.ports().iter().filter(|port| port.standing == PortStanding::Atlas).count(), 83);
        assert!(index.codes.windows(2).all(|pair| pair[0].0 < pair[1].0), "a LOCODE twice");
        for code in ["ECGYE", "BEANR", "NLRTM", "USPHL", "PYASU", "HRPLE"] {
            let port = index.by_locode(code).expect(code);
            assert_eq!(port.standing, PortStanding::Atlas, "{code}");
        }
    }

    #[test]
    fn damaged_tables_are_refused_with_the_line() {
        let broken = |text: &str| PortIndex::from_table(text).map(|_| ()).expect_err("damaged");
        assert_eq!(broken("# head\nc\tME\tMontenegro\nx\ty").line, 3);
        assert_eq!(broken("w\tME\tMEBAR\t19\t42\t\tBar\t").what, "a country without a name");
        assert_eq!(broken("c\tME\tMontenegro\nw\tME\tMEBAR\t190\t42\t\tBar\t").what, "not a longitude");
        assert_eq!(broken("c\tME\tMontenegro\nw\tME\tMEBAR\t19\tNaN\t\tBar\t").what, "not a latitude");
        assert_eq!(broken("c\tME\tMontenegro\nw\tME\tMEBAR\t19\t42").what, "not eight columns");
    }

    #[test]
    fn locodes_are_read_in_any_dress() {
        let index = PortIndex::bundled();
        for dress in ["ECGYE", "EC GYE", "ecgye", " ec-gye "] {
            assert_eq!(index.by_locode(dress).map(|port| &*port.name), Some("Guayaquil"), "{dress}");
        }
        assert_eq!(index.by_locode("XXXXX"), None);
        assert_eq!(index.by_locode(""), None);
    }

    #[test]
    fn marks_and_case_do_not_count() {
        assert_eq!(names("ploce", 1), ["Ploče, Croatia (HRPLE)"]);
        assert_eq!(names("PLOČE", 1), ["Ploče, Croatia (HRPLE)"]);
        assert_eq!(names("durres", 1), ["Durrës, Albania (ALDRZ)"]);
        assert_eq!(names("fort de france", 1), ["Fort-de-France, Martinique (MQFDF)"]);
    }

    #[test]
    fn equal_names_come_before_beginnings_and_codes_before_all() {
        assert_eq!(names("bar", 1), ["Bar, Montenegro (MEBAR)"]);
        assert_eq!(names("nlrtm", 1), ["Rotterdam, Netherlands (NLRTM)"]);
        assert!(names("rotterd", 3)[0].starts_with("Rotterdam"));
        assert!(names("aires", 3)[0].starts_with("Buenos Aires"));
        assert!(names("fiume", 1)[0].starts_with("Rijeka"), "other names count");
        assert!(names("", 5).is_empty() && names(" - ", 5).is_empty());
        assert!(names("\n", 5).is_empty());
    }

    #[test]
    fn a_country_helps() {
        assert_eq!(names("georgetown guyana", 1), ["Georgetown, Guyana (GYGEO)"]);
        assert_eq!(names("santos br", 1), ["Santos, Brazil (BRSSZ)"]);
        let montenegro = PortIndex::bundled().search("montenegro", 20);
        assert!(montenegro.iter().filter(|port| &*port.country == "ME").count() >= 3);
    }

    #[test]
    fn a_text_resolves_to_one_port_or_lists_them() {
        assert_eq!(resolved("EC GYE").as_deref(), Ok("Guayaquil, Ecuador (ECGYE)"));
        for text in ["Bar", "Bar, ME", "bar, montenegro", "Bar ME", "MEBAR"] {
            assert_eq!(resolved(text).as_deref(), Ok("Bar, Montenegro (MEBAR)"), "{text}");
        }
        assert_eq!(resolved("Santos").as_deref(), Ok("Santos, Brazil (BRSSZ)"));
        assert_eq!(resolved("Piraeus").as_deref(), Ok("Piraeus, Greece (GRPIR)"));
        let several = resolved("Victoria").expect_err("on several islands");
        assert!(matches!(&several, PortLookupError::Ambiguous { candidates, .. } if candidates.len() > 2), "{several}");
        assert!(several.to_string().contains("UN/LOCODE"));
        assert!(matches!(resolved("Qqqqq"), Err(PortLookupError::NotFound { similar, .. }) if similar.is_empty()));
        assert!(matches!(resolved(" "), Err(PortLookupError::NotFound { .. })));
    }

    #[test]
    fn every_port_of_the_atlas_is_meant_by_its_name_and_code() {
        let index = PortIndex::bundled();
        for port in index.ports().iter().filter(|port| port.standing == PortStanding::Atlas) {
            assert_eq!(index.resolve(&port.name), Ok(port));
            assert_eq!(index.search(&port.name, 1), [port]);
            assert!(port.locode.as_ref().is_none_or(|locode| index.resolve(locode) == Ok(port)), "{}", port.name);
        }
    }

    #[test]
    fn a_name_that_is_a_code_too_is_a_code_in_capitals() {
        assert_eq!(PortIndex::bundled().resolve("GAETA").map(|port| &*port.country), Ok("GA"));
        assert_eq!(PortIndex::bundled().resolve("Gaeta").map(|port| &*port.country), Ok("IT"));
    }

    #[test]
    fn the_nearest_port_is_found_across_the_date_line() {
        let table = "c\tFJ\tFiji\nw\tFJ\t\t179.9\t-17\t\tWest\t\nw\tFJ\t\t-170\t-17\t\tEast\t\n";
        let index = PortIndex::from_table(table).expect("readable");
        let beyond = LonLat::new(-179.9, -17.0);
        assert_eq!(index.nearest(beyond, 30_000.0).map(|port| &*port.name), Some("West"));
        assert_eq!(index.nearest(beyond, 20_000.0), None);
        assert_eq!(index.nearest(LonLat::new(f64::NAN, 0.0), 1e9), None);
        assert_eq!(index.nearest(beyond, f64::NAN), None);
    }

    proptest! {
        #[test]
        fn nearest_agrees_with_looking_at_every_port(lon in -180.0..180.0_f64, lat in -89.0..89.0_f64, within_km in 1.0..3_000.0_f64) {
            let (index, here) = (PortIndex::bundled(), LonLat::new(lon, lat));
            let all = index.ports().iter().map(|port| distance_m(here, port.position)).fold(f64::INFINITY, f64::min);
            let found = index.nearest(here, within_km * 1000.0).map(|port| distance_m(here, port.position));
            prop_assert_eq!(found, (all <= within_km * 1000.0).then_some(all));
        }

        #[test]
        fn any_text_can_be_asked(text in "\\PC{0,12}") {
            let index = PortIndex::bundled();
            prop_assert!(index.search(&text, 7).len() <= 7);
            let _ = index.resolve(&text);
        }
    }
}
