//! Two periods on one figure: their maps side by side, each under a line that says what it holds.

use super::furniture::TextBlock;
use super::words::mass_for_people;
use super::{FigureInput, MapColors};
use crate::analysis::{CompareForm, Compared, ComparedPeriod, compare};
use crate::scene::{FontFace, SceneRect, ScreenSet};

/// The comparison that a figure is asked for; `None` when there is none or nothing to compare.
pub(super) fn comparison(input: &FigureInput<'_>) -> Option<Compared> {
    compare(input.dataset, input.links, input.filter, input.figure.compare?)
}

/// The two map bodies of a comparison side by side, with the words above them.
pub(super) struct Halves {
    headers: [TextBlock; 2],
    lines: [TextBlock; 2],
    gap: f32,
}

impl Halves {
    /// `None` when the figure shows one map.
    pub(super) fn new(compared: Option<&Compared>, body_width: f32, text_px: f32, colors: &MapColors) -> Option<Self> {
        let compared = compared.filter(|compared| compared.comparison.form == CompareForm::SideBySide)?;
        let gap = text_px;
        let width = ((body_width - gap) / 2.0).max(text_px * 4.0);
        let header = |period: &ComparedPeriod| TextBlock::wrapped(&period.label, FontFace::SemiBold, text_px * 1.15, colors.ink, width);
        let line = |period: &ComparedPeriod| TextBlock::wrapped(&period_words(period), FontFace::Regular, text_px, colors.muted_ink, width);
        Some(Self { headers: compared.periods.each_ref().map(header), lines: compared.periods.each_ref().map(line), gap })
    }

    fn header_height(&self) -> f32 {
        let of = |blocks: &[TextBlock; 2]| blocks.iter().map(TextBlock::height).fold(0.0, f32::max);
        of(&self.headers) + of(&self.lines) + self.gap * 0.3
    }

    /// Where the two maps lie within the room for one.
    pub(super) fn bodies(&self, body: SceneRect) -> [SceneRect; 2] {
        let top = self.header_height().min(body.height * 0.4);
        let width = ((body.width - self.gap) / 2.0).max(8.0);
        let height = (body.height - top).max(8.0);
        [body.x, body.x + width + self.gap].map(|x| SceneRect::new(x, body.y + top, width, height))
    }

    /// The words above both maps.
    pub(super) fn draw(&self, set: &mut ScreenSet, body: SceneRect) {
        for (at, (header, line)) in self.bodies(body).iter().zip(self.headers.iter().zip(&self.lines)) {
            let below = header.draw(set, "periods", at.x, body.y);
            line.draw(set, "periods", at.x, below);
        }
    }
}

/// "60 events, 2.7 a year (1999–2020); 41.2 t, 5 without a stated mass".
fn period_words(period: &ComparedPeriod) -> String {
    let totals = &period.totals;
    let noun = if totals.events == 1 { "event" } else { "events" };
    let rate = totals.events as f64 / period.years().round().max(1.0);
    let mass = match (totals.events, totals.events_without_mass) {
        (0, _) => String::new(),
        (events, without) if events == without => "; mass not stated".to_owned(),
        (_, 0) => format!("; {}", mass_for_people(totals.mass_kg)),
        (_, without) => format!("; {}, {without} without a stated mass", mass_for_people(totals.mass_kg)),
    };
    format!("{} {noun}, {rate:.1} a year ({}){mass}", totals.events, period.span_label())
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::analysis::{Comparison, Filter, Links};
    use crate::cartography::test_data::small_dataset;
    use crate::cartography::{FigureArea, FigureSpec, MapStyle, NamedExtent, compose_figure};
    use crate::geodesy::MapProjection;
    use crate::model::PartialDate;
    use crate::scene::{Primitive, Scene, WorldLayerKind};

    fn figure(form: CompareForm) -> Scene {
        let dataset = small_dataset();
        let links = Links::new(&dataset);
        let filter = Filter::default();
        let matches = crate::analysis::evaluate(&dataset, &links, &filter);
        let figure = FigureSpec { compare: Some(Comparison { boundary_year: 2020, form }), ..FigureSpec::default() };
        compose_figure(&FigureInput {
            dataset: &dataset,
            links: &links,
            filter: &filter,
            matches: &matches,
            basemap: None,
            projection: MapProjection::default(),
            area: FigureArea::Extent(NamedExtent::Atlantic.extent()),
            style: &MapStyle::default(),
            figure: &figure,
            selection: &std::collections::BTreeSet::new(),
            made_on: PartialDate::from_year(2024),
            version: "0.0.0",
        })
        .expect("no basemap to be damaged")
    }

    fn words(scene: &Scene) -> String {
        let text = |item: &crate::scene::SceneItem| match &item.primitive {
            Primitive::Text(run) => Some(run.text.clone()),
            _ => None,
        };
        scene.furniture.items.iter().filter_map(text).collect::<Vec<_>>().join(" ")
    }

    #[test]
    fn two_maps_of_one_view_stand_side_by_side_and_say_what_they_hold() {
        let scene = figure(CompareForm::SideBySide);
        let beside = scene.beside.as_ref().expect("a second map");
        let (first, second) = (scene.view, beside.view);
        assert_eq!((first.center, first.resolution_m_per_px), (second.center, second.resolution_m_per_px));
        assert!(first.frame.right() < second.frame.x && (first.frame.width - second.frame.width).abs() < 0.1);
        assert!(second.frame.right() <= scene.width);
        let text = words(&scene);
        assert!(text.contains("Until 2019") && text.contains("From 2020") && text.contains("a year"), "{text}");
    }

    #[test]
    fn a_difference_map_has_its_own_legend_and_no_other() {
        let scene = figure(CompareForm::Difference);
        assert!(scene.beside.is_none());
        assert!(scene.world.iter().all(|layer| layer.kind == WorldLayerKind::Changes));
        let text = words(&scene);
        assert!(text.contains("until 2019") && text.contains("from 2020"), "{text}");
        assert!(!text.contains("Corridors by mode"), "{text}");
    }
}
