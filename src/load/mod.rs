//! Bytes of any format to a dataset and its findings.
