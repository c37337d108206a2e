//! A look at a zip archive's directory ahead of the reader, which takes memory for whatever number of members the
//! directory announces and, where it is damaged, goes in search of another one.

use std::collections::HashSet;
use std::io::{Read, Seek, SeekFrom};

use super::{FORMAT, MAX_DIRECTORY_SIZE, MAX_MEMBERS};
use crate::{Error, Problem, Result};

const END_SIGNATURE: u64 = 0x0605_4b50;
const END_SIZE: u64 = 22;
const LOCATOR_SIGNATURE: u64 = 0x0706_4b50;
const LOCATOR_SIZE: u64 = 20;
const END_64_SIGNATURE: u64 = 0x0606_4b50;
const END_64_SIZE: u64 = 56;
const ENTRY_SIGNATURE: u64 = 0x0201_4b50;

/// Where an archive's directory is.
#[derive(Debug, Clone, Copy)]
struct Directory {
    start: u64,
    size: u64,
    members: u64,
    /// The start of the record that has to follow it.
    end: u64,
}

/// Checks that the directory ends the archive, is of a reasonable size, and has no name twice.
pub(super) fn check(mut reader: impl Read + Seek) -> Result<()> {
    let length = reader.seek(SeekFrom::End(0))?;
    let directory = find(&mut reader, length)?;
    if directory.members > MAX_MEMBERS {
        let problem = Problem::TooLarge { what: "the number of members", found: directory.members, limit: MAX_MEMBERS };
        return Err(Error::new(problem));
    }
    if directory.size > MAX_DIRECTORY_SIZE {
        let what = "the size of the directory";
        let problem = Problem::TooLarge { what, found: directory.size, limit: MAX_DIRECTORY_SIZE };
        return Err(Error::new(problem));
    }
    if directory.start.checked_add(directory.size) != Some(directory.end) {
        let found = format!("a directory of {} bytes at {}", directory.size, directory.start);
        return Err(Error::malformed(found, format!("one that ends at {}", directory.end)));
    }
    check_names(&mut reader, directory)
}

fn find(reader: &mut (impl Read + Seek), length: u64) -> Result<Directory> {
    let wrong = |found: String| {
        let expected = "an end record without a comment in the last 22".to_owned();
        Error::new(Problem::WrongFormat { format: FORMAT, found, expected })
    };
    let end = length.checked_sub(END_SIZE).ok_or_else(|| wrong(format!("{length} bytes")))?;
    let record: [u8; END_SIZE as usize] = read_at(reader, end)?;
    let (disks, comment_length) = (number(&record, 4, 4), number(&record, 20, 2));
    if number(&record, 0, 4) != END_SIGNATURE || disks != 0 || comment_length != 0 {
        return Err(wrong("other bytes".to_owned()));
    }
    let directory = Directory {
        members: number(&record, 10, 2).max(number(&record, 8, 2)),
        size: number(&record, 12, 4),
        start: number(&record, 16, 4),
        end,
    };
    let is_full = directory.members == u64::from(u16::MAX)
        || directory.size == u64::from(u32::MAX)
        || directory.start == u64::from(u32::MAX);
    if is_full { find_64(reader, end) } else { Ok(directory) }
}

fn find_64(reader: &mut (impl Read + Seek), end: u64) -> Result<Directory> {
    let malformed = || Error::malformed("a zip64 archive in parts or with a damaged end record", "one whole archive");
    let locator_start = end.checked_sub(LOCATOR_SIZE).ok_or_else(malformed)?;
    let locator: [u8; LOCATOR_SIZE as usize] = read_at(reader, locator_start)?;
    let end_64 = number(&locator, 8, 8);
    let is_whole = number(&locator, 4, 4) == 0 && number(&locator, 16, 4) <= 1;
    let is_adjacent = end_64.checked_add(END_64_SIZE) == Some(locator_start);
    if number(&locator, 0, 4) != LOCATOR_SIGNATURE || !is_whole || !is_adjacent {
        return Err(malformed());
    }
    let record: [u8; END_64_SIZE as usize] = read_at(reader, end_64)?;
    if number(&record, 0, 4) != END_64_SIGNATURE || number(&record, 16, 8) != 0 {
        return Err(malformed());
    }
    Ok(Directory {
        members: number(&record, 32, 8).max(number(&record, 24, 8)),
        size: number(&record, 40, 8),
        start: number(&record, 48, 8),
        end: end_64,
    })
}

fn check_names(reader: &mut (impl Read + Seek), directory: Directory) -> Result<()> {
    reader.seek(SeekFrom::Start(directory.start))?;
    let mut bytes = Vec::new();
    reader.take(directory.size).read_to_end(&mut bytes)?;
    let mut entries = bytes.as_slice();
    let mut names = HashSet::new();
    for _ in 0..directory.members {
        let (name, rest) = split_entry(entries)
            .ok_or_else(|| Error::malformed("a damaged entry in the directory", "a member's name and place"))?;
        if !names.insert(name) {
            return Err(Error::new(Problem::DuplicateName { name: String::from_utf8_lossy(name).into_owned() }));
        }
        entries = rest;
    }
    if entries.is_empty() {
        return Ok(());
    }
    let found = format!("{} more bytes in the directory", entries.len());
    Err(Error::malformed(found, format!("{} members", directory.members)))
}

/// The first entry's name and the entries after it.
fn split_entry(entries: &[u8]) -> Option<(&[u8], &[u8])> {
    let (entry, rest) = entries.split_at_checked(46)?;
    if number(entry, 0, 4) != ENTRY_SIGNATURE {
        return None;
    }
    let (name, rest) = rest.split_at_checked(number(entry, 28, 2) as usize)?;
    let others = number(entry, 30, 2) + number(entry, 32, 2);
    Some((name, rest.get(others as usize..)?))
}

fn read_at<const N: usize>(reader: &mut (impl Read + Seek), start: u64) -> Result<[u8; N]> {
    let mut bytes = [0; N];
    reader.seek(SeekFrom::Start(start))?;
    reader.read_exact(&mut bytes)?;
    Ok(bytes)
}

/// The little-endian number of `size` bytes at `start`.
fn number(bytes: &[u8], start: usize, size: usize) -> u64 {
    let digits = bytes.iter().skip(start).take(size).rev();
    digits.fold(0, |number, &digit| number << 8 | u64::from(digit))
}
