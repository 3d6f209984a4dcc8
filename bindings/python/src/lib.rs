//! The part of the Python package that is written in Rust: findings, figures and corrected bytes of one file, and the command.
//! Lists go to Python as JSON, in the shape that the command line has.

use gongkai::config::Language;
use gongkai::exchange::FileCheck;
use pyo3::create_exception;
use pyo3::exceptions::PyValueError;
use pyo3::prelude::*;
use std::ffi::OsString;
use std::io::Write;

create_exception!(gongkai, UnreadableError, PyValueError, "A file or a configuration that cannot be read, or not be written.");

/// What the functions are given.
struct Given<'a> {
    data: &'a [u8],
    filename: Option<&'a str>,
    config: Option<&'a str>,
    language: Option<&'a str>,
}

impl Given<'_> {
    /// What `what` makes of the file. Other threads of Python run meanwhile.
    fn with<T: Send>(&self, py: Python<'_>, what: impl Send + FnOnce(FileCheck) -> Result<T, String>) -> PyResult<T> {
        let language = match self.language {
            None => None,
            Some("zh") => Some(Language::Chinese),
            Some("en") => Some(Language::English),
            Some(other) => return Err(PyValueError::new_err(format!("language is 'zh' or 'en', not {other:?}"))),
        };
        let (data, filename, config) = (self.data.to_vec(), self.filename, self.config);
        py.detach(|| FileCheck::open(data, filename, config, language).and_then(what)).map_err(UnreadableError::new_err)
    }
}

/// Findings as a JSON array.
#[pyfunction]
fn check(py: Python<'_>, data: &[u8], filename: Option<&str>, config: Option<&str>, language: Option<&str>) -> PyResult<String> {
    Given { data, filename, config, language }.with(py, |file| Ok(file.findings()))
}

/// Figures as a JSON array.
#[pyfunction]
fn figures(py: Python<'_>, data: &[u8], filename: Option<&str>, config: Option<&str>) -> PyResult<String> {
    Given { data, filename, config, language: None }.with(py, |file| Ok(file.figures()))
}

/// The bytes with the safe fixes applied.
#[pyfunction]
fn fix(py: Python<'_>, data: &[u8], filename: Option<&str>, config: Option<&str>, language: Option<&str>) -> PyResult<Vec<u8>> {
    Given { data, filename, config, language }.with(py, |file| file.fixed())
}

/// Runs the command line with `arguments`, the program's name first, and gives the exit code.
#[pyfunction]
fn run(py: Python<'_>, arguments: Vec<OsString>) -> u8 {
    py.detach(|| {
        let code = gongkai::cli::run(arguments, gongkai::lsp::run);
        // Python ends without what Rust does at the end of a program of its own. Where stdout is closed, nothing is lost.
        let _ = std::io::stdout().flush();
        code
    })
}

#[pymodule]
fn _gongkai(module: &Bound<'_, PyModule>) -> PyResult<()> {
    module.add("__version__", gongkai::exchange::VERSION)?;
    module.add("UnreadableError", module.py().get_type::<UnreadableError>())?;
    module.add_function(wrap_pyfunction!(check, module)?)?;
    module.add_function(wrap_pyfunction!(figures, module)?)?;
    module.add_function(wrap_pyfunction!(fix, module)?)?;
    module.add_function(wrap_pyfunction!(run, module)?)
}
