#!/usr/bin/env python3
"""Subsets the bundled fonts and writes the icon table.

Needs fonttools and the inputs that assets/README.md names:

    python3 assets/prepare_fonts.py INTER_DIR JETBRAINS_MONO_DIR LUCIDE_CRATE_DIR
"""

import os
import re
import subprocess
import sys

# Time stamps come from the fonts, so that the same inputs give the same bytes.
os.environ["SOURCE_DATE_EPOCH"] = "0"

HERE = os.path.dirname(os.path.abspath(__file__))
FONTS = os.path.join(HERE, "fonts")

# Latin with its extensions, spacing modifiers, combining marks, Greek, Cyrillic, Latin Extended Additional, punctuation, super- and
# subscripts, currency, letterlike symbols, number forms, arrows, mathematics, technical signs, geometric shapes, marks.
TEXT = (
    "U+0020-007E,U+00A0-024F,U+0250-02AF,U+02B0-02FF,U+0300-036F,U+0370-03FF,U+0400-052F,U+1E00-1EFF,U+2000-206F,"
    "U+2070-209F,U+20A0-20BF,U+2100-214F,U+2150-218F,U+2190-21FF,U+2200-22FF,U+2303,U+2318,U+2325-2327,U+232B,U+23CE-23CF,"
    "U+25A0-25FF,U+2605-2606,U+2713,U+2717,U+26A0,U+27F5-27FA,U+FEFF,U+FFFD"
)

ICONS = """
anchor archive arrow-down arrow-down-up arrow-left arrow-left-right arrow-right arrow-up arrow-up-right ban book-open bookmark box-select building-2
calendar calendar-range camera chart-column chart-line check chevron-down chevron-left chevron-right chevron-up chevrons-left
chevrons-right chevrons-up-down circle circle-alert circle-check circle-dot circle-help circle-x clipboard clock columns-3 command compass copy
crosshair database download ellipsis ellipsis-vertical external-link eye eye-off file-input file-json file-plus file-text flag focus folder-open
funnel gauge git-compare globe grip-vertical grid-3x3 hand history house image import info keyboard landmark languages layers link list list-checks
list-filter loader-circle locate locate-fixed lock log-out map map-pin maximize menu minimize minus moon mouse-pointer move move-horizontal
network package palette panel-bottom panel-left panel-right pause pencil pin play plus presentation printer redo-2 refresh-cw repeat rotate-ccw route
ruler save save-all scale search settings share-2 ship ship-wheel shield-check sliders-horizontal spline square-dashed star sun table table-2 tag
trash-2 triangle-alert type undo-2 upload user users waypoints weight x zoom-in zoom-out skip-back skip-forward
""".split()

ICONS_TEST = """
#[cfg(test)]
mod tests {
    use skrifa::MetadataProvider as _;

    #[test]
    fn every_icon_has_a_glyph() {
        let font = skrifa::FontRef::new(include_bytes!("../../assets/fonts/lucide-subset.ttf")).unwrap();
        for (name, text) in super::ALL {
            assert!(font.charmap().map(text.chars().next().unwrap()).is_some(), "{name}");
        }
    }
}
"""


def subset(source, target, unicodes, *options):
    subprocess.run(
        [sys.executable, "-m", "fontTools.subset", source, f"--output-file={target}", f"--unicodes={unicodes}",
         "--no-hinting", "--desubroutinize", "--no-recalc-timestamp", "--notdef-outline", "--name-IDs=*", *options],
        check=True,
    )


def icon_codepoints(crate_dir):
    """Icon name → code point, from the crate's own tables."""
    text = open(os.path.join(crate_dir, "src/icon.rs"), encoding="utf-8").read()
    variant = dict(re.findall(r'"([a-z0-9-]+)" => Ok\(Icon::(\w+)\)', text))
    code = dict(re.findall(r"Icon::(\w+) => '\\u\{([0-9a-f]+)\}'", text))
    return {name: int(code[variant[name]], 16) for name in sorted(ICONS)}


def write_icons(icons):
    with open(os.path.join(FONTS, "lucide-codepoints.tsv"), "w", encoding="utf-8") as out:
        out.writelines(f"{name}\t{code:x}\n" for name, code in icons.items())
    constants = [(name.upper().replace("-", "_"), name, code) for name, code in icons.items()]
    with open(os.path.join(HERE, "../src/ui/icons.rs"), "w", encoding="utf-8") as out:
        out.write("//! Icons as text: code points of the bundled icon font. Made by `assets/prepare_fonts.py`; do not edit by hand.\n\n")
        for constant, name, code in constants:
            out.write(f'/// The icon "{name}".\npub const {constant}: &str = "\\u{{{code:x}}}";\n')
        out.write("\n/// Every icon with its name, sorted by name.\npub const ALL: &[(&str, &str)] = &[\n")
        out.writelines(f'    ("{name}", {constant}),\n' for constant, name, _ in constants)
        out.write("];\n" + ICONS_TEST)


def main():
    inter, mono, lucide = sys.argv[1:]
    features = "--layout-features=kern,mark,mkmk,ccmp,locl,calt,case,tnum,pnum,zero,frac,sups,subs,ss01,liga"
    for style in ("Regular", "SemiBold", "Italic"):
        subset(f"{inter}/Inter-{style}.otf", f"{FONTS}/Inter-{style}.otf", TEXT, features)
    subset(f"{mono}/JetBrainsMono-Regular.ttf", f"{FONTS}/JetBrainsMono-Regular.ttf", TEXT, "--layout-features=mark,mkmk,ccmp,locl,zero")
    icons = icon_codepoints(lucide)
    subset(f"{lucide}/lucide.ttf", f"{FONTS}/lucide-subset.ttf", ",".join(f"U+{code:X}" for code in icons.values()), "--layout-features=")
    write_icons(icons)


if __name__ == "__main__":
    main()
