//! Any description and any weights file: read or refused, never a panic, and what is read has the
//! shape it says.
#![no_main]

use libfuzzer_sys::fuzz_target;
use sayso_model::{Verify, Weights};

fuzz_target!(|input: (String, Vec<u8>, Vec<u8>)| {
    // As it comes; and behind a description that fits any file, so that the header is reached.
    let (description, header, data) = input;
    let _ = Weights::from_parts(&description, data.clone(), Verify::Full);
    let mut file = (header.len() as u64).to_le_bytes().to_vec();
    file.extend(header);
    file.extend(data);
    let description = format!(
        "name = \"n\"\nversion = \"1\"\n[weights]\nbytes = {}\nsha256 = \"\"\n[numbers]\nn = 1\n\
         [tensors]\n\"a\" = {{ dtype = \"F32\", shape = [2, 2] }}\n\
         \"b\" = {{ dtype = \"I8\", shape = [1, 2] }}\n\
         \"b.scale\" = {{ dtype = \"F32\", shape = [1] }}\n",
        file.len()
    );
    if let Ok(weights) = Weights::from_parts(&description, file, Verify::Trusted) {
        let _ = weights.matrix("a", 2, 2).map(|values| assert_eq!(values.len(), 4));
        let _ = weights.table("b", 1, 2).map(|table| assert_eq!(table.width(), 2));
        let _ = weights.keys("a").expect_err("no keys");
    }
});
