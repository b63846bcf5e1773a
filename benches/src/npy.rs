//! Writes an instance as NumPy files, so that any other solver can read the same arrays.

use std::fs;
use std::io;
use std::path::Path;

use crate::Instance;

/// Writes `indptr`, `node`, `score`, `capacity`, `parent` (−1 for a root) and, where there are tiers, `tier`, one `.npy`
/// file each, into a folder that is made if it does not exist.
///
/// # Errors
///
/// Whatever the file system reports.
pub fn write(instance: &Instance, folder: &Path) -> io::Result<()> {
    fs::create_dir_all(folder)?;
    let save = |name: &str, descr: &str, len: usize, bytes: Vec<u8>| {
        fs::write(folder.join(name).with_extension("npy"), [header(descr, len), bytes].concat())
    };
    let int64 = |values: &mut dyn Iterator<Item = i64>| values.flat_map(i64::to_le_bytes).collect::<Vec<u8>>();
    let int32 = |values: &mut dyn Iterator<Item = i32>| values.flat_map(i32::to_le_bytes).collect::<Vec<u8>>();

    save("indptr", "<i8", instance.indptr.len(), int64(&mut instance.indptr.iter().map(|&start| start as i64)))?;
    save("node", "<i4", instance.node.len(), int32(&mut instance.node.iter().map(|&node| node as i32)))?;
    save("score", "<i4", instance.score.len(), int32(&mut instance.score.iter().copied()))?;
    save("capacity", "<i8", instance.capacity.len(), int64(&mut instance.capacity.iter().map(|&c| c as i64)))?;
    let parents = &mut instance.parent.iter().map(|parent| parent.map_or(-1, i64::from));
    save("parent", "<i8", instance.parent.len(), int64(parents))?;
    if let Some(tier) = &instance.tier {
        save("tier", "|u1", tier.len(), tier.clone())?;
    }
    Ok(())
}

/// The header of version 1.0 of the format: magic, length, a Python dictionary padded to a multiple of 64 bytes.
fn header(descr: &str, len: usize) -> Vec<u8> {
    let mut text = format!("{{'descr': '{descr}', 'fortran_order': False, 'shape': ({len},), }}");
    let before = b"\x93NUMPY\x01\x00".len() + 2;
    let padding = (64 - (before + text.len() + 1) % 64) % 64;
    text += &" ".repeat(padding);
    text.push('\n');
    [b"\x93NUMPY\x01\x00".as_slice(), &(text.len() as u16).to_le_bytes(), text.as_bytes()].concat()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn header_is_aligned_and_names_type_and_length() {
        let header = header("<i4", 123);
        assert_eq!(header.len() % 64, 0);
        assert_eq!(header.last(), Some(&b'\n'));
        assert!(String::from_utf8_lossy(&header).contains("'descr': '<i4'"));
        assert!(String::from_utf8_lossy(&header).contains("'shape': (123,)"));
    }
}
