//! The words of the command line.

use std::ffi::OsString;
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
    /// Find the shortest path over water between two places.
    Route(RouteArgs),
    /// Open the window, run a scripted session and print what it cost as JSON.
    Bench(BenchArgs),
}

/// Arguments as clap should see them. In `route`, a position such as `-79.9,-2.2` is no option: it gets a space before it, which is trimmed
/// later. (To clap a hyphen followed by anything but one number is an option, and a value that may be anything would swallow `-h`.)
pub(super) fn arguments(args: impl IntoIterator<Item = OsString>) -> Vec<OsString> {
    let mut args: Vec<OsString> = args.into_iter().collect();
    if args.get(1).is_some_and(|task| task == "route") {
        args.iter_mut().for_each(guard_position);
    }
    args
}

fn guard_position(arg: &mut OsString) {
    let is_position = |text: &str| {
        let mut letters = text.chars();
        letters.next() == Some('-') && letters.next().is_some_and(|c| c.is_ascii_digit() || c == '.') && text.contains(',')
    };
    if let Some(text) = arg.to_str().filter(|text| is_position(text)) {
        *arg = format!(" {text}").into();
    }
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
    /// Longitude in degrees in the middle of the projection [default: the middle of the extent].
    #[arg(long, value_name = "DEG", allow_hyphen_values = true)]
    pub(super) central_meridian: Option<f64>,
    /// Compare two periods: the later one begins with this year.
    #[arg(long, value_name = "YEAR")]
    pub(super) compare: Option<i16>,
    /// How the periods are compared.
    #[arg(long, default_value = "side-by-side", requires = "compare")]
    pub(super) compare_as: CompareChoice,
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
    /// What the width of corridors says.
    #[arg(long, default_value = "events")]
    pub(super) width_by: WidthChoice,
    /// What the size of seizures says.
    #[arg(long, default_value = "kg")]
    pub(super) size_by: SizeChoice,
    /// Colors of the map.
    #[arg(long, default_value = "light")]
    pub(super) theme: ThemeChoice,
    /// Show what starts and ends at each port.
    #[arg(long)]
    pub(super) port_totals: bool,
    /// Only the map, without title, legend and notes.
    #[arg(long)]
    pub(super) no_furniture: bool,
    /// No small map that shows where the figure lies.
    #[arg(long)]
    pub(super) no_inset: bool,
    /// Write nothing when the files have findings.
    #[arg(long)]
    pub(super) strict: bool,
}

/// Values of `--compare-as`.
#[derive(Clone, Copy, Debug, ValueEnum)]
pub(super) enum CompareChoice {
    /// Two maps.
    SideBySide,
    /// One map of what changed.
    Difference,
}

/// Values of `--color-by`.
#[derive(Clone, Copy, Debug, ValueEnum)]
pub(super) enum ColorChoice {
    /// How the load travels.
    Mode,
    /// Which group is named.
    Group,
    /// How sure the atlas is.
    Confidence,
    /// When.
    Period,
    /// Whether a source names the group of a seizure.
    Attribution,
}

/// Values of `--width-by`.
#[derive(Clone, Copy, Debug, ValueEnum)]
pub(super) enum WidthChoice {
    /// Seizure events on the corridor.
    Events,
    /// Their mass.
    Kg,
    /// Years from the first to the last report.
    Years,
    /// All alike.
    Uniform,
}

/// Values of `--size-by`.
#[derive(Clone, Copy, Debug, ValueEnum)]
pub(super) enum SizeChoice {
    /// The area is proportional to the mass.
    Kg,
    /// All alike.
    Uniform,
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

/// Arguments of `route`.
#[derive(Debug, Args)]
pub(super) struct RouteArgs {
    /// Where it starts: UN/LOCODE (ECGYE), port name ("Gioia Tauro, IT"), port id of the atlas, or lon,lat in degrees (-79.9,-2.2).
    #[arg(required_unless_present_any = ["list_passages", "batch"], conflicts_with_all = ["list_passages", "batch"])]
    pub(super) from: Option<String>,
    /// Where it ends, written the same way.
    #[arg(required_unless_present_any = ["list_passages", "batch"])]
    pub(super) to: Option<String>,
    /// A place to call at on the way. Repeat it for more, in order.
    #[arg(long, value_name = "PLACE", conflicts_with_all = ["list_passages", "batch"])]
    pub(super) via: Vec<String>,
    /// Passages that must not be used: ids from --list-passages, divided by commas.
    #[arg(long, value_name = "ID", value_delimiter = ',')]
    pub(super) forbid: Vec<String>,
    /// Passages that must be used, each once.
    #[arg(long, value_name = "ID", value_delimiter = ',')]
    pub(super) require: Vec<String>,
    /// Passages that are closed unless they are allowed, such as a canal for small vessels.
    #[arg(long, value_name = "ID", value_delimiter = ',')]
    pub(super) allow: Vec<String>,
    /// Speed in knots, for the days under way.
    #[arg(long, value_name = "KNOTS", default_value_t = 14.0)]
    pub(super) speed: f64,
    /// Form of the answer.
    #[arg(long, default_value = "text")]
    pub(super) format: RouteFormat,
    /// List the named passages, which of them are open, and their limits.
    #[arg(long, conflicts_with = "batch")]
    pub(super) list_passages: bool,
    /// Answer many queries: a file, or `-` for standard input, with FROM and TO on each line, divided by a tab or comma. One JSON object a
    /// line comes out.
    #[arg(long, value_name = "FILE")]
    pub(super) batch: Option<PathBuf>,
}

/// Arguments of `bench`.
#[derive(Debug, Args)]
pub(super) struct BenchArgs {
    /// Files to open; none opens the bundled atlas.
    #[arg(value_name = "FILE")]
    pub(super) files: Vec<PathBuf>,
    /// Frames of panning; the other parts of the session follow this number.
    #[arg(long, value_name = "N", default_value_t = 600)]
    pub(super) frames: usize,
    /// Measure an empty window in the same run, for comparison.
    #[arg(long)]
    pub(super) empty: bool,
    /// Measure nothing but an empty window.
    #[arg(long, hide = true)]
    pub(super) only_empty_window: bool,
}

/// Values of `route --format`.
#[derive(Clone, Copy, Debug, PartialEq, Eq, ValueEnum)]
pub(super) enum RouteFormat {
    /// Lines for people.
    Text,
    /// One JSON object.
    Json,
    /// A file that `sealane` opens: one route.
    Geojson,
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
    fn western_and_southern_positions_are_no_options() {
        for words in [
            &["route", "-79.9,-2.2", "-46.3,-24", "--via", "-5.6,35.9", "--forbid", "a,b"][..],
            &["route", "--forbid", "a", "--forbid", "b", "--via=-5.6,35.9", "--", "-79.9,-2.2", "-46.3,-24"],
        ] {
            let args = arguments(["sealane"].iter().chain(words).map(OsString::from));
            let cli = Cli::try_parse_from(args).expect("valid");
            let Some(Task::Route(route)) = cli.command else { panic!("{words:?}") };
            let place = |text: &Option<String>| text.as_deref().map(|text| text.trim().to_owned());
            assert_eq!((place(&route.from).as_deref(), place(&route.to).as_deref()), (Some("-79.9,-2.2"), Some("-46.3,-24")));
            assert_eq!((route.via[0].trim(), route.forbid.len()), ("-5.6,35.9", 2));
        }
        for wrong in
            [&["route", "ECGYE"][..], &["route"], &["route", "--list-passages", "ECGYE", "MEBAR"], &["route", "a", "b", "--batch", "-"]]
        {
            assert!(Cli::try_parse_from(["sealane"].iter().chain(wrong)).is_err(), "{wrong:?}");
        }
    }

    #[test]
    fn a_western_extent_may_begin_with_a_minus() {
        let cli = Cli::try_parse_from(["sealane", "export", "-o", "a.png", "--extent", "-90,-40,40,60"]).expect("valid");
        assert!(matches!(cli.command, Some(Task::Export(ExportArgs { extent: Some(extent), .. })) if extent == "-90,-40,40,60"));
    }
}
