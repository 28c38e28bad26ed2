//! How groups and ties look in the network, and the legend that says so. Shape and dash repeat what color says.

use egui::{Color32, Painter, Pos2, RichText, Sense, Shape, Stroke, Ui, vec2};

use crate::cartography::MapColors;
use crate::model::{GroupKind, TieKind};
use crate::ui::theme;

/// The color of a group.
pub(super) fn node_color(kind: Option<GroupKind>, colors: &MapColors) -> Color32 {
    theme::color32(match kind {
        Some(GroupKind::BalkanCell) => colors.unordered[0],
        Some(GroupKind::LatamPartner) => colors.unordered[1],
        Some(GroupKind::OtherPartner) => colors.unordered[2],
        None => colors.not_stated,
    })
}

/// A group: disc for Balkan cells, square for Latin American partners, diamond for others, triangle when not stated. Contested
/// labels are hollow.
pub(super) fn node_marks(painter: &Painter, at: Pos2, radius: f32, kind: Option<GroupKind>, contested: bool, color: Color32) {
    let fill = if contested { Color32::TRANSPARENT } else { color };
    let stroke = Stroke::new(1.5, color);
    let corners: &[(f32, f32)] = match kind {
        Some(GroupKind::BalkanCell) => {
            painter.circle(at, radius, fill, stroke);
            return;
        }
        Some(GroupKind::LatamPartner) => &[(-0.88, -0.88), (0.88, -0.88), (0.88, 0.88), (-0.88, 0.88)],
        Some(GroupKind::OtherPartner) => &[(0.0, -1.2), (1.2, 0.0), (0.0, 1.2), (-1.2, 0.0)],
        None => &[(0.0, -1.15), (1.05, 0.8), (-1.05, 0.8)],
    };
    let points = corners.iter().map(|(x, y)| at + vec2(*x, *y) * radius).collect();
    painter.add(Shape::convex_polygon(points, fill, stroke));
}

/// A tie: solid for alliances, dashed for rivalries, dotted for suppliers, dash and gap alike for splits.
pub(super) fn tie_marks(
    painter: &Painter,
    (from, to): (Pos2, Pos2),
    kind: Option<TieKind>,
    colors: &MapColors,
    strength: f32,
    marked: bool,
) {
    let color = theme::color32(match kind {
        Some(TieKind::Alliance) => colors.unordered[0],
        Some(TieKind::Rivalry) => colors.unordered[1],
        Some(TieKind::Supplier) => colors.unordered[2],
        Some(TieKind::Split) => colors.unordered[3],
        None => colors.not_stated,
    });
    let stroke = Stroke::new(if marked { 3.0 } else { 1.5 }, color.gamma_multiply(strength));
    let dash = match kind {
        Some(TieKind::Alliance) => None,
        Some(TieKind::Rivalry) => Some((7.0, 4.0)),
        Some(TieKind::Supplier) => Some((2.0, 3.0)),
        Some(TieKind::Split) => Some((4.0, 4.0)),
        None => Some((1.5, 6.0)),
    };
    match dash {
        None => {
            painter.line_segment([from, to], stroke);
        }
        Some((on, off)) => {
            painter.extend(Shape::dashed_line(&[from, to], stroke, on, off));
        }
    }
}

/// The legend of the network.
pub(super) fn legend_ui(ui: &mut Ui, colors: &MapColors) {
    egui::ScrollArea::vertical().id_salt("network legend rows").auto_shrink([false, false]).show(ui, |ui| {
        ui.spacing_mut().item_spacing.y = 2.0;
        for kind in GroupKind::ALL {
            row_ui(ui, kind.label(), |painter, middle| {
                node_marks(painter, middle, 5.0, Some(*kind), false, node_color(Some(*kind), colors));
            });
        }
        let pale = theme::color32(colors.not_stated);
        row_ui(ui, "Hollow: contested label", |painter, middle| {
            node_marks(painter, middle, 5.0, Some(GroupKind::BalkanCell), true, pale);
        });
        ui.add_space(4.0);
        for kind in TieKind::ALL {
            row_ui(ui, kind.label(), |painter, middle| {
                tie_marks(painter, (middle - vec2(11.0, 0.0), middle + vec2(11.0, 0.0)), Some(*kind), colors, 1.0, false);
            });
        }
        ui.add_space(4.0);
        ui.add(egui::Label::new(RichText::new("No reported tie: rows below. Double-click shows all").small().weak()).wrap());
    });
}

fn row_ui(ui: &mut Ui, label: &str, paint: impl FnOnce(&Painter, Pos2)) {
    ui.horizontal(|ui| {
        let (rect, _) = ui.allocate_exact_size(vec2(26.0, 14.0), Sense::empty());
        paint(ui.painter(), rect.center());
        ui.add(egui::Label::new(RichText::new(label).small()).truncate());
    });
}
