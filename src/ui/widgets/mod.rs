//! Small parts that several panels use; they know nothing of the atlas but its numbers and dates.

pub mod format;

mod counting;
mod empty_state;
mod icon_button;
mod later;
mod memo;
mod segmented;
mod stay_open_menu;

pub use counting::counting_ui;
pub use empty_state::empty_state_ui;
pub use icon_button::{button_ui, icon_button_ui, main_button_ui};
pub use later::{Beside, MANY_RECORDS, later, work_beside};
pub use memo::{filter_key, memo};
pub use segmented::segmented_ui;
pub use stay_open_menu::stay_open_menu_ui;
