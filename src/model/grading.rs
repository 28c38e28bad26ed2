//! How good a statement is: Admiralty code, confidence, likelihood, attribution.

/// Declares an enum of words with the key used in files and the label shown to people.
macro_rules! worded {
    ($(#[$meta:meta])* $name:ident { $($(#[$vmeta:meta])* $variant:ident = $key:literal, $label:literal;)+ }) => {
        $(#[$meta])*
        #[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord)]
        pub enum $name { $($(#[$vmeta])* $variant,)+ }

        impl $name {
            /// All values in their order of display.
            pub const ALL: &'static [Self] = &[$(Self::$variant,)+];

            /// The word in files and on the command line.
            pub const fn key(self) -> &'static str {
                match self { $(Self::$variant => $key,)+ }
            }

            /// The words for people.
            pub const fn label(self) -> &'static str {
                match self { $(Self::$variant => $label,)+ }
            }

            /// The value with this [`key`](Self::key).
            pub fn from_key(key: &str) -> Option<Self> {
                Self::ALL.iter().copied().find(|value| value.key() == key)
            }
        }
    };
}
pub(super) use worded;

worded!(
    /// Admiralty code, reliability of a source. F is not worse than E: it cannot be judged.
    SourceReliability {
        /// Completely reliable.
        A = "A", "A · completely reliable";
        /// Usually reliable.
        B = "B", "B · usually reliable";
        /// Fairly reliable.
        C = "C", "C · fairly reliable";
        /// Not usually reliable.
        D = "D", "D · not usually reliable";
        /// Unreliable.
        E = "E", "E · unreliable";
        /// Cannot be judged.
        F = "F", "F · cannot be judged";
    }
);

worded!(
    /// Admiralty code, credibility of one item. 6 is not worse than 5: it cannot be judged.
    Credibility {
        /// Confirmed.
        Confirmed = "1", "1 · confirmed";
        /// Probably true.
        ProbablyTrue = "2", "2 · probably true";
        /// Possibly true.
        PossiblyTrue = "3", "3 · possibly true";
        /// Doubtful.
        Doubtful = "4", "4 · doubtful";
        /// Improbable.
        Improbable = "5", "5 · improbable";
        /// Cannot be judged.
        CannotBeJudged = "6", "6 · cannot be judged";
    }
);

worded!(
    /// How sure the atlas is of a corridor or a judgement.
    Confidence {
        /// Several events or an institution.
        High = "high", "High";
        /// One event, or a drawn stand-in.
        Medium = "medium", "Medium";
        /// Weak reporting.
        Low = "low", "Low";
    }
);

worded!(
    /// Whether a source names the group behind an event.
    Attribution {
        /// A source names that group or label.
        Explicit = "explicit", "Explicit";
        /// Nationality, press suspicion or conflicting reports.
        Suspected = "suspected", "Suspected";
        /// No group is named.
        None = "none", "None";
    }
);

worded!(
    /// The named scale that a likelihood word belongs to.
    LikelihoodScale {
        /// Intelligence Community Directive 203.
        Icd203 = "icd203", "ICD 203";
        /// UK Professional Head of Intelligence Assessment yardstick.
        Phia = "phia", "PHIA yardstick";
    }
);

/// A likelihood word as written, with its scale.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Likelihood {
    /// The word or words, for example "likely".
    pub words: String,
    /// The scale they are taken from, when stated.
    pub scale: Option<LikelihoodScale>,
}
