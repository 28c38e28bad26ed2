//! Icons as text: code points of the bundled icon font. Made by `assets/prepare_fonts.py`; do not edit by hand.

/// The icon "anchor".
pub const ANCHOR: &str = "\u{e03f}";
/// The icon "archive".
pub const ARCHIVE: &str = "\u{e041}";
/// The icon "arrow-down".
pub const ARROW_DOWN: &str = "\u{e042}";
/// The icon "arrow-down-up".
pub const ARROW_DOWN_UP: &str = "\u{e046}";
/// The icon "arrow-left".
pub const ARROW_LEFT: &str = "\u{e048}";
/// The icon "arrow-left-right".
pub const ARROW_LEFT_RIGHT: &str = "\u{e24a}";
/// The icon "arrow-right".
pub const ARROW_RIGHT: &str = "\u{e049}";
/// The icon "arrow-up".
pub const ARROW_UP: &str = "\u{e04a}";
/// The icon "arrow-up-right".
pub const ARROW_UP_RIGHT: &str = "\u{e04d}";
/// The icon "ban".
pub const BAN: &str = "\u{e051}";
/// The icon "book-open".
pub const BOOK_OPEN: &str = "\u{e05f}";
/// The icon "bookmark".
pub const BOOKMARK: &str = "\u{e060}";
/// The icon "box-select".
pub const BOX_SELECT: &str = "\u{e1cb}";
/// The icon "building-2".
pub const BUILDING_2: &str = "\u{e290}";
/// The icon "calendar".
pub const CALENDAR: &str = "\u{e063}";
/// The icon "calendar-range".
pub const CALENDAR_RANGE: &str = "\u{e2bd}";
/// The icon "camera".
pub const CAMERA: &str = "\u{e064}";
/// The icon "chart-column".
pub const CHART_COLUMN: &str = "\u{e2a3}";
/// The icon "chart-line".
pub const CHART_LINE: &str = "\u{e2a5}";
/// The icon "check".
pub const CHECK: &str = "\u{e06c}";
/// The icon "chevron-down".
pub const CHEVRON_DOWN: &str = "\u{e06d}";
/// The icon "chevron-left".
pub const CHEVRON_LEFT: &str = "\u{e06e}";
/// The icon "chevron-right".
pub const CHEVRON_RIGHT: &str = "\u{e06f}";
/// The icon "chevron-up".
pub const CHEVRON_UP: &str = "\u{e070}";
/// The icon "chevrons-left".
pub const CHEVRONS_LEFT: &str = "\u{e072}";
/// The icon "chevrons-right".
pub const CHEVRONS_RIGHT: &str = "\u{e073}";
/// The icon "chevrons-up-down".
pub const CHEVRONS_UP_DOWN: &str = "\u{e211}";
/// The icon "circle".
pub const CIRCLE: &str = "\u{e076}";
/// The icon "circle-alert".
pub const CIRCLE_ALERT: &str = "\u{e077}";
/// The icon "circle-check".
pub const CIRCLE_CHECK: &str = "\u{e226}";
/// The icon "circle-dot".
pub const CIRCLE_DOT: &str = "\u{e345}";
/// The icon "circle-help".
pub const CIRCLE_HELP: &str = "\u{e082}";
/// The icon "circle-x".
pub const CIRCLE_X: &str = "\u{e084}";
/// The icon "clipboard".
pub const CLIPBOARD: &str = "\u{e085}";
/// The icon "clock".
pub const CLOCK: &str = "\u{e087}";
/// The icon "columns-3".
pub const COLUMNS_3: &str = "\u{e099}";
/// The icon "command".
pub const COMMAND: &str = "\u{e09a}";
/// The icon "compass".
pub const COMPASS: &str = "\u{e09b}";
/// The icon "copy".
pub const COPY: &str = "\u{e09e}";
/// The icon "crosshair".
pub const CROSSHAIR: &str = "\u{e0ac}";
/// The icon "database".
pub const DATABASE: &str = "\u{e0ad}";
/// The icon "download".
pub const DOWNLOAD: &str = "\u{e0b2}";
/// The icon "ellipsis".
pub const ELLIPSIS: &str = "\u{e0b6}";
/// The icon "ellipsis-vertical".
pub const ELLIPSIS_VERTICAL: &str = "\u{e0b7}";
/// The icon "external-link".
pub const EXTERNAL_LINK: &str = "\u{e0b9}";
/// The icon "eye".
pub const EYE: &str = "\u{e0ba}";
/// The icon "eye-off".
pub const EYE_OFF: &str = "\u{e0bb}";
/// The icon "file-input".
pub const FILE_INPUT: &str = "\u{e0c5}";
/// The icon "file-json".
pub const FILE_JSON: &str = "\u{e36b}";
/// The icon "file-plus".
pub const FILE_PLUS: &str = "\u{e0c9}";
/// The icon "file-text".
pub const FILE_TEXT: &str = "\u{e0cc}";
/// The icon "flag".
pub const FLAG: &str = "\u{e0d1}";
/// The icon "focus".
pub const FOCUS: &str = "\u{e29e}";
/// The icon "folder-open".
pub const FOLDER_OPEN: &str = "\u{e247}";
/// The icon "funnel".
pub const FUNNEL: &str = "\u{e0dc}";
/// The icon "gauge".
pub const GAUGE: &str = "\u{e1bf}";
/// The icon "git-compare".
pub const GIT_COMPARE: &str = "\u{e359}";
/// The icon "globe".
pub const GLOBE: &str = "\u{e0e8}";
/// The icon "grid-3x3".
pub const GRID_3X3: &str = "\u{e0e9}";
/// The icon "grip-vertical".
pub const GRIP_VERTICAL: &str = "\u{e0eb}";
/// The icon "hand".
pub const HAND: &str = "\u{e1d7}";
/// The icon "history".
pub const HISTORY: &str = "\u{e1f5}";
/// The icon "house".
pub const HOUSE: &str = "\u{e0f5}";
/// The icon "image".
pub const IMAGE: &str = "\u{e0f6}";
/// The icon "import".
pub const IMPORT: &str = "\u{e22f}";
/// The icon "info".
pub const INFO: &str = "\u{e0f9}";
/// The icon "keyboard".
pub const KEYBOARD: &str = "\u{e284}";
/// The icon "landmark".
pub const LANDMARK: &str = "\u{e23a}";
/// The icon "languages".
pub const LANGUAGES: &str = "\u{e0fe}";
/// The icon "layers".
pub const LAYERS: &str = "\u{e529}";
/// The icon "link".
pub const LINK: &str = "\u{e102}";
/// The icon "list".
pub const LIST: &str = "\u{e106}";
/// The icon "list-checks".
pub const LIST_CHECKS: &str = "\u{e1d0}";
/// The icon "list-filter".
pub const LIST_FILTER: &str = "\u{e460}";
/// The icon "loader-circle".
pub const LOADER_CIRCLE: &str = "\u{e10a}";
/// The icon "locate".
pub const LOCATE: &str = "\u{e1da}";
/// The icon "locate-fixed".
pub const LOCATE_FIXED: &str = "\u{e1db}";
/// The icon "lock".
pub const LOCK: &str = "\u{e10b}";
/// The icon "log-out".
pub const LOG_OUT: &str = "\u{e10e}";
/// The icon "map".
pub const MAP: &str = "\u{e110}";
/// The icon "map-pin".
pub const MAP_PIN: &str = "\u{e111}";
/// The icon "maximize".
pub const MAXIMIZE: &str = "\u{e112}";
/// The icon "menu".
pub const MENU: &str = "\u{e115}";
/// The icon "minimize".
pub const MINIMIZE: &str = "\u{e11a}";
/// The icon "minus".
pub const MINUS: &str = "\u{e11c}";
/// The icon "moon".
pub const MOON: &str = "\u{e11e}";
/// The icon "mouse-pointer".
pub const MOUSE_POINTER: &str = "\u{e11f}";
/// The icon "move".
pub const MOVE: &str = "\u{e121}";
/// The icon "move-horizontal".
pub const MOVE_HORIZONTAL: &str = "\u{e1c6}";
/// The icon "network".
pub const NETWORK: &str = "\u{e125}";
/// The icon "package".
pub const PACKAGE: &str = "\u{e129}";
/// The icon "palette".
pub const PALETTE: &str = "\u{e1dd}";
/// The icon "panel-bottom".
pub const PANEL_BOTTOM: &str = "\u{e42c}";
/// The icon "panel-left".
pub const PANEL_LEFT: &str = "\u{e12a}";
/// The icon "panel-right".
pub const PANEL_RIGHT: &str = "\u{e431}";
/// The icon "pause".
pub const PAUSE: &str = "\u{e12e}";
/// The icon "pencil".
pub const PENCIL: &str = "\u{e1f9}";
/// The icon "pin".
pub const PIN: &str = "\u{e259}";
/// The icon "play".
pub const PLAY: &str = "\u{e13c}";
/// The icon "plus".
pub const PLUS: &str = "\u{e13d}";
/// The icon "presentation".
pub const PRESENTATION: &str = "\u{e4ae}";
/// The icon "printer".
pub const PRINTER: &str = "\u{e141}";
/// The icon "redo-2".
pub const REDO_2: &str = "\u{e2a0}";
/// The icon "refresh-cw".
pub const REFRESH_CW: &str = "\u{e145}";
/// The icon "repeat".
pub const REPEAT: &str = "\u{e146}";
/// The icon "rotate-ccw".
pub const ROTATE_CCW: &str = "\u{e148}";
/// The icon "route".
pub const ROUTE: &str = "\u{e53e}";
/// The icon "ruler".
pub const RULER: &str = "\u{e14b}";
/// The icon "save".
pub const SAVE: &str = "\u{e14d}";
/// The icon "save-all".
pub const SAVE_ALL: &str = "\u{e40f}";
/// The icon "scale".
pub const SCALE: &str = "\u{e212}";
/// The icon "search".
pub const SEARCH: &str = "\u{e151}";
/// The icon "settings".
pub const SETTINGS: &str = "\u{e154}";
/// The icon "share-2".
pub const SHARE_2: &str = "\u{e156}";
/// The icon "shield-check".
pub const SHIELD_CHECK: &str = "\u{e1ff}";
/// The icon "ship".
pub const SHIP: &str = "\u{e3ba}";
/// The icon "ship-wheel".
pub const SHIP_WHEEL: &str = "\u{e502}";
/// The icon "skip-back".
pub const SKIP_BACK: &str = "\u{e15f}";
/// The icon "skip-forward".
pub const SKIP_FORWARD: &str = "\u{e160}";
/// The icon "sliders-horizontal".
pub const SLIDERS_HORIZONTAL: &str = "\u{e29a}";
/// The icon "spline".
pub const SPLINE: &str = "\u{e38b}";
/// The icon "square-dashed".
pub const SQUARE_DASHED: &str = "\u{e1cb}";
/// The icon "star".
pub const STAR: &str = "\u{e176}";
/// The icon "sun".
pub const SUN: &str = "\u{e178}";
/// The icon "table".
pub const TABLE: &str = "\u{e17d}";
/// The icon "table-2".
pub const TABLE_2: &str = "\u{e2f9}";
/// The icon "tag".
pub const TAG: &str = "\u{e17f}";
/// The icon "trash-2".
pub const TRASH_2: &str = "\u{e18e}";
/// The icon "triangle-alert".
pub const TRIANGLE_ALERT: &str = "\u{e193}";
/// The icon "type".
pub const TYPE: &str = "\u{e198}";
/// The icon "undo-2".
pub const UNDO_2: &str = "\u{e2a1}";
/// The icon "upload".
pub const UPLOAD: &str = "\u{e19e}";
/// The icon "user".
pub const USER: &str = "\u{e19f}";
/// The icon "users".
pub const USERS: &str = "\u{e1a4}";
/// The icon "waypoints".
pub const WAYPOINTS: &str = "\u{e542}";
/// The icon "weight".
pub const WEIGHT: &str = "\u{e530}";
/// The icon "x".
pub const X: &str = "\u{e1b2}";
/// The icon "zoom-in".
pub const ZOOM_IN: &str = "\u{e1b6}";
/// The icon "zoom-out".
pub const ZOOM_OUT: &str = "\u{e1b7}";

/// Every icon with its name, sorted by name.
pub const ALL: &[(&str, &str)] = &[
    ("anchor", ANCHOR),
    ("archive", ARCHIVE),
    ("arrow-down", ARROW_DOWN),
    ("arrow-down-up", ARROW_DOWN_UP),
    ("arrow-left", ARROW_LEFT),
    ("arrow-left-right", ARROW_LEFT_RIGHT),
    ("arrow-right", ARROW_RIGHT),
    ("arrow-up", ARROW_UP),
    ("arrow-up-right", ARROW_UP_RIGHT),
    ("ban", BAN),
    ("book-open", BOOK_OPEN),
    ("bookmark", BOOKMARK),
    ("box-select", BOX_SELECT),
    ("building-2", BUILDING_2),
    ("calendar", CALENDAR),
    ("calendar-range", CALENDAR_RANGE),
    ("camera", CAMERA),
    ("chart-column", CHART_COLUMN),
    ("chart-line", CHART_LINE),
    ("check", CHECK),
    ("chevron-down", CHEVRON_DOWN),
    ("chevron-left", CHEVRON_LEFT),
    ("chevron-right", CHEVRON_RIGHT),
    ("chevron-up", CHEVRON_UP),
    ("chevrons-left", CHEVRONS_LEFT),
    ("chevrons-right", CHEVRONS_RIGHT),
    ("chevrons-up-down", CHEVRONS_UP_DOWN),
    ("circle", CIRCLE),
    ("circle-alert", CIRCLE_ALERT),
    ("circle-check", CIRCLE_CHECK),
    ("circle-dot", CIRCLE_DOT),
    ("circle-help", CIRCLE_HELP),
    ("circle-x", CIRCLE_X),
    ("clipboard", CLIPBOARD),
    ("clock", CLOCK),
    ("columns-3", COLUMNS_3),
    ("command", COMMAND),
    ("compass", COMPASS),
    ("copy", COPY),
    ("crosshair", CROSSHAIR),
    ("database", DATABASE),
    ("download", DOWNLOAD),
    ("ellipsis", ELLIPSIS),
    ("ellipsis-vertical", ELLIPSIS_VERTICAL),
    ("external-link", EXTERNAL_LINK),
    ("eye", EYE),
    ("eye-off", EYE_OFF),
    ("file-input", FILE_INPUT),
    ("file-json", FILE_JSON),
    ("file-plus", FILE_PLUS),
    ("file-text", FILE_TEXT),
    ("flag", FLAG),
    ("focus", FOCUS),
    ("folder-open", FOLDER_OPEN),
    ("funnel", FUNNEL),
    ("gauge", GAUGE),
    ("git-compare", GIT_COMPARE),
    ("globe", GLOBE),
    ("grid-3x3", GRID_3X3),
    ("grip-vertical", GRIP_VERTICAL),
    ("hand", HAND),
    ("history", HISTORY),
    ("house", HOUSE),
    ("image", IMAGE),
    ("import", IMPORT),
    ("info", INFO),
    ("keyboard", KEYBOARD),
    ("landmark", LANDMARK),
    ("languages", LANGUAGES),
    ("layers", LAYERS),
    ("link", LINK),
    ("list", LIST),
    ("list-checks", LIST_CHECKS),
    ("list-filter", LIST_FILTER),
    ("loader-circle", LOADER_CIRCLE),
    ("locate", LOCATE),
    ("locate-fixed", LOCATE_FIXED),
    ("lock", LOCK),
    ("log-out", LOG_OUT),
    ("map", MAP),
    ("map-pin", MAP_PIN),
    ("maximize", MAXIMIZE),
    ("menu", MENU),
    ("minimize", MINIMIZE),
    ("minus", MINUS),
    ("moon", MOON),
    ("mouse-pointer", MOUSE_POINTER),
    ("move", MOVE),
    ("move-horizontal", MOVE_HORIZONTAL),
    ("network", NETWORK),
    ("package", PACKAGE),
    ("palette", PALETTE),
    ("panel-bottom", PANEL_BOTTOM),
    ("panel-left", PANEL_LEFT),
    ("panel-right", PANEL_RIGHT),
    ("pause", PAUSE),
    ("pencil", PENCIL),
    ("pin", PIN),
    ("play", PLAY),
    ("plus", PLUS),
    ("presentation", PRESENTATION),
    ("printer", PRINTER),
    ("redo-2", REDO_2),
    ("refresh-cw", REFRESH_CW),
    ("repeat", REPEAT),
    ("rotate-ccw", ROTATE_CCW),
    ("route", ROUTE),
    ("ruler", RULER),
    ("save", SAVE),
    ("save-all", SAVE_ALL),
    ("scale", SCALE),
    ("search", SEARCH),
    ("settings", SETTINGS),
    ("share-2", SHARE_2),
    ("shield-check", SHIELD_CHECK),
    ("ship", SHIP),
    ("ship-wheel", SHIP_WHEEL),
    ("skip-back", SKIP_BACK),
    ("skip-forward", SKIP_FORWARD),
    ("sliders-horizontal", SLIDERS_HORIZONTAL),
    ("spline", SPLINE),
    ("square-dashed", SQUARE_DASHED),
    ("star", STAR),
    ("sun", SUN),
    ("table", TABLE),
    ("table-2", TABLE_2),
    ("tag", TAG),
    ("trash-2", TRASH_2),
    ("triangle-alert", TRIANGLE_ALERT),
    ("type", TYPE),
    ("undo-2", UNDO_2),
    ("upload", UPLOAD),
    ("user", USER),
    ("users", USERS),
    ("waypoints", WAYPOINTS),
    ("weight", WEIGHT),
    ("x", X),
    ("zoom-in", ZOOM_IN),
    ("zoom-out", ZOOM_OUT),
];

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
