//! What a record is linked to, grouped by how.

use egui::{ScrollArea, Ui};

use super::{kind_word, record_link_ui};
use crate::analysis::Relation;
use crate::model::{FeatureKind, FeatureRef};
use crate::state::{AppState, Command};
use crate::ui::icons;
use crate::ui::theme;
use crate::ui::widgets::{icon_button_ui, memo};

/// Up to this many links a group of them stands open and in full.
const OPEN_UP_TO: usize = 12;
/// Longer groups scroll in a window of this height, in points.
const LONG_LIST_HEIGHT: f32 = 200.0;

/// Links of one relation and kind.
#[derive(Debug, PartialEq)]
struct LinkGroup {
    relation: Relation,
    kind: FeatureKind,
    members: Vec<FeatureRef>,
}

/// All links but the sources, which stand by themselves.
pub(super) fn related_ui(ui: &mut Ui, state: &AppState, feature: FeatureRef, commands: &mut Vec<Command>) {
    let groups = memo(ui, "inspector links", (state.dataset_generation, feature), || link_groups(&state.links.related(feature)));
    if groups.is_empty() {
        ui.add_space(12.0);
        ui.weak("Linked to no other record");
        return;
    }
    for group in groups.iter() {
        ui.add_space(8.0);
        group_ui(ui, state, group, commands);
    }
}

fn link_groups(related: &[(Relation, FeatureRef)]) -> Vec<LinkGroup> {
    let mut groups: Vec<LinkGroup> = Vec::new();
    for (relation, member) in related.iter().filter(|(relation, _)| *relation != Relation::Sources) {
        match groups.last_mut() {
            Some(group) if group.relation == *relation && group.kind == member.kind => group.members.push(*member),
            _ => groups.push(LinkGroup { relation: *relation, kind: member.kind, members: vec![*member] }),
        }
    }
    groups
}

fn heading(group: &LinkGroup) -> String {
    let says_its_kind = matches!(
        group.relation,
        Relation::Groups | Relation::Ties | Relation::Corridors | Relation::Events | Relation::Judgements | Relation::Overlaps
    ) || matches!(group.relation, Relation::Origin | Relation::Via | Relation::Destination);
    if says_its_kind {
        format!("{} ({})", group.relation.label(), group.members.len())
    } else {
        let count = group.members.len();
        let kind = if count == 1 { kind_word(group.kind) } else { group.kind.plural() };
        format!("{} {count} {}", group.relation.label(), kind.to_lowercase())
    }
}

fn group_ui(ui: &mut Ui, state: &AppState, group: &LinkGroup, commands: &mut Vec<Command>) {
    let count = group.members.len();
    let id = ui.make_persistent_id((group.relation, group.kind));
    let header = egui::collapsing_header::CollapsingState::load_with_default_open(ui.ctx(), id, count <= OPEN_UP_TO);
    header
        .show_header(ui, |ui| {
            ui.with_layout(egui::Layout::right_to_left(egui::Align::Center), |ui| {
                ui.spacing_mut().item_spacing.x = 4.0;
                let placed = group.members.iter().any(|member| state.dataset.has_place(*member));
                let hover = format!("Fit these {count} on the map");
                if placed && icon_button_ui(ui, icons::FOCUS, &hover, None).clicked() {
                    commands.push(Command::FitFeatures(group.members.clone()));
                }
                ui.with_layout(egui::Layout::left_to_right(egui::Align::Center), |ui| {
                    let text = heading(group);
                    ui.add(egui::Label::new(theme::semibold(text.as_str(), 12.0)).truncate()).on_hover_text(text);
                });
            });
        })
        .body_unindented(|ui| {
            if count <= OPEN_UP_TO {
                for member in &group.members {
                    record_link_ui(ui, state, *member, false, commands);
                }
                return;
            }
            let row_height = ui.spacing().interact_size.y.min(20.0);
            ScrollArea::vertical().id_salt("links").max_height(LONG_LIST_HEIGHT).auto_shrink([false, true]).show_rows(
                ui,
                row_height,
                count,
                |ui, rows| {
                    for member in &group.members[rows] {
                        record_link_ui(ui, state, *member, false, commands);
                    }
                },
            );
        });
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn links_are_grouped_by_relation_and_kind_and_sources_are_left_out() {
        let route = |index| FeatureRef::new(FeatureKind::Route, index);
        let related = [
            (Relation::OriginOf, route(1)),
            (Relation::OriginOf, route(4)),
            (Relation::OriginOf, FeatureRef::new(FeatureKind::Seizure, 0)),
            (Relation::Sources, FeatureRef::new(FeatureKind::Source, 0)),
        ];
        let groups = link_groups(&related);
        assert_eq!(groups.iter().map(heading).collect::<Vec<_>>(), ["Origin of 2 corridors", "Origin of 1 seizure"]);
    }
}
