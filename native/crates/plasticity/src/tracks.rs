//! Who fired in the last bursts of the areas somebody watches. Source: spec/burst-engine.md section 7.1.

use std::collections::VecDeque;

/// The latest frames of one area.
#[derive(Debug, Clone, Default)]
pub struct Track {
    pub area: u32,
    /// Holds memory neurons that fired by pattern injection, instead of everybody.
    pub episodic: bool,
    /// Frames kept.
    pub window: u32,
    /// Ascending ids per burst, oldest first.
    pub frames: VecDeque<Vec<u32>>,
}

impl Track {
    /// The newest `depth` frames; none while the history is shorter.
    pub(crate) fn latest(&self, depth: u32) -> Option<impl Iterator<Item = &[u32]>> {
        let skipped = self.frames.len().checked_sub(depth as usize)?;
        Some(self.frames.iter().skip(skipped).map(Vec::as_slice))
    }

    /// Makes room for the frame of a new burst and returns it empty, in the memory of one that falls out.
    fn advance(&mut self) {
        let mut frame = if self.frames.len() >= self.window as usize {
            self.frames.pop_front().unwrap_or_default()
        } else {
            Vec::new()
        };
        frame.clear();
        self.frames.push_back(frame);
    }
}

/// All tracks, ascending (area, episodic).
#[derive(Debug, Clone, Default)]
pub struct Tracks(Vec<Track>);

impl Tracks {
    #[must_use]
    pub fn new(tracks: Vec<Track>) -> Self {
        Self(tracks)
    }

    #[must_use]
    pub fn is_empty(&self) -> bool {
        self.0.is_empty()
    }

    pub fn iter(&self) -> impl Iterator<Item = &Track> {
        self.0.iter()
    }

    /// Whether somebody watches an area.
    #[must_use]
    pub fn has(&self, area: u32, episodic: bool) -> bool {
        self.find(area, episodic).is_ok()
    }

    pub(crate) fn get(&self, area: u32, episodic: bool) -> Option<&Track> {
        self.find(area, episodic).ok().map(|at| &self.0[at])
    }

    fn find(&self, area: u32, episodic: bool) -> Result<usize, usize> {
        self.0
            .binary_search_by_key(&(area, episodic), |track| (track.area, track.episodic))
    }

    /// Watches an area from now on: as many empty frames as bursts have passed. A window that shrinks loses its oldest frames.
    pub fn track(&mut self, area: u32, episodic: bool, window: u32, burst: u32) {
        match self.find(area, episodic) {
            Ok(at) => {
                let track = &mut self.0[at];
                track.window = window;
                let kept = track.frames.len().min(window as usize);
                track.frames.drain(..track.frames.len() - kept);
            }
            Err(at) => {
                let frames = (0..window.min(burst)).map(|_| Vec::new()).collect();
                let track = Track {
                    area,
                    episodic,
                    window,
                    frames,
                };
                self.0.insert(at, track);
            }
        }
    }

    /// Watches an area no more.
    pub fn untrack(&mut self, area: u32, episodic: bool) {
        if let Ok(at) = self.find(area, episodic) {
            self.0.remove(at);
        }
    }

    /// Opens a frame for a new burst in every track.
    pub(crate) fn advance(&mut self) {
        self.0.iter_mut().for_each(Track::advance);
    }

    /// Notes a firing in the newest frame; ids come ascending.
    pub(crate) fn note(&mut self, area: u32, episodic: bool, id: u32) {
        if let Ok(at) = self.find(area, episodic)
            && let Some(frame) = self.0[at].frames.back_mut()
        {
            frame.push(id);
        }
    }

    /// Forgets that these ids ever fired; `gone` ascends.
    pub fn forget(&mut self, gone: &[u32]) {
        for frame in self.0.iter_mut().flat_map(|track| &mut track.frames) {
            frame.retain(|id| gone.binary_search(id).is_err());
        }
    }
}
