//! Text made comparable for searching.

use unicode_normalization::UnicodeNormalization as _;
use unicode_normalization::char::is_combining_mark;

/// Lower case without diacritics, so that "kavac" finds "Kavač", "durres" finds "Durrës" and "dorde" finds "Đorđe".
///
/// Letters that Unicode does not decompose are mapped to their usual plain spelling.
pub fn fold_for_search(text: &str) -> String {
    let mut folded = String::with_capacity(text.len());
    for c in text.nfd().filter(|c| !is_combining_mark(*c)).flat_map(char::to_lowercase) {
        match c {
            'đ' | 'ð' => folded.push('d'),
            'ł' => folded.push('l'),
            'ø' => folded.push('o'),
            'ı' => folded.push('i'),
            'ß' => folded.push_str("ss"),
            'æ' => folded.push_str("ae"),
            'œ' => folded.push_str("oe"),
            'þ' => folded.push_str("th"),
            '’' | 'ʼ' => folded.push('\''),
            '–' | '—' => folded.push('-'),
            _ => folded.push(c),
        }
    }
    // Lower-casing may bring back a combining mark (İ).
    folded.retain(|c| !is_combining_mark(c));
    folded
}

#[cfg(test)]
mod tests {
    use super::fold_for_search;

    #[test]
    fn balkan_spanish_portuguese_and_turkish_letters_fold() {
        for (text, folded) in [
            ("Kavač", "kavac"),
            ("Škaljari", "skaljari"),
            ("Đorđe", "dorde"),
            ("Durrës", "durres"),
            ("Itajaí – Navegantes", "itajai - navegantes"),
            ("São Luís", "sao luis"),
            ("İzmir Ambarlı", "izmir ambarli"),
            ("Θεσσαλονίκη", "θεσσαλονικη"),
        ] {
            assert_eq!(fold_for_search(text), folded);
        }
    }
}
