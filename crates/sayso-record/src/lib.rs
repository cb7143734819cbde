//! From Document and Analysis to Record v1.
