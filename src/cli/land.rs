//! Corridors over land as findings of `check`.

use std::sync::atomic::AtomicBool;

use super::inputs::ReadFiles;
use super::output::{progress_bar, set_share};
use crate::analysis::{LandControl, LandCrossing, check_land};
use crate::cartography::Basemap;
use crate::cartography::basemap::Towns;
use crate::lanes::{SeaNetwork, fairways};
use crate::load::{Diagnostic, FileStatus, Severity};
use crate::model::Dataset;

/// Adds a finding for each stretch of a corridor over land. A file with such a stretch is not clean; what was loaded of it stays loaded.
pub(super) fn add_land_findings(read: &mut ReadFiles) -> anyhow::Result<()> {
    if read.dataset.routes.is_empty() {
        return Ok(());
    }
    let land = Basemap::bundled()?.land_index()?;
    let fairways = fairways(SeaNetwork::bundled()?);
    let bar = progress_bar("Checking for land");
    let control = LandControl { cancel: &AtomicBool::new(false), progress: &|share| set_share(&bar, share) };
    let found = check_land(&read.dataset, &land, &fairways, None, &control).unwrap_or_default();
    bar.finish_and_clear();
    let towns = Basemap::bundled()?.towns()?;
    for crossing in &found.crossings {
        let Some(diagnostic) = diagnostic(&read.dataset, crossing, &towns) else { continue };
        for file in read.files.iter_mut().filter(|file| file.name == diagnostic.file && file.status == FileStatus::Clean) {
            file.status = FileStatus::Findings;
        }
        read.diagnostics.push(diagnostic);
    }
    Ok(())
}

fn diagnostic(dataset: &Dataset, crossing: &LandCrossing, towns: &Towns) -> Option<Diagnostic> {
    let origin = dataset.routes.get(crossing.route.at())?.provenance;
    let stretch = crossing.stretch;
    let km = |metres: f64| format!("{:.1} km", metres / 1000.0);
    let place = |at: crate::geodesy::LonLat| format!("{:.4},{:.4}", at.lon_deg, at.lat_deg);
    Some(Diagnostic {
        severity: Severity::Warning,
        code: "route-over-land",
        file: dataset.files.get(origin.file as usize)?.name.clone(),
        line: None,
        column: None,
        pointer: None,
        feature: Some(origin.feature),
        value: Some(km(stretch.length_m)),
        message: format!(
            "“{}” runs over land for {}{}, from {} to {} (lon,lat), {} after its start",
            dataset.title(crossing.route),
            km(stretch.length_m),
            towns.near_both(stretch.from, stretch.to).map_or_else(String::new, |near| format!(" {near}")),
            place(stretch.from),
            place(stretch.to),
            km(stretch.start_m),
        ),
        hint: Some("Repair it over water in the window (Findings), or say `path: schematic` if it is no path at sea".to_owned()),
    })
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::load::{Input, LoadControl, load};

    fn checked(features: &str) -> ReadFiles {
        let text = format!(r#"{{"type":"FeatureCollection","features":[{features}]}}"#);
        let inputs = [Input::Bytes { name: "a.geojson".to_owned(), bytes: text.into_bytes() }];
        let loaded = load(&inputs, None, &LoadControl { cancel: &AtomicBool::new(false), progress: &|_| {} }).expect("not canceled");
        let mut read = ReadFiles { dataset: loaded.dataset, diagnostics: loaded.diagnostics, files: loaded.files };
        add_land_findings(&mut read).expect("the bundled data is sound");
        read
    }

    fn line(id: &str, properties: &str) -> String {
        let geometry = r#"{"type":"LineString","coordinates":[[-12,40],[2,40]]}"#;
        format!(r#"{{"type":"Feature","geometry":{geometry},"properties":{{"kind":"route","id":"{id}"{properties}}}}}"#)
    }

    #[test]
    fn a_corridor_across_iberia_is_a_finding_with_its_place() {
        let read = checked(&format!("{},{}", line("at-sea", r#","path":"schematic""#), line("iberia", r#","path":"drawn""#)));
        assert_eq!((read.diagnostics.len(), read.files[0].status, read.files[0].loaded), (1, FileStatus::Findings, 2));
        let found = &read.diagnostics[0];
        assert_eq!((found.code, found.feature, &*found.file), ("route-over-land", Some(1), "a.geojson"));
        assert!(found.value.as_deref().is_some_and(|value| value.ends_with(" km")), "{found:?}");
        assert!(
            found.message.contains("iberia")
                && found.message.contains("near ")
                && found.message.contains("-8.")
                && found.message.contains(",40."),
            "{}",
            found.message
        );
    }

    #[test]
    fn a_schematic_corridor_leaves_its_file_clean() {
        let read = checked(&line("a", r#","path":"schematic""#));
        assert_eq!((read.diagnostics.len(), read.files[0].status), (0, FileStatus::Clean));
        assert!(checked("").diagnostics.is_empty());
    }
}
