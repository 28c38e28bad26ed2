//! What a map of many events must keep: counts, places, order.

use std::collections::BTreeMap;

use super::*;
use crate::analysis::{Filter, Links, Totals, evaluate};
use crate::cartography::DataMap;
use crate::geodesy::LonLat;
use crate::model::{DatasetBuilder, Origin, Record, SeizureEvent};

/// Places all over the world, denser in the north-west, always the same.
pub(super) fn scattered_places(count: usize) -> Vec<LonLat> {
    let mut seed = 0x9E37_79B9_7F4A_7C15_u64;
    let mut random = || {
        seed ^= seed << 13;
        seed ^= seed >> 7;
        seed ^= seed << 17;
        (seed >> 11) as f64 / (1u64 << 53) as f64
    };
    (0..count).map(|_| LonLat::new(random() * random() * 340.0 - 170.0, 70.0 - random() * random() * 130.0)).collect()
}

/// An event at each place; every third without a mass, every second before 2015.
pub(super) fn events_at(places: &[LonLat]) -> Dataset {
    let mut builder = DatasetBuilder::new();
    for (number, position) in places.iter().enumerate() {
        let mut event = SeizureEvent::new(format!("e{number}").into(), Origin::default());
        event.event_date = if number % 2 == 0 { "2012" } else { "2021-03" }.parse().ok();
        event.mass_kg = (number % 3 != 0).then_some(number as f64 + 0.5);
        event.position = Some(*position);
        builder.add(Record::Seizure(event)).expect("ids differ");
    }
    builder.finish()
}

struct Shown {
    layer: WorldLayer,
    passing: FeatureBits,
}

fn shown(dataset: &Dataset, filter: &Filter, resolution_m_per_px: f64, around: Option<&PlaneBox>) -> Shown {
    let links = Links::new(dataset);
    let matches = evaluate(dataset, &links, filter);
    let style = MapStyle::default();
    let view = DataView { dataset, links: &links, matches: &matches, style: &style, resolution_m_per_px, ink_scale: 1.0 };
    let mut layers = EventMap::new(dataset, MapProjection::default()).layers(&view, &DataClasses::new(dataset), around);
    Shown { layer: layers.remove(0), passing: FeatureBits::passing(&matches, FeatureKind::Seizure) }
}

fn since_2020() -> Filter {
    Filter { days: Some((18_262, 30_000)), ..Filter::default() }
}

fn center(layer: &WorldLayer, item: usize) -> PlanePoint {
    layer.geometry.parts_of(&layer.geometry.items[item]).next().expect("a part")[0]
}

#[test]
fn counts_and_masses_add_up_at_every_level_and_under_a_filter() {
    let mut places = scattered_places(3_000);
    places.extend([LonLat::new(19.4488, 41.3187); 40]);
    let dataset = events_at(&places);
    let mut all = Totals::default();
    dataset.seizures.iter().for_each(|event| all.add(event));
    for filter in [Filter::default(), since_2020()] {
        for resolution in [40_000.0, 9_000.0, 700.0, 20.0] {
            let Shown { layer, passing } = shown(&dataset, &filter, resolution, None);
            let mut seen = BTreeMap::new();
            let mut total = Totals::default();
            for item in &layer.geometry.items {
                let records = layer.geometry.records_of(item);
                assert!(
                    records.iter().all(|record| passing.has_index(record.index) == passing.has_index(records[0].index)),
                    "all match or none"
                );
                for record in records {
                    *seen.entry(record.index).or_insert(0) += 1;
                    total.add(&dataset.seizures[record.at()]);
                }
            }
            assert!(seen.len() == 3_040 && seen.values().all(|times| *times == 1), "each event once at {resolution}");
            assert_eq!((total.events, total.events_without_mass), (all.events, all.events_without_mass));
            assert!((total.mass_kg - all.mass_kg).abs() < 1e-3);
        }
    }
}

#[test]
fn far_away_events_melt_together_and_close_up_they_stand_alone() {
    let dataset = events_at(&scattered_places(3_000));
    let items = |resolution| shown(&dataset, &Filter::default(), resolution, None).layer.geometry.items.len();
    assert!(items(30_000.0) < 600, "{}", items(30_000.0));
    assert_eq!(items(10.0), 3_000);
}

#[test]
fn many_events_make_few_symbols_and_a_part_of_the_plane_shows_the_same_ones() {
    let dataset = events_at(&scattered_places(FEW_EVENTS + 5_000));
    let middle = PlaneBox { min: Projected::new(-4e6, -1e6), max: Projected::new(1e6, 3e6) };
    let whole = shown(&dataset, &Filter::default(), 8_000.0, None).layer;
    let part = shown(&dataset, &Filter::default(), 8_000.0, Some(&middle)).layer;
    assert!(whole.geometry.items.len() < FEW_EVENTS / 2 && part.geometry.items.len() < whole.geometry.items.len() / 2);
    let inside = |layer: &WorldLayer| -> Vec<(PlanePoint, usize)> {
        let items =
            (0..layer.geometry.items.len()).map(|item| (center(layer, item), layer.geometry.records_of(&layer.geometry.items[item]).len()));
        items.filter(|(at, _)| PlaneBox { min: at.projected(), max: at.projected() }.intersects(&middle)).collect()
    };
    let (mut of_whole, mut of_part) = (inside(&whole), inside(&part));
    of_whole.sort_by_key(|(at, count)| (at.x_cm, at.y_cm, *count));
    of_part.sort_by_key(|(at, count)| (at.x_cm, at.y_cm, *count));
    assert!(of_part.len() > 50);
    assert_eq!(of_part, of_whole);
}

#[test]
fn panning_a_little_makes_nothing_anew() {
    let dataset = events_at(&scattered_places(FEW_EVENTS + 1));
    let links = Links::new(&dataset);
    let matches = evaluate(&dataset, &links, &Filter::default());
    let style = MapStyle::default();
    let view =
        DataView { dataset: &dataset, links: &links, matches: &matches, style: &style, resolution_m_per_px: 2_000.0, ink_scale: 1.0 };
    let classes = DataClasses::new(&dataset);
    let mut map = EventMap::new(&dataset, MapProjection::default());
    let at = |x_m: f64| PlaneBox { min: Projected::new(x_m, 1e6), max: Projected::new(x_m + 1e6, 2e6) };
    let first = map.layers(&view, &classes, Some(&at(0.0)));
    let second = map.layers(&view, &classes, Some(&at(20_000.0)));
    assert!(Arc::ptr_eq(&first[0].geometry, &second[0].geometry));
    assert!(!Arc::ptr_eq(&first[0].geometry, &map.layers(&view, &classes, Some(&at(5e6)))[0].geometry));
}

#[test]
fn a_cluster_lies_where_it_lies_whatever_the_filter() {
    let dataset = events_at(&scattered_places(3_000));
    let clusters = |filter: &Filter| -> Vec<PlanePoint> {
        let Shown { layer, passing } = shown(&dataset, filter, 30_000.0, None);
        let matching = |item: &usize| {
            let item = &layer.geometry.items[*item];
            item.feature.is_none() && passing.has_index(layer.geometry.records_of(item)[0].index)
        };
        (0..layer.geometry.items.len()).filter(matching).map(|item| center(&layer, item)).collect()
    };
    let (all, filtered) = (clusters(&Filter::default()), clusters(&since_2020()));
    assert!(filtered.len() > 20 && filtered.len() < all.len());
    assert!(filtered.iter().all(|at| all.contains(at)));
}

#[test]
fn events_in_one_port_are_one_symbol_far_away_and_a_ring_close_up() {
    let port = LonLat::new(23.638_1, 37.950_3);
    let dataset = events_at(&[port; 9]);
    let far = shown(&dataset, &Filter::default(), 3_000.0, None).layer;
    assert_eq!(far.geometry.items.len(), 1);
    assert_eq!(far.geometry.records_of(&far.geometry.items[0]).len(), 9);
    let near = shown(&dataset, &Filter::default(), 50.0, None).layer;
    let mut places: Vec<(i32, i32)> = (0..9).map(|item| center(&near, item)).map(|at| (at.x_cm, at.y_cm)).collect();
    places.sort_unstable();
    places.dedup();
    assert_eq!((near.geometry.items.len(), places.len()), (9, 9));
    let at = MapProjection::default().project(port);
    for (x_cm, y_cm) in places {
        let away_px = (f64::from(x_cm) / 100.0 - at.x_m).hypot(f64::from(y_cm) / 100.0 - at.y_m) / 50.0;
        assert!((5.0..60.0).contains(&away_px), "{away_px}");
    }
    // On a page that is read from afar too.
    let (links, style) = (Links::new(&dataset), MapStyle::default());
    let matches = evaluate(&dataset, &links, &Filter::default());
    let page = DataView { dataset: &dataset, links: &links, matches: &matches, style: &style, resolution_m_per_px: 70.0, ink_scale: 1.6 };
    assert_eq!(DataMap::new(&dataset, &links, MapProjection::default()).layers(&page)[0].geometry.items.len(), 9);
    // A crowd stays one symbol.
    assert_eq!(shown(&events_at(&[port; 30]), &Filter::default(), 50.0, None).layer.geometry.items.len(), 1);
}

#[test]
fn clusters_of_one_class_keep_its_color() {
    let dataset = events_at(&[LonLat::new(5.0, 40.0); 6]);
    let links = Links::new(&dataset);
    let matches = evaluate(&dataset, &links, &Filter::default());
    let class = |color_by| {
        let style = MapStyle { color_by, ..MapStyle::default() };
        let view =
            DataView { dataset: &dataset, links: &links, matches: &matches, style: &style, resolution_m_per_px: 5_000.0, ink_scale: 1.0 };
        let layer = EventMap::new(&dataset, MapProjection::default()).layers(&view, &DataClasses::new(&dataset), None).remove(0);
        assert!(layer.paint_of(0).is_some());
        usize::from(layer.geometry.items[0].class)
    };
    // No kind of place is stated, but two periods are.
    assert_eq!(class(ColorBy::Mode), 3 * SEIZURE_LOOKS + SeizureLook::Cluster as usize);
    assert_eq!(class(ColorBy::Period), 6 * SEIZURE_LOOKS + SeizureLook::Cluster as usize);
}

#[test]
fn an_event_with_several_places_is_never_part_of_a_cluster() {
    let mut dataset = events_at(&[LonLat::new(5.0, 40.0); 6]);
    let mut event = dataset.seizures[0].clone();
    event.also_at = vec![LonLat::new(6.0, 40.0)];
    dataset.seizures.set(0, event);
    let layer = shown(&dataset, &Filter::default(), 5_000.0, None).layer;
    let of_first = layer.geometry.items.iter().filter(|item| item.feature.is_some_and(|feature| feature.index == 0)).count();
    let members = layer.geometry.items.iter().map(|item| layer.geometry.records_of(item)).find(|records| records.len() > 1);
    assert_eq!((of_first, members.map(<[_]>::len)), (2, Some(5)));
}

#[test]
fn a_crowd_known_only_to_the_country_is_one_symbol() {
    let mut dataset = events_at(&[LonLat::new(-47.0, -15.0); 40]);
    for index in 0..40 {
        let mut event = dataset.seizures[index].clone();
        event.precision = Some(crate::model::PlacePrecision::Country);
        if index < 5 {
            event.position = Some(LonLat::new(-75.0, -10.0));
        }
        dataset.seizures.set(index, event);
    }
    let layers = crate::cartography::data_layers(&dataset, MapProjection::default(), &MapStyle::default(), 9_000.0, 1.0);
    assert_eq!(layers.len(), 1, "in the layer of areas alone");
    let counts: Vec<usize> = layers[0].geometry.items.iter().map(|item| layers[0].geometry.records_of(item).len()).collect();
    assert_eq!((counts.iter().sum::<usize>(), counts.len(), counts.iter().max()), (40, 6, Some(&35)));
}
