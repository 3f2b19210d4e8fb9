//! See app/docs/architecture.md.
