//! Files that are read and written, and what is said where one cannot be.

use std::fs::File;
use std::io::Read as _;
use std::path::Path;

use cs_core::wire::quoted;
use cs_core::{Error, Limits};

use super::failure::Failure;

/// One byte more than the library takes is read at most: it refuses such a file itself, and endless ones end.
pub(crate) fn read(what: &str, path: &Path) -> Result<Vec<u8>, Failure> {
    let mut bytes = Vec::new();
    let most = Limits::default().bytes.saturating_add(1);
    match File::open(path).and_then(|file| file.take(most).read_to_end(&mut bytes)) {
        Ok(_) => Ok(bytes),
        Err(fault) => {
            let path = quoted(&path.to_string_lossy());
            Err(Failure::WrongCall(format!("the {what} in {path} cannot be read: {fault}")))
        }
    }
}

/// What a file of JSON says.
pub(crate) fn read_json<T>(what: &str, path: &Path, of: impl Fn(&str) -> Result<T, Error>) -> Result<T, Failure> {
    let text = String::from_utf8(read(what, path)?);
    let text = text.map_err(|_| Failure::WrongCall(format!("the {what} is not text in UTF-8")))?;
    of(&text).map_err(|error| Failure::WrongCall(format!("the {what} cannot be read: {error}")))
}

/// Writes a file; it is told by the name that it goes by.
pub(crate) fn write(what: &str, path: &Path, content: &str) -> Result<String, Failure> {
    let shown = quoted(&path.to_string_lossy());
    match std::fs::write(path, content) {
        Ok(()) => Ok(shown),
        Err(fault) => Err(Failure::Refused(format!("the {what} {shown} could not be written: {fault}\n"))),
    }
}
