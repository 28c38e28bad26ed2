//! scratch
use sealane::geodesy::LonLat;
use sealane::lanes::*;
use std::time::Instant;
fn main() {
    let bytes = std::fs::read(std::env::args().nth(1).unwrap()).unwrap();
    let t = Instant::now();
    let net = SeaNetwork::from_bytes(&bytes).unwrap();
    println!("load {:.1} ms {:?}", t.elapsed().as_secs_f64() * 1e3, net.size());
    let p = PortIndex::bundled();
    let get = |s: &str| -> LonLat {
        if let Some((a, b)) = s.split_once(',') {
            if let (Ok(a), Ok(b)) = (a.parse(), b.parse()) {
                return LonLat::new(a, b);
            }
        }
        p.resolve(s).map(|p| p.position).unwrap_or_else(|e| panic!("{s}: {e}"))
    };
    let set = |t: &str| -> PassageSet {
        t.split('+').filter(|x| !x.is_empty()).map(|x| net.passage(x).unwrap_or_else(|| panic!("{x}"))).collect()
    };
    for line in std::io::stdin().lines() {
        let line = line.unwrap();
        let f: Vec<&str> = line.split(';').collect();
        if f.len() < 2 {
            continue;
        }
        let mut r = PathRequest::between(get(f[0]), get(f[1]));
        if f.len() > 2 {
            r.forbid = set(f[2]);
        }
        if f.len() > 3 {
            r.require = set(f[3]);
        }
        if f.len() > 4 {
            r.allow = set(f[4]);
        }
        let t = Instant::now();
        let found = net.find(&r);
        let ms = t.elapsed().as_secs_f64() * 1e3;
        match found {
            Ok(s) => {
                let names: Vec<&str> = s.passages.iter().map(|i| &*net.passages()[*i].id).collect();
                println!(
                    "{line}: {:.0} nm {:.0} km {:?} {} pts, {:.1} ms {:?}",
                    s.length_m / 1852.0,
                    s.length_m / 1e3,
                    names,
                    s.positions.len(),
                    ms,
                    s.stretches.len()
                );
                if std::env::var("GEO").is_ok() {
                    let c: Vec<String> = s.positions.iter().map(|p| format!("[{:.4},{:.4}]", p.lon_deg, p.lat_deg)).collect();
                    println!("GEO {}", c.join(","));
                }
            }
            Err(e) => println!("{line}: {e}  {ms:.1} ms"),
        }
    }
}
