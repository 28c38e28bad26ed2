//! Where the legend and the scale bar of a figure stand, so that text stays large and data stays visible.

use super::furniture::{LegendBlock, scale_bar};
use super::legend::{Legend, in_view};
use super::{MapColors, MapView};
use crate::scene::{PlaneBox, ScenePoint, SceneRect, ScreenSet, WorldLayer};

/// Symbols whose middle lies so near to the scale bar count as covered by it, in CSS pixels.
const NEAR_PX: f32 = 6.0;

/// How the legend is set.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum LegendForm {
    /// Three columns below the map.
    Below,
    /// One column beside the map.
    Beside,
    /// One column beside the map in fewer words.
    BesideShort,
    /// Two columns beside the map in fewer words: large text on a low page.
    TwoBesideShort,
}

impl LegendForm {
    /// The rows as worded in this form, and how many columns they may take.
    pub(super) fn words(self, full: &Legend) -> (Legend, &'static [usize]) {
        match self {
            Self::Below => (full.clone(), &[3]),
            Self::Beside => (full.clone(), &[1]),
            Self::BesideShort => (full.shortened(), &[1]),
            Self::TwoBesideShort => (full.shortened(), &[2]),
        }
    }

    /// Width of the legend in CSS pixels when it stands beside the map.
    pub(super) fn width(self, page: SceneRect, text_px: f32) -> f32 {
        match self {
            Self::TwoBesideShort => (text_px * 26.5).min(page.width * 0.4),
            Self::Below | Self::Beside | Self::BesideShort => (text_px * 16.5).min(page.width * 0.27),
        }
    }

    /// The first form beside the map that holds these rows in the height without making the text smaller.
    pub(super) fn beside(full: &Legend, page: SceneRect, text_px: f32, height: f32) -> Self {
        let fits = |form: &Self| {
            let (words, columns) = form.words(full);
            let width = form.width(page, text_px);
            columns.iter().any(|count| LegendBlock::new(&words, width, *count, text_px).height() <= height)
        };
        [Self::Beside, Self::BesideShort].into_iter().find(fits).unwrap_or(Self::TwoBesideShort)
    }
}

/// Draws the scale bar in that corner of the map body, `inset` from its edges, where it covers the least data; of equal ones the lower
/// left comes first, then lower right, upper left, upper right. Returns its box.
pub(super) fn quiet_scale_bar(
    set: &mut ScreenSet,
    view: &MapView,
    layers: &[WorldLayer],
    (body, inset): (SceneRect, f32),
    text_px: f32,
    colors: &MapColors,
) -> SceneRect {
    let room = body.grown(-inset);
    let measured = scale_bar(&mut ScreenSet::default(), view, room.x, room.bottom(), text_px, colors);
    let (right, upper) = (room.right() - measured.width, room.y + measured.height);
    let covered = |(left, bottom): (f32, f32)| {
        let rect = SceneRect::new(left, bottom - measured.height, measured.width, measured.height).grown(NEAR_PX);
        let plane = view.on(body);
        let corner = |x, y| plane.projected_from_scene(ScenePoint::new(x, y));
        let hidden = PlaneBox::EMPTY.including(corner(rect.x, rect.y)).including(corner(rect.right(), rect.bottom()));
        layers.iter().map(|layer| layer.geometry.items.iter().filter(|item| in_view(layer, item, &hidden)).count()).sum::<usize>()
    };
    let corners = [(room.x, room.bottom()), (right, room.bottom()), (room.x, upper), (right, upper)];
    let (left, bottom) = corners.into_iter().min_by_key(|corner| covered(*corner)).unwrap_or(corners[0]);
    scale_bar(set, view, left, bottom, text_px, colors)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::cartography::test_data::small_dataset;
    use crate::cartography::{DataClasses, MapStyle, MapTheme, data_layers, legend};
    use crate::geodesy::{Extent, MapProjection};

    const BODY: SceneRect = SceneRect::new(0.0, 0.0, 900.0, 500.0);

    fn placed(extent: Extent) -> SceneRect {
        let projection = MapProjection::default();
        let layers = data_layers(&small_dataset(), projection, &MapStyle::default(), 1_000.0, 1.0);
        let view = MapView::fitting_extent(projection, extent, BODY.width, BODY.height, 0.0);
        let colors = MapColors::of(MapTheme::Light);
        quiet_scale_bar(&mut ScreenSet::default(), &view, &layers, (BODY, 8.0), 12.0, colors)
    }

    #[test]
    fn the_scale_bar_stands_lower_left_unless_data_is_there() {
        let far_away = placed(Extent::new(100.0, -40.0, 150.0, 0.0));
        assert_eq!((far_away.x, far_away.bottom()), (8.0, 492.0));
        // The port of Bar lies in the lower left corner.
        let near_bar = placed(Extent::new(18.6, 41.9, 26.0, 46.0));
        assert!(near_bar.x > 400.0 || near_bar.y < 250.0, "{near_bar:?}");
    }

    #[test]
    fn a_low_page_gets_two_columns_before_small_text() {
        let projection = MapProjection::default();
        let style = MapStyle::default();
        let layers = data_layers(&small_dataset(), projection, &style, 1_000.0, 1.0);
        let view = MapView::fitting_extent(projection, Extent::new(-95.0, -40.0, 45.0, 60.0), BODY.width, BODY.height, 0.0).on(BODY);
        let rows = legend(&layers, &DataClasses::new(&small_dataset()), &style, &view, 1.0);
        let page = SceneRect::new(0.0, 0.0, 1280.0, 720.0);
        assert_eq!(LegendForm::beside(&rows, page, 12.0, 600.0), LegendForm::Beside);
        assert_eq!(LegendForm::beside(&rows, page, 19.0, 400.0), LegendForm::TwoBesideShort);
    }
}
