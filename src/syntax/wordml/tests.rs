//! Tests of reading Word files in place.
