//! What a caller can do wrong. Each kind names the code of `app/contracts/errors.ts` it becomes.

use thiserror::Error;

#[derive(Debug, Clone, PartialEq, Eq, Error)]
pub enum EngineError {
    #[error("The network is refused: {0}")]
    Network(String),
    #[error("The snapshot is refused: {0}")]
    Snapshot(String),
    #[error("The patch is refused: {0}")]
    Patch(String),
    #[error("A frame of {given} words is too small; this network needs {needed}")]
    FrameTooSmall { needed: usize, given: usize },
    #[error("The engine has run {0} bursts, as many as it can count")]
    Exhausted(u32),
    #[error("The engine's threads did not start: {0}")]
    Threads(String),
    #[error("{0}")]
    Unsupported(String),
}

impl EngineError {
    /// The error code a door shows.
    #[must_use]
    pub fn code(&self) -> &'static str {
        match self {
            Self::Network(_) | Self::Snapshot(_) => "E_NETWORK",
            Self::Patch(_) => "E_INVALID",
            Self::FrameTooSmall { .. } => "E_FRAME",
            Self::Exhausted(_) | Self::Threads(_) => "E_ENGINE",
            Self::Unsupported(_) => "E_UNSUPPORTED",
        }
    }
}
