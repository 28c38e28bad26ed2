//! Rows of the legend about flow lines: what their width says, how many corridors are drawn together, and the totals at ports.

use super::data::{
    ARRIVING_CLASS, COUNTRY_ARRIVING_CLASS, COUNTRY_LEAVING_CLASS, LEAVING_CLASS, ROUTE_LOOKS, end_diameter_px, width_classes,
};
use super::legend::in_view;
use super::{ColorBy, Evidence, LegendRow, LegendSample, MapColors, MapStyle};
use crate::scene::{ClassPaint, PlaneBox, Stroke, SymbolShape, WorldItem, WorldLayer, WorldLayerKind, WorldShape};

/// The words for a flow of corridors of several classes.
pub(super) const SEVERAL_LABEL: &str = "Several together";
/// Diameter of half discs in the legend for this many events, in numbers.
const SAMPLE_EVENTS: f64 = 2.0;

/// The flow lines in view.
pub(super) struct FlowsInView<'a> {
    flows: Vec<(&'a WorldItem, f32)>,
    style: &'a MapStyle,
    colors: &'a MapColors,
    ink_scale: f32,
}

impl<'a> FlowsInView<'a> {
    pub(super) fn new(layers: &'a [WorldLayer], style: &'a MapStyle, visible: &PlaneBox, ink_scale: f32) -> Self {
        let corridors = layers.iter().filter(|layer| layer.kind == WorldLayerKind::Corridors);
        let items = corridors.flat_map(|layer| layer.geometry.items.iter().map(move |item| (layer, item)));
        let flows = items.filter_map(|(layer, item)| match item.shape {
            WorldShape::Flow { width_px, .. } if in_view(layer, item, visible) => Some((item, width_px / ink_scale)),
            _ => None,
        });
        Self { flows: flows.collect(), style, colors: MapColors::of(style.theme), ink_scale }
    }

    /// Heading and rows about the width, the thinnest first; only widths in view.
    pub(super) fn width_section(&self) -> Option<(String, Vec<LegendRow>)> {
        let measure = self.style.width_by?;
        let title = match measure {
            Evidence::Events => "Width by linked events",
            Evidence::MassKg => "Width by linked mass",
            Evidence::ReportedYears => "Width by reported years",
        };
        let used = |width: f32| self.flows.iter().any(|(_, own)| (own - width).abs() < 0.01);
        let rows = width_classes(measure).into_iter().filter(|(width, _)| used(*width));
        Some((title.to_owned(), rows.map(|(width, label)| LegendRow::new(self.line(width), label)).collect()))
    }

    /// The color of flows of corridors of several classes; `several` is the number of classes.
    pub(super) fn several_row(&self, several: usize) -> Option<LegendRow> {
        let any = self.flows.iter().any(|(item, _)| usize::from(item.class) / ROUTE_LOOKS == several);
        let label = match self.style.color_by {
            ColorBy::Mode => "Several modes",
            ColorBy::Group => "Several groups",
            ColorBy::Confidence | ColorBy::Period | ColorBy::Attribution => SEVERAL_LABEL,
        };
        let sample = LegendSample::Line(Stroke::solid(self.colors.muted_ink, 1.8 * self.ink_scale));
        any.then(|| LegendRow::new(sample, label))
    }

    /// How many corridors are drawn together in view.
    pub(super) fn together_row(&self) -> Option<LegendRow> {
        let together = self.flows.iter().filter(|(item, _)| !item.members.is_empty());
        let (mut flows, mut corridors) = (0, 0);
        for (item, _) in together {
            flows += 1;
            corridors += item.members.len();
        }
        let noun = if flows == 1 { "flow" } else { "flows" };
        (flows > 0).then(|| LegendRow::new(self.line(4.0), format!("{flows} {noun} of {corridors} corridors together")))
    }

    fn line(&self, width: f32) -> LegendSample {
        LegendSample::Line(Stroke::solid(self.colors.muted_ink.faded(0.8), width * self.ink_scale))
    }
}

/// What the half discs at ports mean; `paint` tells the paint of a class in view.
pub(super) fn port_total_rows<'p>(
    measure: Option<Evidence>,
    ink_scale: f32,
    paint: impl Fn(u16) -> Option<&'p ClassPaint>,
) -> Vec<LegendRow> {
    let words = match measure {
        Some(Evidence::Events) => "by events",
        Some(Evidence::MassKg) => "by mass",
        Some(Evidence::ReportedYears) | None => "by corridors",
    };
    let sides = [
        (SymbolShape::LeftHalf, [LEAVING_CLASS, COUNTRY_LEAVING_CLASS], "Leaving"),
        (SymbolShape::RightHalf, [ARRIVING_CLASS, COUNTRY_ARRIVING_CLASS], "Arriving"),
    ];
    let size_px = end_diameter_px(SAMPLE_EVENTS, None) * ink_scale;
    sides
        .into_iter()
        .filter_map(|(shape, classes, label)| {
            let class = classes.into_iter().find_map(&paint)?;
            Some(LegendRow::new(LegendSample::Symbol { shape, size_px, paint: class.paint }, format!("{label}, {words}")))
        })
        .collect()
}
