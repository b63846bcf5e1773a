//! An instance as NumPy files, so that every other solver can read the same arrays.
//!
//! Values pass through a small buffer, for instances that nearly fill the memory.

use std::fs::{self, File};
use std::io::{self, BufReader, BufWriter, Read, Write};
use std::path::Path;

use crate::Instance;

const MAGIC: &[u8] = b"\x93NUMPY\x01\x00";

/// Writes `indptr`, `node`, `score`, `capacity`, `parent` (−1 for a root) and, where there are tiers, `tier`, one `.npy`
/// file each, into a folder that is made if it does not exist.
///
/// # Errors
///
/// Whatever the file system reports.
pub fn write(instance: &Instance, folder: &Path) -> io::Result<()> {
    fs::create_dir_all(folder)?;
    let parents = instance.parent.iter().map(|parent| parent.map_or(-1, i64::from));
    save(folder, "indptr", "<i8", instance.indptr.iter().map(|&start| (start as i64).to_le_bytes()))?;
    save(folder, "node", "<i4", instance.node.iter().map(|&node| (node as i32).to_le_bytes()))?;
    save(folder, "score", "<i4", instance.score.iter().map(|&score| score.to_le_bytes()))?;
    save(folder, "capacity", "<i8", instance.capacity.iter().map(|&places| (places as i64).to_le_bytes()))?;
    save(folder, "parent", "<i8", parents.map(i64::to_le_bytes))?;
    match &instance.tier {
        Some(tier) => save(folder, "tier", "|u1", tier.iter().map(|&tier| [tier])),
        None => Ok(()),
    }
}

/// Writes a list of whole numbers as one file.
///
/// # Errors
///
/// Whatever the file system reports.
pub fn save_longs(folder: &Path, name: &str, values: impl ExactSizeIterator<Item = i64>) -> io::Result<()> {
    save(folder, name, "<i8", values.map(i64::to_le_bytes))
}

/// Reads an instance that [`write()`] has written; a planted optimum is not kept.
///
/// # Errors
///
/// Whatever the file system reports, and files of another form.
pub fn read(folder: &Path) -> io::Result<Instance> {
    let parent = |at: [u8; 8]| u32::try_from(i64::from_le_bytes(at)).ok();
    Ok(Instance {
        indptr: load(folder, "indptr", "<i8", |at| i64::from_le_bytes(at) as usize)?,
        node: load(folder, "node", "<i4", |at| i32::from_le_bytes(at) as u32)?,
        score: load(folder, "score", "<i4", i32::from_le_bytes)?,
        capacity: load(folder, "capacity", "<i8", |at| i64::from_le_bytes(at) as u64)?,
        parent: load(folder, "parent", "<i8", parent)?,
        tier: if folder.join("tier.npy").exists() { Some(load(folder, "tier", "|u1", |[tier]| tier)?) } else { None },
        optimum: None,
    })
}

fn save<const SIZE: usize>(
    folder: &Path,
    name: &str,
    descr: &str,
    values: impl ExactSizeIterator<Item = [u8; SIZE]>,
) -> io::Result<()> {
    let mut file = BufWriter::with_capacity(1 << 20, File::create(folder.join(name).with_extension("npy"))?);
    file.write_all(&header(descr, values.len()))?;
    for value in values {
        file.write_all(&value)?;
    }
    file.flush()
}

fn load<const SIZE: usize, T>(
    folder: &Path,
    name: &str,
    descr: &str,
    value: impl Fn([u8; SIZE]) -> T,
) -> io::Result<Vec<T>> {
    let wrong = || io::Error::new(io::ErrorKind::InvalidData, format!("{name}.npy is not a list of {descr}"));
    let mut file = BufReader::with_capacity(1 << 20, File::open(folder.join(name).with_extension("npy"))?);
    let mut start = [0; MAGIC.len() + 2];
    file.read_exact(&mut start)?;
    let mut text = vec![0; usize::from(u16::from_le_bytes([start[MAGIC.len()], start[MAGIC.len() + 1]]))];
    file.read_exact(&mut text)?;
    let text = String::from_utf8_lossy(&text);
    let len = text.split_once("'shape': (").and_then(|(_, rest)| rest.split_once(',')?.0.parse::<usize>().ok());
    let len = len.filter(|_| start.starts_with(MAGIC) && text.contains(descr)).ok_or_else(wrong)?;
    let mut values = Vec::with_capacity(len);
    for _ in 0..len {
        let mut bytes = [0; SIZE];
        file.read_exact(&mut bytes)?;
        values.push(value(bytes));
    }
    Ok(values)
}

/// The header of version 1.0 of the format: magic, length, a Python dictionary padded to a multiple of 64 bytes.
fn header(descr: &str, len: usize) -> Vec<u8> {
    let mut text = format!("{{'descr': '{descr}', 'fortran_order': False, 'shape': ({len},), }}");
    let before = MAGIC.len() + 2;
    let padding = (64 - (before + text.len() + 1) % 64) % 64;
    text += &" ".repeat(padding);
    text.push('\n');
    [MAGIC, &(text.len() as u16).to_le_bytes(), text.as_bytes()].concat()
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::family;

    #[test]
    fn header_is_aligned_and_names_type_and_length() {
        let header = header("<i4", 123);
        assert_eq!(header.len() % 64, 0);
        assert_eq!(header.last(), Some(&b'\n'));
        assert!(String::from_utf8_lossy(&header).contains("'descr': '<i4'"));
        assert!(String::from_utf8_lossy(&header).contains("'shape': (123,)"));
    }

    #[test]
    fn what_was_written_is_read() {
        let folder = std::env::temp_dir().join(format!("needmatch-npy-{}", std::process::id()));
        for name in ["tiers", "deep", "long_paths"] {
            let instance = family(name).unwrap().generate(200, 5);
            write(&instance, &folder).unwrap();
            assert_eq!(read(&folder).unwrap(), instance, "{name}");
            fs::remove_dir_all(&folder).unwrap();
        }
        assert!(read(&folder).is_err());
    }

    #[test]
    fn files_of_another_type_are_refused() {
        let folder = std::env::temp_dir().join(format!("needmatch-npy-type-{}", std::process::id()));
        write(&family("town").unwrap().generate(50, 5), &folder).unwrap();
        fs::copy(folder.join("indptr.npy"), folder.join("node.npy")).unwrap();
        assert_eq!(read(&folder).unwrap_err().kind(), io::ErrorKind::InvalidData);
        fs::remove_dir_all(&folder).unwrap();
    }
}
