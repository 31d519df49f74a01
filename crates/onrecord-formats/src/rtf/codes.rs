//! What control words and numbers of sets stand for.

use encoding_rs::Encoding;

/// The sign of a control word.
pub(super) fn sign(word: &str) -> Option<&'static str> {
    Some(match word {
        "tab" => "\t",
        "emdash" => "—",
        "endash" => "–",
        "lquote" => "‘",
        "rquote" => "’",
        "ldblquote" => "“",
        "rdblquote" => "”",
        "bullet" => "•",
        "emspace" | "enspace" | "qmspace" => " ",
        _ => return None,
    })
}

/// Destinations whose text is not the page's.
pub(super) fn is_outside(word: &str) -> bool {
    matches!(
        word,
        "colortbl"
            | "stylesheet"
            | "info"
            | "pict"
            | "object"
            | "header"
            | "headerl"
            | "headerr"
            | "headerf"
            | "footer"
            | "footerl"
            | "footerr"
            | "footerf"
            | "footnote"
            | "annotation"
            | "atnid"
            | "atnauthor"
            | "fldinst"
            | "xe"
            | "tc"
            | "tcn"
            | "bkmkstart"
            | "bkmkend"
            | "listtable"
            | "listoverridetable"
            | "listtext"
            | "pntext"
            | "pntxta"
            | "pntxtb"
            | "themedata"
            | "colorschememapping"
            | "datastore"
            | "latentstyles"
            | "rsidtbl"
            | "generator"
            | "filetbl"
            | "revtbl"
            | "deleted"
            | "nonshppict"
            | "template"
            | "private"
    )
}

/// The set of a code page's number.
pub(super) fn codepage(number: i64) -> Option<&'static Encoding> {
    let label = match number {
        437 | 850 | 1252 => "windows-1252",
        866 => "ibm866",
        874 => "windows-874",
        932 => "shift_jis",
        936 => "gbk",
        949 => "euc-kr",
        950 => "big5",
        1250..=1258 => return Encoding::for_label(format!("windows-{number}").as_bytes()),
        10_000 => "macintosh",
        65_001 => "utf-8",
        _ => return None,
    };
    Encoding::for_label(label.as_bytes())
}

/// The set of a font.
pub(super) fn charset(number: i64) -> Option<&'static Encoding> {
    let page = match number {
        0 => 1252,
        77 => 10_000,
        128 => 932,
        129 => 949,
        134 => 936,
        136 => 950,
        161 => 1253,
        162 => 1254,
        163 => 1258,
        177 => 1255,
        178 => 1256,
        186 => 1257,
        204 => 1251,
        222 => 874,
        238 => 1250,
        _ => return None,
    };
    codepage(page)
}
