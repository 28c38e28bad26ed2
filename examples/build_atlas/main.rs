//! Makes the bundled atlas in `routes/` from the tables of facts: `cargo run --example build_atlas -- FACTS_DIR routes`.
//!
//! The same tables give the same bytes: rows keep their order, properties have a fixed order, one feature stands on one line.
//! Empty cells become absent properties; nothing is filled in. `routes/README.md` describes the result.

mod features;
mod output;
mod path;
mod precision;
mod tables;
mod waypoints;

use std::path::PathBuf;
use std::process::ExitCode;

use tables::Facts;

fn main() -> ExitCode {
    let mut args = std::env::args_os().skip(1).map(PathBuf::from);
    let (Some(facts_dir), Some(out_dir), None) = (args.next(), args.next(), args.next()) else {
        eprintln!("usage: build_atlas FACTS_DIR OUTPUT_DIR");
        return ExitCode::from(2);
    };
    let written = Facts::read(&facts_dir).and_then(|facts| {
        let files = features::atlas(&facts)?;
        for file in &files {
            file.write(&out_dir)?;
        }
        Ok(files)
    });
    match written {
        Ok(files) => {
            for file in files {
                println!("{:>4} features  {}", file.features.len(), file.name);
            }
            ExitCode::SUCCESS
        }
        Err(message) => {
            eprintln!("{message}");
            ExitCode::from(1)
        }
    }
}
