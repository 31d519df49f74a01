//! How much is read, of files made to be read without end.

/// Limits of what one file may hold. What goes beyond is left out with a note.
#[derive(Clone, Copy, Debug)]
pub struct Limits {
    /// Most bytes of one page, unpacked.
    pub page_bytes: u64,
    /// Most bytes of a document that must be had as a whole (DOCX, ODT, RTF, PDF, XLSX,
    /// MHTML, feeds, mails), and of the parts unpacked from it.
    pub document_bytes: u64,
    /// Most members of a ZIP or TAR file, sheets of a workbook, parts of a mail.
    pub members: usize,
    /// Packed data that unpacks to more than this many times its length is a bomb; saved
    /// pages reach ten, tables of nothing but the same row fifty.
    pub ratio: u64,
    /// Files in files in files: how deep.
    pub depth: usize,
}

impl Default for Limits {
    fn default() -> Limits {
        Limits {
            page_bytes: 16 << 20,
            document_bytes: 256 << 20,
            members: 1_000_000,
            ratio: 200,
            depth: 3,
        }
    }
}

/// Below this many unpacked bytes the ratio does not matter.
const SMALL: u64 = 1 << 20;

impl Limits {
    /// Most bytes that `packed` bytes may unpack to.
    pub(crate) fn unpacked(&self, packed: u64) -> u64 {
        packed.saturating_mul(self.ratio).max(SMALL)
    }
}
