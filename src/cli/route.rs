//! `route`: the shortest path over water between two places, with the passages that it may, must or must not use.

mod answer;
mod batch;
mod passages;
mod place;
mod plan;

use std::sync::Arc;

use anyhow::bail;

use super::Outcome;
use super::args::{RouteArgs, RouteFormat};
use super::output::{print_data, print_message};
use crate::cartography::Basemap;
use crate::geodesy::LandIndex;
use crate::lanes::{PassageSet, SeaNetwork};
use answer::Answer;
use place::Gazetteer;
use plan::{Wishes, plan};

/// Ships are slower than this, in knots.
const MAX_SPEED_KN: f64 = 100.0;

/// What every query needs.
struct Tools {
    network: &'static SeaNetwork,
    gazetteer: Gazetteer,
    speed_kn: f64,
    wishes: Wishes,
}

pub(super) fn run(args: &RouteArgs) -> anyhow::Result<Outcome> {
    if !(args.speed > 0.0 && args.speed <= MAX_SPEED_KN) {
        bail!("--speed {}: knots, more than 0 and at most {MAX_SPEED_KN}", args.speed);
    }
    let network = SeaNetwork::bundled()?;
    let wishes = Wishes {
        forbid: passage_set(network, "--forbid", &args.forbid)?,
        require: passage_set(network, "--require", &args.require)?,
        allow: passage_set(network, "--allow", &args.allow)?,
    };
    if args.list_passages {
        print_data(&passages::list(network, args.format)?)?;
        return Ok(Outcome::Clean);
    }
    let tools = Tools { network, gazetteer: Gazetteer::new()?, speed_kn: args.speed, wishes };
    if let Some(path) = &args.batch {
        return batch::run(path, &tools);
    }
    // Without both ends clap has refused the arguments.
    let (Some(from), Some(to)) = (&args.from, &args.to) else { bail!("route needs FROM and TO") };
    let stops =
        [from].into_iter().chain(&args.via).chain([to]).map(|text| tools.gazetteer.find(text)).collect::<anyhow::Result<Vec<_>>>()?;
    let positions: Vec<_> = stops.iter().map(|stop| stop.position).collect();
    let legs = match plan(network, &positions, &wishes) {
        Ok(legs) => legs,
        Err(reason) => {
            if args.format == RouteFormat::Json {
                print_data(&(serde_json::to_string_pretty(&answer::no_route(&reason))? + "\n"))?;
            }
            print_message(&format!("no route: {reason}"));
            return Ok(Outcome::Findings);
        }
    };
    let answer = Answer::new(network, &stops, &legs, &*land()?, tools.speed_kn);
    print_data(&match args.format {
        RouteFormat::Text => answer.text(),
        RouteFormat::Json => serde_json::to_string_pretty(&answer.json())? + "\n",
        RouteFormat::Geojson => answer.geojson(),
    })?;
    Ok(Outcome::Clean)
}

/// The set of the passages with these ids.
fn passage_set(network: &SeaNetwork, option: &str, ids: &[String]) -> anyhow::Result<PassageSet> {
    let one = |id: &String| match network.passage(id) {
        Some(index) => Ok(index),
        None => {
            let known: Vec<&str> = network.passages().iter().map(|passage| &*passage.id).collect();
            bail!("{option} {id}: there is no such passage; there is {}", known.join(", "))
        }
    };
    ids.iter().map(one).collect()
}

/// The land that lengths over land are measured on. It takes a moment to index, so it is asked for when there is something to measure.
fn land() -> anyhow::Result<Arc<LandIndex>> {
    Ok(Basemap::bundled()?.land_index()?)
}
