use std::io::{Cursor, Write};

use proptest::prelude::*;

use super::*;

const LIMIT: u64 = 1 << 20;

/// A member as it is written, true or not.
#[derive(Clone)]
struct Raw {
    name: &'static [u8],
    method: u16,
    flags: u16,
    crc: u32,
    size: u32,
    mode: u32,
    data: Vec<u8>,
}

impl Raw {
    fn stored(name: &'static str, content: &[u8]) -> Self {
        let mut crc = flate2::Crc::new();
        crc.update(content);
        let size = content.len() as u32;
        Self {
            name: name.as_bytes(),
            method: 0,
            flags: 0,
            crc: crc.sum(),
            size,
            mode: 0o100_644,
            data: content.to_vec(),
        }
    }

    fn deflated(name: &'static str, content: &[u8]) -> Self {
        let mut encoder = flate2::write::DeflateEncoder::new(Vec::new(), flate2::Compression::best());
        encoder.write_all(content).unwrap();
        Self { method: 8, data: encoder.finish().unwrap(), ..Self::stored(name, content) }
    }

    fn common_fields(&self) -> Vec<u8> {
        let numbers = [self.crc, self.data.len() as u32, self.size].map(u32::to_le_bytes).concat();
        let shorts = [20, self.flags, self.method, 0, 33].map(u16::to_le_bytes).concat();
        [shorts, numbers, (self.name.len() as u32).to_le_bytes().to_vec()].concat()
    }

    fn local(&self) -> Vec<u8> {
        [b"PK\x03\x04", &self.common_fields()[..], self.name, &self.data].concat()
    }

    fn central(&self, offset: usize) -> Vec<u8> {
        let attributes = [0, 0, 0, self.mode << 16, offset as u32].map(u32::to_le_bytes).concat();
        [b"PK\x01\x02\x14\x03", &self.common_fields()[..], &attributes[6..], self.name].concat()
    }
}

fn directory_of(members: &[Raw]) -> (Vec<u8>, Vec<u8>) {
    let (mut bytes, mut directory) = (Vec::new(), Vec::new());
    for member in members {
        directory.extend(member.central(bytes.len()));
        bytes.extend(member.local());
    }
    (bytes, directory)
}

fn end_record(members: u16, size: u32, start: u32) -> Vec<u8> {
    [
        b"PK\x05\x06\0\0\0\0",
        &members.to_le_bytes()[..],
        &members.to_le_bytes(),
        &size.to_le_bytes(),
        &start.to_le_bytes(),
        &[0; 2],
    ]
    .concat()
}

fn zip_with_directory(bytes: &[u8], directory: &[u8], members: usize) -> Vec<u8> {
    let end = end_record(members as u16, directory.len() as u32, bytes.len() as u32);
    [bytes, directory, &end].concat()
}

fn zip_of(members: &[Raw]) -> Vec<u8> {
    let (bytes, directory) = directory_of(members);
    zip_with_directory(&bytes, &directory, members.len())
}

fn zip64_of(members: &[Raw], announced: u64) -> Vec<u8> {
    let (bytes, directory) = directory_of(members);
    let end = (bytes.len() + directory.len()) as u64;
    let counts = [announced, announced, directory.len() as u64, bytes.len() as u64].map(u64::to_le_bytes).concat();
    let record = [b"PK\x06\x06", &44_u64.to_le_bytes()[..], &[45, 0, 45, 0], &[0; 8], &counts].concat();
    let locator = [b"PK\x06\x07\0\0\0\0", &end.to_le_bytes()[..], &1_u32.to_le_bytes()].concat();
    [bytes, directory, record, locator, end_record(u16::MAX, u32::MAX, u32::MAX)].concat()
}

type Contents = BTreeMap<String, Vec<u8>>;

fn contents(bytes: &[u8]) -> Result<Contents> {
    let mut archive = Archive::open(Cursor::new(bytes), LIMIT)?;
    let names: Vec<String> = archive.names().map(str::to_owned).collect();
    names.into_iter().map(|name| Ok((name.clone(), archive.read(&name)?))).collect()
}

fn refused(bytes: &[u8]) -> String {
    contents(bytes).expect_err("an archive that is not accepted").to_string()
}

fn honest() -> Vec<Raw> {
    vec![Raw::stored("a", b"first"), Raw::deflated("folder/b", &[7; 1000])]
}

#[test]
fn honest_archives_are_read() {
    let expected = Contents::from([("a".to_owned(), b"first".to_vec()), ("folder/b".to_owned(), vec![7; 1000])]);
    assert_eq!(contents(&zip_of(&honest())).unwrap(), expected);
    assert_eq!(contents(&zip64_of(&honest(), 2)).unwrap(), expected);
    assert_eq!(contents(&zip_of(&[])).unwrap(), Contents::new());
    let folder = Raw { mode: 0o40_755, ..Raw::stored("folder/", b"") };
    assert_eq!(contents(&zip_of(&[&[folder], &honest()[..]].concat())).unwrap(), expected);
}

#[test]
fn missing_members_are_named() {
    let bytes = zip_of(&honest());
    let mut archive = Archive::open(Cursor::new(&bytes), LIMIT).unwrap();
    let error = archive.read("config.json").unwrap_err();
    assert_eq!(error.to_string(), "`config.json` is missing, expected one of: `a`, `folder/b`");
}

#[test]
fn other_files_are_named_as_such() {
    for bytes in [&b""[..], b"x", b"PK", &[0; 64], &[&zip_of(&honest())[..], b"x"].concat()] {
        assert!(refused(bytes).starts_with("not a zip archive: "), "{}", refused(bytes));
    }
}

#[test]
fn cut_archives_are_refused() {
    let bytes = zip_of(&honest());
    for length in 0..bytes.len() {
        refused(&bytes[..length]);
        refused(&bytes[bytes.len() - length..]);
    }
    refused(&[b"junk", &bytes[..]].concat());
}

#[test]
fn flipped_bytes_in_members_are_refused() {
    for (members, start) in
        [(vec![Raw::stored("a", b"content")], 31), (vec![Raw::deflated("a", b"content content")], 31)]
    {
        let bytes = zip_of(&members);
        for place in start..start + members[0].data.len() {
            let mut flipped = bytes.clone();
            flipped[place] ^= 0x20;
            assert!(refused(&flipped).starts_with("member `a`: "));
        }
    }
}

#[test]
fn bombs_are_refused() {
    let bomb = Raw::deflated("bomb", &vec![0; 64 << 20]);
    let found = refused(&zip_of(std::slice::from_ref(&bomb)));
    assert_eq!(found, "member `bomb`: the size of the inflated members is 67108864, expected at most 1048576");
    let lying = Raw { size: 10, ..bomb };
    assert!(refused(&zip_of(&[lying])).contains("larger than its declared uncompressed size"));
    let half = |name| Raw::deflated(name, &vec![0; 700 << 10]);
    let found = refused(&zip_of(&[half("a"), half("b")]));
    assert_eq!(found, "member `b`: the size of the inflated members is 1433600, expected at most 1048576");
    let short = Raw { size: 1000, ..Raw::deflated("a", b"short") };
    assert_eq!(refused(&zip_of(&[short])), "member `a`: found 5 bytes, expected 1000");
    let stored = Raw { size: 10, ..Raw::stored("a", b"stored") };
    assert_eq!(refused(&zip_of(&[stored])), "member `a`: found 10 bytes stored as 6, expected one size");
}

#[test]
fn too_many_members_are_refused_before_they_are_listed() {
    assert_eq!(refused(&zip64_of(&[], 1_000_000)), "the number of members is 1000000, expected at most 65536");
    let many: Vec<Raw> = (0..70_000).map(|_| Raw::stored("x", b"")).collect();
    assert_eq!(refused(&zip64_of(&many, 70_000)), "the number of members is 70000, expected at most 65536");
    assert!(refused(&zip_of(&many)).contains("twice"));
    let long = Raw { name: &[b'n'; 60_000], ..Raw::stored("", b"") };
    let found = refused(&zip64_of(&vec![long; 300], 300));
    assert_eq!(found, "the size of the directory is 18013800, expected at most 16777216");
}

#[test]
fn two_members_of_one_name_are_refused() {
    let bytes = zip_of(&[Raw::stored("a", b"1"), Raw::stored("b", b"2"), Raw::stored("a", b"3")]);
    assert_eq!(refused(&bytes), "found the name `a` twice, expected distinct names");
}

#[test]
fn overlapping_and_hidden_members_are_refused() {
    let member = Raw::stored("a", b"content");
    let local = member.local();
    let other_name = Raw { name: b"b", ..member.clone() };
    let overlapping = [member.central(0), other_name.central(0)].concat();
    refused(&zip_with_directory(&local, &overlapping, 2));
    let inner = Raw::stored("b", b"x");
    let outer = Raw::stored("a", &inner.local());
    let offset = outer.local().len() - inner.local().len();
    let found = refused(&zip_with_directory(&outer.local(), &[outer.central(0), inner.central(offset)].concat(), 2));
    assert!(found.contains("overlapping"), "{found}");
    let hidden = [member.local(), other_name.local()].concat();
    refused(&zip_with_directory(&hidden, &member.central(0), 1));
}

#[test]
fn directory_and_end_record_have_to_agree() {
    let (bytes, directory) = directory_of(&honest());
    for members in [0, 1, 3, 500] {
        refused(&zip_with_directory(&bytes, &directory, members));
    }
    let start = bytes.len() as u32;
    for (size, start) in [(0, 0), (1, start), (u32::MAX, start), (directory.len() as u32, start + 1), (1000, u32::MAX)]
    {
        refused(&[&bytes[..], &directory, &end_record(2, size, start)].concat());
    }
}

#[test]
fn names_that_point_elsewhere_are_refused() {
    let names = ["../../x", "/etc/x", "C:\\x", "C:x", "a/../b", "a\\b", "a\0b", "", "a//b", "./a", "..", "../folder/"];
    for name in names {
        let found = refused(&zip_of(&[Raw::stored(name, b"")]));
        assert!(
            found.starts_with(&format!("found the name `{}`", name.trim_end_matches('/').escape_debug())),
            "{found}"
        );
        let written = write(Cursor::new(Vec::new()), [(name.to_owned(), Vec::new())], Compression::Stored);
        assert!(written.is_err(), "{name}");
    }
}

#[test]
fn links_encryption_and_other_methods_are_unsupported() {
    let member = Raw::stored("a", b"content");
    let cases = [
        (Raw { mode: 0o120_777, ..member.clone() }, "a symbolic link"),
        (Raw { flags: 1, ..member.clone() }, "encryption"),
        (Raw { method: 12, ..member.clone() }, "the compression method"),
        (Raw { method: 99, ..member }, "the compression method"),
    ];
    for (member, message) in cases {
        let found = refused(&zip_of(&[member]));
        assert!(found.starts_with(&format!("member `a`: {message}")) && found.contains("is unsupported"), "{found}");
    }
}

fn written(members: &Contents, compression: Compression) -> Vec<u8> {
    let mut bytes = Vec::new();
    write(Cursor::new(&mut bytes), members.clone(), compression).unwrap();
    bytes
}

#[test]
fn two_members_of_one_name_are_not_written() {
    let twice = [("a".to_owned(), vec![]), ("a".to_owned(), vec![])];
    let error = write(Cursor::new(Vec::new()), twice, Compression::Stored).unwrap_err();
    assert!(matches!(error.problem(), Problem::DuplicateName { .. }));
}

fn any_contents() -> impl Strategy<Value = (Contents, Compression)> {
    let contents =
        prop::collection::btree_map("[a-zé🦄]{1,5}(/[a-z]{1,3})?", prop::collection::vec(any::<u8>(), 0..300), 0..5);
    (contents, prop_oneof![Just(Compression::Stored), Just(Compression::Deflated)])
}

proptest! {
    #[test]
    fn every_archive_comes_back((members, compression) in any_contents()) {
        let bytes = written(&members, compression);
        prop_assert_eq!(contents(&bytes).unwrap(), members.clone());
        prop_assert_eq!(written(&members, compression), bytes);
    }

    #[test]
    fn no_mutation_panics(
        (members, compression) in any_contents(),
        changes in prop::collection::vec((any::<prop::sample::Index>(), any::<u8>()), 1..5),
    ) {
        let mut bytes = written(&members, compression);
        for (place, byte) in changes {
            let place = place.index(bytes.len());
            bytes[place] = byte;
        }
        let _ = contents(&bytes);
    }
}
