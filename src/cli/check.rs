//! `check`: reads files and reports what is wrong with them.

use serde_json::json;

use super::Outcome;
use super::args::{CheckArgs, CheckFormat};
use super::inputs::{ReadFiles, line, read};
use super::land::add_land_findings;
use super::output::print_data;
use crate::load::{Diagnostic, FileReport};

pub(super) fn run(args: &CheckArgs) -> anyhow::Result<Outcome> {
    let mut read = read(&args.files)?;
    add_land_findings(&mut read)?;
    let text = match args.format {
        CheckFormat::Text => text_report(&read),
        CheckFormat::Json => json_report(&read)?,
    };
    print_data(&text)?;
    Ok(read.outcome())
}

fn text_report(read: &ReadFiles) -> String {
    let mut text = String::new();
    for diagnostic in &read.diagnostics {
        text.push_str(&line(diagnostic));
        text.push('\n');
    }
    for file in &read.files {
        let FileReport { name, status, features, loaded, rejected } = file;
        text.push_str(&format!("{name}: {}, {features} features, {loaded} loaded, {rejected} rejected\n", status.key()));
    }
    text
}

fn json_report(read: &ReadFiles) -> anyhow::Result<String> {
    let files: Vec<_> = read
        .files
        .iter()
        .map(|file| {
            let findings: Vec<_> = read.diagnostics.iter().filter(|diagnostic| diagnostic.file == file.name).map(json_finding).collect();
            json!({
                "path": &*file.name,
                "status": file.status.key(),
                "features": file.features,
                "loaded": file.loaded,
                "rejected": file.rejected,
                "diagnostics": findings,
            })
        })
        .collect();
    Ok(serde_json::to_string_pretty(&json!({ "files": files }))? + "\n")
}

fn json_finding(diagnostic: &Diagnostic) -> serde_json::Value {
    json!({
        "severity": diagnostic.severity.key(),
        "code": diagnostic.code,
        "message": diagnostic.message,
        "line": diagnostic.line,
        "column": diagnostic.column,
        "pointer": diagnostic.pointer,
        "feature": diagnostic.feature,
        "value": diagnostic.value,
        "hint": diagnostic.hint,
    })
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::load::FileStatus;
    use crate::model::Dataset;

    #[test]
    fn the_report_has_the_members_of_the_contract() {
        let file = FileReport { name: "a.geojson".into(), status: FileStatus::Findings, features: 3, loaded: 2, rejected: 1 };
        let read = ReadFiles { dataset: Dataset::default(), diagnostics: Vec::new(), files: vec![file] };
        let value: serde_json::Value = serde_json::from_str(&json_report(&read).expect("written")).expect("JSON");
        assert_eq!(
            value,
            json!({"files": [{"path": "a.geojson", "status": "findings", "features": 3, "loaded": 2, "rejected": 1, "diagnostics": []}]})
        );
        assert_eq!(text_report(&read), "a.geojson: findings, 3 features, 2 loaded, 1 rejected\n");
    }
}
