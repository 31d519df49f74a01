//! Codes of other codebooks.
