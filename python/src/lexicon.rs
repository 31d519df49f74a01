//! The lexicon that is asked for.

use std::path::Path;

use onrecord::lexicon::Lexicon;
use pyo3::prelude::*;

use crate::failed;

/// The built-in lexicon, or a folder of the user's over it.
#[derive(Debug)]
pub struct Known {
    own: Option<Box<Lexicon>>,
}

impl Known {
    pub fn new(folder: Option<&Path>) -> PyResult<Known> {
        let own = folder.map(|folder| Lexicon::with_folder(folder).map(Box::new));
        Ok(Known {
            own: own.transpose().map_err(failed)?,
        })
    }

    pub fn lexicon(&self) -> &Lexicon {
        match &self.own {
            Some(own) => own,
            None => Lexicon::built_in(),
        }
    }
}
