//! Numbers as written on products.

/// A whole number with thin spaces between thousands.
pub fn grouped(value: f64) -> String {
    let digits = format!("{:.0}", value.abs());
    let mut text = String::new();
    for (index, digit) in digits.chars().enumerate() {
        if index > 0 && (digits.len() - index).is_multiple_of(3) {
            text.push('\u{2009}');
        }
        text.push(digit);
    }
    if value < 0.0 && digits != "0" { format!("−{text}") } else { text }
}

/// A mass in kilograms as people read it: "250 kg", "12.3 t", "1 204 t".
pub fn mass_for_people(mass_kg: f64) -> String {
    if mass_kg < 1_000.0 {
        return format!("{}\u{a0}kg", grouped(mass_kg));
    }
    let tonnes = mass_kg / 1_000.0;
    if tonnes < 1_000.0 { format!("{tonnes:.1}\u{a0}t") } else { format!("{}\u{a0}t", grouped(tonnes)) }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn thousands_stand_apart() {
        assert_eq!(grouped(1_234_567.4), "1\u{2009}234\u{2009}567");
        assert_eq!(grouped(999.0), "999");
        assert_eq!(grouped(-1_000.0), "−1\u{2009}000");
    }

    #[test]
    fn masses_change_to_tonnes() {
        assert_eq!(mass_for_people(250.0), "250\u{a0}kg");
        assert_eq!(mass_for_people(12_345.0), "12.3\u{a0}t");
        assert_eq!(mass_for_people(1_204_000.0), "1\u{2009}204\u{a0}t");
    }
}
