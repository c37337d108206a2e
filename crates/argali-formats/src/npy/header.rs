use crate::encoding::{ByteOrder, MAX_RANK, MemoryOrder, Stored};
use crate::{Array, DType, Error, Problem, Result};

/// The multiple of bytes at which the data starts.
const ALIGNMENT: usize = 64;

/// The types read and the codes of their kind and size; the first of a type is the one written.
const DTYPES: [(&str, Stored); 12] = [
    ("f4", Stored::Plain(DType::F32)),
    ("f8", Stored::Plain(DType::F64)),
    ("f2", Stored::Float16),
    ("i1", Stored::Plain(DType::I8)),
    ("i2", Stored::Plain(DType::I16)),
    ("i4", Stored::Plain(DType::I32)),
    ("i8", Stored::Plain(DType::I64)),
    ("u1", Stored::Plain(DType::U8)),
    ("u2", Stored::Plain(DType::U16)),
    ("u4", Stored::Plain(DType::U32)),
    ("u8", Stored::Plain(DType::U64)),
    ("b1", Stored::Plain(DType::Bool)),
];

/// What a `.npy` file says about its data: a Python dictionary of `descr`, `fortran_order` and `shape`.
#[derive(Debug, PartialEq)]
pub(super) struct Header {
    pub(super) element: ElementType,
    pub(super) memory_order: MemoryOrder,
    pub(super) shape: Vec<u64>,
}

/// A type such as `<f4`: a byte order, and the code of kind and size.
#[derive(Debug, PartialEq)]
pub(super) struct ElementType {
    pub(super) byte_order: ByteOrder,
    code: String,
}

impl ElementType {
    pub(super) fn parse(descr: &str) -> Result<Self> {
        let (byte_order, code) = match descr.split_at_checked(1) {
            Some(("<" | "|", code)) => (ByteOrder::Little, code),
            Some((">", code)) => (ByteOrder::Big, code),
            _ => return Err(unsupported(descr)),
        };
        Ok(Self { byte_order, code: code.to_owned() })
    }

    /// The type as this crate knows it.
    pub(super) fn stored(&self) -> Result<Stored> {
        let known = DTYPES.iter().find(|(code, _)| *code == self.code);
        known.map(|(_, stored)| *stored).ok_or_else(|| unsupported(&self.code).at("header"))
    }
}

fn unsupported(descr: &str) -> Error {
    let kind = match descr.trim_start_matches(['<', '>', '|', '=']).chars().next() {
        Some('O') => "Python objects",
        Some('c') => "complex numbers",
        Some('U' | 'S') => "texts",
        Some('M' | 'm') => "dates and times",
        Some('V') => "raw bytes",
        _ => "unknown",
    };
    let codes: Vec<&str> = DTYPES.iter().map(|(code, _)| *code).collect();
    Error::new(Problem::Unsupported {
        found: format!("the type `{}` ({kind})", descr.escape_debug()),
        expected: format!("one of {}", codes.join(", ")),
    })
}

impl Header {
    pub(super) fn of(array: &Array) -> Self {
        let dtype = array.dtype();
        let code = DTYPES.iter().find(|(_, stored)| *stored == Stored::Plain(dtype)).map_or("", |(code, _)| code);
        Self {
            element: ElementType { byte_order: ByteOrder::Little, code: code.to_owned() },
            memory_order: MemoryOrder::C,
            shape: array.shape().iter().map(|&axis| axis as u64).collect(),
        }
    }

    /// Everything before the data, padded so that the data is aligned.
    pub(super) fn to_bytes(&self) -> Vec<u8> {
        let order = if self.element.code.ends_with('1') { '|' } else { '<' };
        let axes: Vec<String> = self.shape.iter().map(u64::to_string).collect();
        let comma = if axes.len() == 1 { "," } else { "" };
        let text = format!(
            "{{'descr': '{order}{}', 'fortran_order': False, 'shape': ({}{comma}), }}",
            self.element.code,
            axes.join(", ")
        );
        let unpadded = |prefix: usize| prefix + text.len() + 1;
        let short = u16::try_from(unpadded(10).next_multiple_of(ALIGNMENT) - 10);
        let (mut bytes, total) = match short {
            Ok(size) => ([b"\x93NUMPY\x01\0", &size.to_le_bytes()[..]].concat(), usize::from(size) + 10),
            Err(_) => {
                let total = unpadded(12).next_multiple_of(ALIGNMENT);
                ([b"\x93NUMPY\x02\0", &((total - 12) as u32).to_le_bytes()[..]].concat(), total)
            }
        };
        bytes.extend_from_slice(text.as_bytes());
        bytes.resize(total - 1, b' ');
        bytes.push(b'\n');
        bytes
    }

    pub(super) fn parse(bytes: &[u8]) -> Result<Self> {
        let text = std::str::from_utf8(bytes).map_err(|_| Error::malformed("bytes that are not UTF-8", "a text"))?;
        let mut literal = Literal { text, offset: 0 };
        let (mut descr, mut fortran_order, mut shape) = (None, None, None);
        literal.expect('{')?;
        while !literal.accept('}') {
            let key = literal.string()?;
            literal.expect(':')?;
            let is_new = match key {
                "descr" => descr.replace(literal.descr()?).is_none(),
                "fortran_order" => fortran_order.replace(literal.boolean()?).is_none(),
                "shape" => shape.replace(literal.shape()?).is_none(),
                _ => return Err(unknown_key(key)),
            };
            if !is_new {
                return Err(Error::new(Problem::DuplicateName { name: key.to_owned() }));
            }
            if !literal.accept(',') {
                literal.expect('}')?;
                break;
            }
        }
        literal.end()?;
        let missing = |key: &str| Error::malformed(format!("no key `{key}`"), "`descr`, `fortran_order` and `shape`");
        Ok(Self {
            element: ElementType::parse(descr.ok_or_else(|| missing("descr"))?)?,
            memory_order: match fortran_order.ok_or_else(|| missing("fortran_order"))? {
                true => MemoryOrder::Fortran,
                false => MemoryOrder::C,
            },
            shape: shape.ok_or_else(|| missing("shape"))?,
        })
    }
}

fn unknown_key(key: &str) -> Error {
    Error::malformed(format!("the key `{}`", key.escape_debug()), "`descr`, `fortran_order` and `shape`")
}

/// A reader of the few Python literals that a header consists of.
struct Literal<'a> {
    text: &'a str,
    offset: usize,
}

impl<'a> Literal<'a> {
    fn rest(&self) -> &'a str {
        self.text.get(self.offset..).unwrap_or_default()
    }

    fn skip_space(&mut self) {
        let rest = self.rest();
        self.offset += rest.len() - rest.trim_ascii_start().len();
    }

    fn accept(&mut self, symbol: char) -> bool {
        self.skip_space();
        let is_next = self.rest().starts_with(symbol);
        if is_next {
            self.offset += symbol.len_utf8();
        }
        is_next
    }

    fn expect(&mut self, symbol: char) -> Result<()> {
        if self.accept(symbol) { Ok(()) } else { Err(self.unexpected(format_args!("`{symbol}`"))) }
    }

    fn end(&mut self) -> Result<()> {
        self.skip_space();
        if self.rest().is_empty() { Ok(()) } else { Err(self.unexpected("the end of the header")) }
    }

    fn unexpected(&self, expected: impl std::fmt::Display) -> Error {
        let found = match self.rest().chars().next() {
            Some(symbol) => format!("`{}` at byte {}", symbol.escape_debug(), self.offset),
            None => "the end of the header".to_owned(),
        };
        Error::malformed(found, expected)
    }

    fn string(&mut self) -> Result<&'a str> {
        let quote = if self.accept('"') { '"' } else { '\'' };
        if quote == '\'' {
            self.expect('\'')?;
        }
        let (content, _) =
            self.rest().split_once(quote).ok_or_else(|| self.unexpected("a text with its closing quote"))?;
        self.offset += content.len() + 1;
        Ok(content)
    }

    fn descr(&mut self) -> Result<&'a str> {
        self.skip_space();
        if self.rest().starts_with(['[', '(']) {
            let expected = "one type for all elements".to_owned();
            return Err(Error::new(Problem::Unsupported { found: "a structured type".to_owned(), expected }));
        }
        self.string()
    }

    fn boolean(&mut self) -> Result<bool> {
        self.skip_space();
        for (word, value) in [("True", true), ("False", false)] {
            if self.rest().starts_with(word) {
                self.offset += word.len();
                return Ok(value);
            }
        }
        Err(self.unexpected("`True` or `False`"))
    }

    fn shape(&mut self) -> Result<Vec<u64>> {
        let mut axes = Vec::new();
        self.expect('(')?;
        while !self.accept(')') {
            if axes.len() == MAX_RANK {
                return Err(self.unexpected(format_args!("at most {MAX_RANK} axis lengths")));
            }
            axes.push(self.axis()?);
            if !self.accept(',') {
                self.expect(')')?;
                break;
            }
        }
        Ok(axes)
    }

    /// A length, with the suffix that Python 2 gave long integers.
    fn axis(&mut self) -> Result<u64> {
        self.skip_space();
        let rest = self.rest();
        let digits = rest.get(..rest.find(|c: char| !c.is_ascii_digit()).unwrap_or(rest.len())).unwrap_or_default();
        let axis = digits.parse().map_err(|_| self.unexpected("a length of 64 bits"))?;
        self.offset += digits.len();
        self.accept('L');
        Ok(axis)
    }
}
