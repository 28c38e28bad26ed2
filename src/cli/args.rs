//! The words of the command line.

use std::path::PathBuf;

use clap::{Args, Parser, Subcommand, ValueEnum};

/// A desktop atlas of maritime trafficking corridors: GeoJSON routes, ports, cells and seizures on one map.
#[derive(Debug, Parser)]
#[command(name = "sealane", version, args_conflicts_with_subcommands = true, max_term_width = 100)]
pub(super) struct Cli {
    /// What to do; without it the window opens.
    #[command(subcommand)]
    pub(super) command: Option<Task>,
    /// Files to open in the window; none opens the bundled atlas.
    #[arg(value_name = "FILE")]
    pub(super) files: Vec<PathBuf>,
}

/// Work without a window.
#[derive(Debug, Subcommand)]
pub(super) enum Task {
    /// Write a briefing figure as .png or .svg.
    Export(ExportArgs),
    /// Read files and list what is wrong with them.
    Check(CheckArgs),
    /// Count seizures and their mass.
    Summary(SummaryArgs),
}

/// What of the data is shown.
#[derive(Debug, Args)]
pub(super) struct FilterArgs {
    /// First date: YYYY, YYYY-MM or YYYY-MM-DD.
    #[arg(long, value_name = "DATE")]
    pub(super) from: Option<String>,
    /// Last date: YYYY, YYYY-MM or YYYY-MM-DD.
    #[arg(long, value_name = "DATE")]
    pub(super) to: Option<String>,
    /// Show only what matches, for example group=kavac: group, port, country, mode, confidence, attribution or grade. Repeat it for
    /// more; several values of one key are alternatives.
    #[arg(long = "where", value_name = "KEY=VALUE")]
    pub(super) conditions: Vec<String>,
}

/// Arguments of `export`.
#[derive(Debug, Args)]
pub(super) struct ExportArgs {
    /// Files to draw, `-` for standard input; none draws the bundled atlas.
    #[arg(value_name = "FILE")]
    pub(super) files: Vec<PathBuf>,
    /// File to write; its ending decides the format. Repeat it for several files.
    #[arg(short, long = "output", value_name = "OUT", required = true)]
    pub(super) outputs: Vec<PathBuf>,
    /// WIDTHxHEIGHT in pixels, or 4k, slide, a4, a4-portrait, a3.
    #[arg(long, default_value = "1920x1080")]
    pub(super) size: String,
    /// Dots per inch; more make text and lines larger on a page of fixed pixels, and paper sharper.
    #[arg(long)]
    pub(super) dpi: Option<f32>,
    /// W,S,E,N in degrees, or atlantic, adriatic, balkans, world, data [default: atlantic for the bundled atlas, data for files].
    #[arg(long, allow_hyphen_values = true)]
    pub(super) extent: Option<String>,
    /// Map projection: equal-earth, mercator or natural-earth.
    #[arg(long, default_value = "equal-earth")]
    pub(super) projection: String,
    /// Title of the figure.
    #[arg(long)]
    pub(super) title: Option<String>,
    /// Line under the title.
    #[arg(long)]
    pub(super) subtitle: Option<String>,
    /// Handling marking: TLP:RED, TLP:AMBER+STRICT, TLP:AMBER, TLP:GREEN, TLP:CLEAR, or none.
    #[arg(long, default_value = "TLP:CLEAR")]
    pub(super) marking: String,
    /// What is shown.
    #[command(flatten)]
    pub(super) filter: FilterArgs,
    /// What the color of data says.
    #[arg(long, default_value = "mode")]
    pub(super) color_by: ColorChoice,
    /// Colors of the map.
    #[arg(long, default_value = "light")]
    pub(super) theme: ThemeChoice,
    /// Only the map, without title, legend and notes.
    #[arg(long)]
    pub(super) no_furniture: bool,
    /// Write nothing when the files have findings.
    #[arg(long)]
    pub(super) strict: bool,
}

/// Values of `--color-by`.
#[derive(Clone, Copy, Debug, ValueEnum)]
pub(super) enum ColorChoice {
    /// How the load travels.
    Mode,
    /// Whether a group is named.
    Group,
    /// How sure the atlas is.
    Confidence,
    /// When.
    Period,
}

/// Values of `--theme`.
#[derive(Clone, Copy, Debug, ValueEnum)]
pub(super) enum ThemeChoice {
    /// A printed chart.
    Light,
    /// A bridge at night.
    Dark,
    /// White paper.
    Print,
}

/// Arguments of `check`.
#[derive(Debug, Args)]
pub(super) struct CheckArgs {
    /// Files to read, `-` for standard input.
    #[arg(value_name = "FILE", required = true)]
    pub(super) files: Vec<PathBuf>,
    /// Form of the report.
    #[arg(long, default_value = "text")]
    pub(super) format: CheckFormat,
}

/// Values of `check --format`.
#[derive(Clone, Copy, Debug, PartialEq, Eq, ValueEnum)]
pub(super) enum CheckFormat {
    /// Lines for people.
    Text,
    /// One JSON object.
    Json,
}

/// Arguments of `summary`.
#[derive(Debug, Args)]
pub(super) struct SummaryArgs {
    /// Files to count, `-` for standard input; none counts the bundled atlas.
    #[arg(value_name = "FILE")]
    pub(super) files: Vec<PathBuf>,
    /// One row for each: year, group, port, country, mode or route.
    #[arg(long, default_value = "year")]
    pub(super) by: String,
    /// Form of the table.
    #[arg(long, default_value = "text")]
    pub(super) format: TableFormat,
    /// What is counted.
    #[command(flatten)]
    pub(super) filter: FilterArgs,
}

/// Values of `summary --format`.
#[derive(Clone, Copy, Debug, PartialEq, Eq, ValueEnum)]
pub(super) enum TableFormat {
    /// Columns for people.
    Text,
    /// Comma-separated values.
    Csv,
    /// One JSON object.
    Json,
}

#[cfg(test)]
mod tests {
    use super::*;
    use clap::CommandFactory as _;

    #[test]
    fn the_words_are_consistent() {
        Cli::command().debug_assert();
    }

    #[test]
    fn a_western_extent_may_begin_with_a_minus() {
        let cli = Cli::try_parse_from(["sealane", "export", "-o", "a.png", "--extent", "-90,-40,40,60"]).expect("valid");
        assert!(matches!(cli.command, Some(Task::Export(ExportArgs { extent: Some(extent), .. })) if extent == "-90,-40,40,60"));
    }
}
