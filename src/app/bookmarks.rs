//! Named views between the document and the settings file.

use std::sync::Arc;

use crate::analysis::{Dimension, Filter};
use crate::geodesy::{MapProjection, Projected, ProjectionKind};
use crate::project::{SavedBookmark, SavedFilter};
use crate::scene::PlaneBox;
use crate::state::{Bookmark, MAX_BOOKMARKS};

pub(super) fn to_settings(bookmarks: &[Bookmark]) -> Vec<SavedBookmark> {
    let saved = |bookmark: &Bookmark| SavedBookmark {
        name: bookmark.name.clone(),
        projection: bookmark.projection.kind.key().to_owned(),
        central_meridian_deg: bookmark.projection.central_meridian_deg,
        plane_box_m: [bookmark.plane_box.min.x_m, bookmark.plane_box.min.y_m, bookmark.plane_box.max.x_m, bookmark.plane_box.max.y_m],
        filter: bookmark.filter.as_ref().map(|filter| SavedFilter {
            days: filter.days,
            text: filter.text.clone(),
            choices: filter
                .choices
                .iter()
                .map(|(dimension, keys)| (dimension.key().to_owned(), keys.iter().map(ToString::to_string).collect()))
                .collect(),
        }),
    };
    bookmarks.iter().map(saved).collect()
}

/// The bookmarks of a settings file; what makes no sense is left out.
pub(super) fn from_settings(saved: &[SavedBookmark]) -> Vec<Bookmark> {
    saved.iter().filter_map(bookmark).take(MAX_BOOKMARKS).collect()
}

fn bookmark(saved: &SavedBookmark) -> Option<Bookmark> {
    let kind = ProjectionKind::from_key(&saved.projection)?;
    let [west, south, east, north] = saved.plane_box_m;
    let sensible = saved.plane_box_m.iter().all(|edge| edge.is_finite()) && west < east && south < north;
    if !sensible || !saved.central_meridian_deg.is_finite() {
        return None;
    }
    Some(Bookmark {
        name: saved.name.clone(),
        projection: MapProjection::new(kind, saved.central_meridian_deg),
        plane_box: PlaneBox { min: Projected::new(west, south), max: Projected::new(east, north) },
        filter: saved.filter.as_ref().map(filter),
    })
}

fn filter(saved: &SavedFilter) -> Filter {
    let mut filter = Filter { days: saved.days, text: saved.text.clone(), ..Filter::default() };
    for (dimension, keys) in &saved.choices {
        if let Some(dimension) = Dimension::from_key(dimension) {
            keys.iter().for_each(|key| filter.choose(dimension, key));
        }
    }
    filter
}

/// For the state: shared, so that undo steps cost nothing.
pub(super) fn shared(saved: &[SavedBookmark]) -> Arc<Vec<Bookmark>> {
    Arc::new(from_settings(saved))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn bookmarks_survive_the_settings_file_and_nonsense_does_not() {
        let mut filter = Filter { days: Some((17_000, 18_000)), text: "bar".to_owned(), ..Filter::default() };
        filter.choose(Dimension::Group, "kavac");
        filter.choose(Dimension::Mode, "");
        let whole = Bookmark {
            name: "Boka – čekanje".to_owned(),
            projection: MapProjection::new(ProjectionKind::Mercator, -20.0),
            plane_box: PlaneBox { min: Projected::new(-1.0, -2.0), max: Projected::new(3.5, 4.0) },
            filter: Some(filter),
        };
        let plain = Bookmark { name: "b".to_owned(), filter: None, ..whole.clone() };
        let text = serde_json_round_trip(&to_settings(&[whole.clone(), plain.clone()]));
        assert_eq!(from_settings(&text), [whole, plain]);
        let broken = |change: fn(&mut SavedBookmark)| {
            let mut saved = text[1].clone();
            change(&mut saved);
            from_settings(&[saved]).is_empty()
        };
        assert!(broken(|saved| saved.projection = "globe".to_owned()));
        assert!(broken(|saved| saved.plane_box_m[2] = f64::NAN));
        assert!(broken(|saved| saved.plane_box_m = [5.0, 0.0, 5.0, 1.0]));
        assert!(broken(|saved| saved.central_meridian_deg = f64::INFINITY));
    }

    fn serde_json_round_trip(saved: &[SavedBookmark]) -> Vec<SavedBookmark> {
        let folder = tempfile::tempdir().expect("a folder");
        let path = folder.path().join("settings.json");
        let settings = crate::project::Settings { bookmarks: saved.to_vec(), ..crate::project::Settings::default() };
        settings.write(&path).expect("written");
        crate::project::Settings::read(&path).expect("read").bookmarks
    }
}
