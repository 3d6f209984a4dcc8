//! Word files read in place.
