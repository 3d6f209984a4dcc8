//! Makes `gongkai.js`, `gongkai.d.ts` and `gongkai_bg.wasm` of what cargo built.
//!
//! ```text
//! bundle FILE.wasm FOLDER
//! ```

use std::env;
use std::process::ExitCode;
use wasm_bindgen_cli_support::Bindgen;

fn main() -> ExitCode {
    let arguments: Vec<String> = env::args().skip(1).collect();
    let [input, folder] = arguments.as_slice() else {
        eprintln!("usage: bundle FILE.wasm FOLDER");
        return ExitCode::from(2);
    };
    let mut bindgen = Bindgen::new();
    let made = bindgen.input_path(input).out_name("gongkai").web(true).and_then(|bindgen| {
        bindgen.typescript(true).omit_default_module_path(false).remove_name_section(true).generate(folder)
    });
    match made {
        Ok(()) => ExitCode::SUCCESS,
        Err(error) => {
            eprintln!("bundle: {error:#}");
            ExitCode::FAILURE
        }
    }
}
