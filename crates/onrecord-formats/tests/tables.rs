//! CSV, TSV, XLSX and Parquet.

mod make;

use std::sync::Arc;

use make::{all_well, gzip, notes, read, read_twice, read_with, text, zip};
use onrecord_formats::{FieldMap, Limits, Options};
use onrecord_model::{MediaType, RawPage};
use parquet::data_type::{ByteArray, ByteArrayType, Int64Type};
use parquet::file::properties::WriterProperties;
use parquet::file::writer::SerializedFileWriter;
use parquet::schema::parser::parse_message_type;

#[test]
fn rows_are_pages() {
    let file = "id,Title,Authors,publish_date,maintext,url,media_name\r\n\
                1,Port reopens,\"['Ana Tal', 'Omar Benn']\",2020-02-03,\"The port, closed\r\nsince May, reopened.\",https://example.org/a,Harbour Post\r\n\
                2,Cranes,,,He said \"\"yes\"\".,,\r\n";
    let utf16 = ["\u{feff}", file].concat();
    for (name, bytes) in [
        ("x.csv", file.as_bytes().to_vec()),
        ("x.csv.gz", gzip(file.as_bytes())),
        ("x.csv", [b"\xef\xbb\xbf", file.as_bytes()].concat()),
        (
            "x.csv",
            utf16.encode_utf16().flat_map(u16::to_le_bytes).collect(),
        ),
    ] {
        let pages = all_well(read_twice(name, &bytes));
        assert_eq!(pages.len(), 2);
        let declared = &pages[0].declared;
        assert_eq!(
            (pages[0].uri.as_str(), text(&pages[0]).as_str()),
            (
                format!("{name}#R2").as_str(),
                "The port, closed\r\nsince May, reopened."
            )
        );
        assert_eq!(declared.authors, ["Ana Tal", "Omar Benn"]);
        assert_eq!(declared.publisher.as_deref(), Some("Harbour Post"));
        assert_eq!(declared.published.as_deref(), Some("2020-02-03"));
        assert_eq!(declared.media_type, Some(MediaType::Text));
        assert_eq!(pages[1].declared.published, None);
    }
}

#[test]
fn other_signs_between_columns() {
    for (name, file) in [
        ("x.csv", "title;text\nA;One, two.\n"),
        ("x.csv", "title|text\nA|One, two.\n"),
        ("x.tsv", "title\ttext\nA\tOne, two.\n"),
        ("x.csv", "title\ttext\nA\tOne, two.\n"),
    ] {
        assert_eq!(
            text(&all_well(read_twice(name, file.as_bytes()))[0]),
            "One, two.",
            "{file}"
        );
    }
}

#[test]
fn a_map_of_ones_own() {
    let file = "Überschrift,Volltext,Zeitung\nHafen,Der Hafen ist offen.,Die Mole\n";
    let fields = FieldMap::from_toml(
        "text = 'volltext'\ntitle = 'Überschrift'\npublisher = ['Blatt', 'Zeitung']",
    );
    let options = Options {
        fields: fields.expect("a map"),
        ..Options::default()
    };
    let page = &all_well(read_with("x.csv", file.as_bytes(), &options))[0];
    assert_eq!(page.declared.title.as_deref(), Some("Hafen"));
    assert_eq!(page.declared.publisher.as_deref(), Some("Die Mole"));
    let all = read("x.csv", file.as_bytes());
    let note = notes(&all)[0];
    assert_eq!((all.len(), note.code.as_str()), (1, "no-text"));
    assert!(note.text.contains("Volltext") && note.text.contains("--fields"));
}

#[test]
fn rows_that_are_broken() {
    let file = b"title,text\nA,One.\nB\nC,Two.,more\nD,caf\xe9\nE,\nF,Six.\n";
    let all = read("x.csv", file);
    let codes: Vec<(String, String)> = notes(&all)
        .iter()
        .map(|n| (n.code.clone(), n.place.clone()))
        .collect();
    assert_eq!(
        codes,
        [
            ("broken-row", "x.csv#R3"),
            ("broken-row", "x.csv#R4"),
            ("no-text", "x.csv#R6")
        ]
        .map(|(a, b)| (a.to_owned(), b.to_owned()))
    );
    let pages: Vec<String> = all.iter().flatten().map(text).collect();
    assert_eq!(pages, ["One.", "café", "Six."]);

    // A quotation mark that is never closed takes no more memory than a few pages.
    let options = Options {
        limits: Limits {
            page_bytes: 1 << 20,
            ..Limits::default()
        },
        ..Options::default()
    };
    let endless = format!("title,text\nA,One.\nB,\"{}", "x\n".repeat(8 << 20));
    let all = read_with("x.csv", endless.as_bytes(), &options);
    assert_eq!(
        (
            all.len(),
            all[1].as_ref().expect_err("endless").code.as_str()
        ),
        (2, "too-large")
    );
}

/// A workbook with one sheet of these rows.
fn workbook(sheet: &str, strings: &[&str], styles: &str) -> Vec<u8> {
    let strings: String = strings
        .iter()
        .map(|s| format!("<si><t xml:space=\"preserve\">{s}</t></si>"))
        .collect();
    zip(&[
        ("[Content_Types].xml", b"<Types/>", true),
        ("xl/workbook.xml", b"<workbook xmlns:r='r'><sheets><sheet name='News &amp; #1' sheetId='1' r:id='rId7'/></sheets></workbook>", true),
        ("xl/_rels/workbook.xml.rels", b"<Relationships><Relationship Id='rId7' Target='worksheets/one.xml'/></Relationships>", true),
        ("xl/sharedStrings.xml", format!("<sst>{strings}</sst>").as_bytes(), true),
        ("xl/styles.xml", styles.as_bytes(), true),
        ("xl/worksheets/one.xml", format!("<worksheet><sheetData>{sheet}</sheetData></worksheet>").as_bytes(), true),
    ])
}

const DATES: &str =
    "<styleSheet><cellXfs><xf numFmtId='0'/><xf numFmtId='14'/></cellXfs></styleSheet>";

#[test]
fn sheets_have_rows_too() {
    let sheet = "<row r='1'><c r='A1' t='s'><v>0</v></c><c r='B1' t='s'><v>1</v></c><c r='D1' t='inlineStr'><is><t>date</t></is></c></row>\
                 <row r='2'/>\
                 <row r='5'><c r='A5' t='s'><v>2</v></c><c r='B5' t='str'><v>The port &lt;reopened&gt;._x000D_</v></c><c r='D5' s='1'><v>43864</v></c></row>";
    let file = workbook(sheet, &["title", "text", "Port"], DATES);
    let page = &all_well(read_twice("x.xlsx", &file))[0];
    assert_eq!(page.uri, "x.xlsx#News & %231#R5");
    assert_eq!(text(page), "The port <reopened>.\r");
    assert_eq!(page.declared.title.as_deref(), Some("Port"));
    assert_eq!(page.declared.published.as_deref(), Some("2020-02-03"));
}

#[test]
fn workbooks_made_to_harm() {
    let head = "<row r='1'><c r='A1' t='str'><v>text</v></c></row>";
    // A cell at the far end of an absurd sheet, a string that is not there, a row without end.
    let far = format!(
        "{head}<row r='99999999999999999999'><c r='XFE1' t='str'><v>x</v></c><c r='A2' t='str'><v>One.</v></c></row>"
    );
    assert_eq!(all_well(read("x.xlsx", &workbook(&far, &[], ""))).len(), 1);
    let none = format!(
        "{head}<row><c t='s'><v>99</v></c><c r='B2' t='str'><v>x</v></c></row><row><c t='str'><v>Two.</v></c></row>"
    );
    let all = read("x.xlsx", &workbook(&none, &[], ""));
    assert_eq!(all.len(), 2);
    assert_eq!(text(all[1].as_ref().expect("a page")), "Two.");
    let open = zip(&[
        (
            "xl/workbook.xml",
            b"<workbook><sheet name='A'/></workbook>",
            true,
        ),
        (
            "xl/worksheets/sheet1.xml",
            format!("<sheetData>{head}<row><c t='str'><v>x").as_bytes(),
            true,
        ),
    ]);
    assert_eq!(notes(&read("x.xlsx", &open))[0].code, "broken-workbook");
    assert_eq!(
        notes(&read(
            "x.xlsx",
            &zip(&[("xl/workbook.xml", b"<workbook/>", true)])
        ))[0]
            .code,
        "broken-workbook"
    );
    // A text that fills its cell was cut off.
    let long = format!(
        "{head}<row><c t='str'><v>{}</v></c></row>",
        "x".repeat(32_767)
    );
    let page = &all_well(read("x.xlsx", &workbook(&long, &[], "")))[0];
    assert_eq!(page.notes[0].code, "cut-off");
    let bomb = format!(
        "{head}<row><c t='str'><v>{}</v></c></row>",
        "x".repeat(20 << 20)
    );
    assert!(
        read("x.xlsx", &workbook(&bomb, &[], ""))
            .iter()
            .all(Result::is_err)
    );
}

/// A Parquet file of titles and texts, with a column of no use between them.
fn parquet(rows: &[(&str, Option<&str>)]) -> Vec<u8> {
    let schema = "message m { required binary title (UTF8); required int64 n; optional binary text (UTF8); }";
    let schema = Arc::new(parse_message_type(schema).expect("a schema"));
    let mut out = Vec::new();
    let mut writer = SerializedFileWriter::new(
        &mut out,
        schema,
        Arc::new(WriterProperties::builder().build()),
    )
    .expect("a writer");
    let mut group = writer.next_row_group().expect("a group");
    let bytes = |text: &str| ByteArray::from(text.as_bytes().to_vec());
    let titles: Vec<ByteArray> = rows.iter().map(|(title, _)| bytes(title)).collect();
    let mut column = group.next_column().expect("a column").expect("a column");
    column
        .typed::<ByteArrayType>()
        .write_batch(&titles, None, None)
        .expect("written");
    column.close().expect("closed");
    let mut column = group.next_column().expect("a column").expect("a column");
    let numbers: Vec<i64> = (0..rows.len() as i64).collect();
    column
        .typed::<Int64Type>()
        .write_batch(&numbers, None, None)
        .expect("written");
    column.close().expect("closed");
    let texts: Vec<ByteArray> = rows
        .iter()
        .filter_map(|(_, text)| text.map(bytes))
        .collect();
    let levels: Vec<i16> = rows
        .iter()
        .map(|(_, text)| i16::from(text.is_some()))
        .collect();
    let mut column = group.next_column().expect("a column").expect("a column");
    column
        .typed::<ByteArrayType>()
        .write_batch(&texts, Some(&levels), None)
        .expect("written");
    column.close().expect("closed");
    group.close().expect("closed");
    writer.close().expect("closed");
    out
}

#[test]
fn parquet_rows() {
    let file = parquet(&[
        ("Port", Some("The port reopened.")),
        ("Crane", None),
        ("Dock", Some("The dock is dry.")),
    ]);
    let all = read_twice("x.parquet", &file);
    assert_eq!(notes(&all)[0].place, "x.parquet#R2");
    let pages: Vec<&RawPage> = all.iter().flatten().collect();
    assert_eq!(
        (pages[1].uri.as_str(), pages[1].declared.title.as_deref()),
        ("x.parquet#R3", Some("Dock"))
    );
    // The same row is the same page in every table.
    let csv = all_well(read("x.csv", b"title,text\nPort,The port reopened.\n"));
    let sheet = "<row><c t='str'><v>title</v></c><c t='str'><v>text</v></c></row><row><c t='str'><v>Port</v></c><c t='str'><v>The port reopened.</v></c></row>";
    let xlsx = all_well(read("x.xlsx", &workbook(sheet, &[], "")));
    assert_eq!(
        (&csv[0].sha256, &xlsx[0].sha256),
        (&pages[0].sha256, &pages[0].sha256)
    );

    for cut in (1..file.len()).step_by(7) {
        assert!(
            read("x.parquet", &file[..cut]).iter().any(Result::is_err),
            "{cut}"
        );
    }
    let mut damaged = 0;
    for at in (4..file.len()).step_by(3) {
        let mut file = file.clone();
        file[at] ^= 0xff;
        damaged += usize::from(read("x.parquet", &file).len() != 3);
    }
    assert!(damaged > 0);
}
