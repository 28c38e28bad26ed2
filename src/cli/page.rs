//! `--size`, `--dpi`, `--extent`, `--projection` and `--marking` become page and area.

use anyhow::{Context as _, bail};

use crate::cartography::{Marking, NamedExtent, PageSize};
use crate::geodesy::{Extent, MapProjection, ProjectionKind};

/// Which part of the world is asked for.
#[derive(Clone, Copy, Debug, PartialEq)]
pub(super) enum AreaChoice {
    /// These degrees.
    Extent(Extent),
    /// As far as the data reaches.
    Data,
}

/// The page from `--size` and `--dpi`. Sizes in pixels keep their pixels, named pages their paper.
pub(super) fn page_size(size: &str, dpi: Option<f32>) -> anyhow::Result<PageSize> {
    if let Some(dpi) = dpi
        && !(dpi.is_finite() && (36.0..=1200.0).contains(&dpi))
    {
        bail!("--dpi {dpi}: use 36 to 1200");
    }
    let named = PageSize::NAMED.iter().find(|(key, _, _)| *key == size).map(|(_, _, page)| *page);
    if let Some(page) = named {
        let pixels = page == PageSize::FULL_HD || page == PageSize::UHD_4K;
        return Ok(match dpi {
            None => page,
            Some(dpi) if pixels => {
                let (width, height) = page.device_size();
                pixel_page(width, height, dpi)
            }
            Some(dpi) => PageSize { dpi, ..page },
        });
    }
    let names: Vec<&str> = PageSize::NAMED.iter().skip(1).map(|(key, _, _)| *key).collect();
    let unknown = || format!("--size {size}: write it as WIDTHxHEIGHT in pixels or use one of {}", names.join(", "));
    let (width, height) = size.split_once(['x', '×']).with_context(unknown)?;
    let (width, height): (u32, u32) = (width.trim().parse().with_context(unknown)?, height.trim().parse().with_context(unknown)?);
    if !(200..=20_000).contains(&width) || !(150..=20_000).contains(&height) {
        bail!("--size {size}: use at least 200x150 and at most 20000x20000 pixels");
    }
    Ok(pixel_page(width, height, dpi.unwrap_or(96.0)))
}

/// Title, legend and notes need some room: sides in CSS pixels, the longer and the shorter one.
const ROOM_FOR_FURNITURE_PX: (f32, f32) = (640.0, 400.0);

/// Whether a page has room for what stands around the map.
///
/// # Errors
/// When it has not.
pub(super) fn check_room(page: &PageSize, size: &str) -> anyhow::Result<()> {
    let (long, short) = (page.width_px.max(page.height_px), page.width_px.min(page.height_px));
    if long.round() >= ROOM_FOR_FURNITURE_PX.0 && short.round() >= ROOM_FOR_FURNITURE_PX.1 {
        return Ok(());
    }
    let scale = page.scale();
    let (width, height) = ((ROOM_FOR_FURNITURE_PX.0 * scale).ceil(), (ROOM_FOR_FURNITURE_PX.1 * scale).ceil());
    bail!(
        "--size {size} has no room for title, legend and notes at {} dpi: use at least {width}x{height}, fewer dots per inch, or --no-furniture",
        page.dpi
    )
}

fn pixel_page(width: u32, height: u32, dpi: f32) -> PageSize {
    let css = 96.0 / dpi;
    PageSize { width_px: width as f32 * css, height_px: height as f32 * css, dpi }
}

/// The area from `--extent`.
pub(super) fn area(extent: Option<&str>, bundled: bool) -> anyhow::Result<AreaChoice> {
    let Some(text) = extent else {
        return Ok(if bundled { AreaChoice::Extent(NamedExtent::Atlantic.extent()) } else { AreaChoice::Data });
    };
    if text == "data" {
        return Ok(AreaChoice::Data);
    }
    if let Some(named) = NamedExtent::ALL.into_iter().find(|named| named.key() == text) {
        return Ok(AreaChoice::Extent(named.extent()));
    }
    let unknown = || format!("--extent {text}: write it as W,S,E,N in degrees or use atlantic, adriatic, balkans, world or data");
    let numbers: Vec<f64> = text.split(',').map(|part| part.trim().parse::<f64>()).collect::<Result<_, _>>().with_context(unknown)?;
    let [west, south, east, north] = numbers[..] else { bail!(unknown()) };
    let in_range =
        [west, east].iter().all(|lon| (-180.0..=180.0).contains(lon)) && [south, north].iter().all(|lat| (-90.0..=90.0).contains(lat));
    if !in_range || south >= north || west == east {
        bail!("--extent {text}: W and E lie between -180 and 180, S and N between -90 and 90, and S is less than N");
    }
    Ok(AreaChoice::Extent(Extent::new(west, south, east, north)))
}

/// The projection, its central meridian in the middle of the area so that north is up there.
pub(super) fn projection(key: &str, central_meridian: Option<f64>, area: AreaChoice) -> anyhow::Result<MapProjection> {
    let kind = ProjectionKind::from_key(key).with_context(|| {
        let keys: Vec<_> = ProjectionKind::ALL.iter().map(|kind| kind.key()).collect();
        format!("--projection {key}: use one of {}", keys.join(", "))
    })?;
    if let Some(lon_deg) = central_meridian {
        if !(lon_deg.is_finite() && (-180.0..=180.0).contains(&lon_deg)) {
            bail!("--central-meridian {lon_deg}: use -180 to 180 degrees");
        }
        return Ok(MapProjection::new(kind, lon_deg));
    }
    let middle = match area {
        AreaChoice::Extent(extent) if extent.width_deg() < 350.0 => extent.center().lon_deg,
        AreaChoice::Extent(_) | AreaChoice::Data => 0.0,
    };
    Ok(MapProjection::new(kind, middle))
}

/// The marking; `none` goes without.
pub(super) fn marking(text: &str) -> anyhow::Result<Option<Marking>> {
    if text == "none" {
        return Ok(None);
    }
    Marking::from_label(text).map(Some).with_context(|| {
        let labels: Vec<_> = Marking::ALL.iter().map(|marking| marking.label()).collect();
        format!("--marking {text}: use one of {} or none", labels.join(", "))
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn pixels_stay_pixels_and_paper_stays_paper() {
        let size = |text, dpi| page_size(text, dpi).expect("valid");
        assert_eq!(size("800x600", None).device_size(), (800, 600));
        assert_eq!(size("1920x1080", Some(192.0)).device_size(), (1920, 1080));
        assert_eq!(size("a4", None).device_size(), (3508, 2480));
        assert_eq!(size("a4", Some(150.0)).device_size(), (1754, 1240));
        for (text, dpi) in [("a5", None), ("10x10", None), ("99999x600", None), ("800x", None), ("a4", Some(0.0)), ("a4", Some(f32::NAN))] {
            assert!(page_size(text, dpi).is_err(), "{text}");
        }
    }

    #[test]
    fn a_page_without_room_is_refused() {
        let room = |size, dpi| check_room(&page_size(size, dpi).expect("valid"), size);
        assert!(room("640x400", None).is_ok() && room("a4-portrait", Some(72.0)).is_ok());
        let message = room("1920x1080", Some(300.0)).expect_err("614 × 346 CSS pixels").to_string();
        assert!(message.contains("2000x1250") && message.contains("--no-furniture"), "{message}");
    }

    #[test]
    fn the_central_meridian_is_the_middle_unless_it_is_given() {
        let area = AreaChoice::Extent(NamedExtent::Adriatic.extent());
        let meridian = |given| projection("mercator", given, area).map(|projection| projection.central_meridian_deg);
        assert!((meridian(None).expect("valid") - 16.75).abs() < 1e-9);
        assert_eq!(meridian(Some(-20.0)).expect("valid"), -20.0);
        assert_eq!(meridian(Some(180.0)).expect("valid"), -180.0);
        assert!(meridian(Some(f64::NAN)).is_err() && meridian(Some(200.0)).is_err());
    }

    #[test]
    fn extents_are_named_or_in_degrees() {
        assert_eq!(area(Some("-90,-40,40,60"), true).expect("valid"), AreaChoice::Extent(Extent::new(-90.0, -40.0, 40.0, 60.0)));
        assert_eq!(area(None, false).expect("valid"), AreaChoice::Data);
        assert_eq!(area(Some("adriatic"), true).expect("valid"), AreaChoice::Extent(NamedExtent::Adriatic.extent()));
        for text in ["mars", "1,2,3", "1,2,3,4,5", "0,50,10,40", "0,0,0,10", "nan,0,1,2", "-200,0,10,10"] {
            assert!(area(Some(text), true).is_err(), "{text}");
        }
    }

    #[test]
    fn markings_are_written_exactly() {
        assert_eq!(marking("TLP:AMBER+STRICT").expect("valid"), Some(Marking::AmberStrict));
        assert_eq!(marking("none").expect("valid"), None);
        assert!(marking("TLP: RED").is_err() && marking("tlp:red").is_err());
    }
}
