//! Makes the folder that the binary embeds, and has the binary rebuilt when the front end in it changes.

fn main() {
    let dist = std::path::Path::new("../../frontend/dist");
    // Without a front end built, the server still compiles; it says so on its pages.
    if let Err(error) = std::fs::create_dir_all(dist) {
        println!("cargo::warning=cannot create `{}`: {error}", dist.display());
    }
    println!("cargo::rerun-if-changed={}", dist.display());
}
