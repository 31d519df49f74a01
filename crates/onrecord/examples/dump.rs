//! Prints everything that is read on the pages given: `cargo run -p onrecord --example dump -- PAGE...`

#![allow(clippy::disallowed_methods)] // reads its pages from disk

use onrecord::{Kit, lexicon::Lexicon, model::RawPage, model::sha256_hex};

#[allow(clippy::print_stdout)]
fn main() {
    for path in std::env::args().skip(1) {
        let bytes = std::fs::read(&path).expect("a readable file");
        let raw = RawPage {
            uri: path,
            sha256: sha256_hex(&bytes),
            bytes,
            ..RawPage::default()
        };
        let (page, notes) = onrecord::pages::decode(&raw).expect("a page");
        let reading = onrecord::read(
            page,
            notes,
            &Default::default(),
            Kit {
                lexicon: Lexicon::built_in(),
            },
        );
        for line in &reading.lines {
            println!(
                "LINE {:3} {:?} {:16} [{}]",
                line.n,
                line.article,
                line.role.name(),
                line.reason
            );
        }
        for note in &reading.notes {
            println!("NOTE {note:?}");
        }
        for a in &reading.articles {
            let x = &a.article;
            println!(
                "\nARTICLE {} title={:?} author={:?} publisher={:?} published={:?} from={:?} within={:?} not_before={:?} repeats={} lang={:?}",
                x.n,
                x.title,
                x.author,
                x.publisher,
                x.published.map(|d| d.to_string()),
                x.published_from,
                x.dated_within.map(|d| d.to_string()),
                x.not_before.map(|d| d.to_string()),
                x.repeats,
                x.language
            );
            let name = |id: &str| {
                a.actor(id)
                    .map_or("?".to_owned(), |actor| actor.name.clone())
            };
            let names =
                |ids: &[String]| ids.iter().map(|id| name(id)).collect::<Vec<_>>().join("+");
            for actor in &a.actors {
                println!(
                    "ACTOR {} {} {:?} {:?} {:?} named={} roles={:?}",
                    actor.name,
                    actor.kind.name(),
                    actor.country,
                    actor.sectors,
                    actor.aliases,
                    actor.named,
                    actor
                        .roles
                        .iter()
                        .filter(|r| r.sentence_id.is_some())
                        .map(|r| (&r.title, &r.of))
                        .collect::<Vec<_>>()
                );
            }
            for r in &a.relations {
                println!(
                    "RELATION {} {} {} s{}",
                    name(&r.subject),
                    r.predicate.name(),
                    name(&r.object),
                    r.sentence
                );
            }
            for s in &a.sentences {
                println!("\nS{} p{} {}", s.n, s.paragraph, a.words(s.span));
                for m in a.mentions.iter().filter(|m| m.sentence == s.n) {
                    println!(
                        "   mention {:?} {:?} -> {} [{}]",
                        a.words(m.span),
                        m.kind,
                        m.actor.as_deref().map_or("-".into(), name),
                        m.made_by
                    );
                }
                for d in a.dates.iter().filter(|d| d.sentence == s.n) {
                    println!("   date {:?} = {} ({})", a.words(d.span), d.date, d.anchor);
                }
                for p in a.place_mentions.iter().filter(|p| p.sentence == s.n) {
                    println!("   place {:?}", a.words(p.span));
                }
                for st in a.statements.iter().filter(|st| st.sentence == s.n) {
                    println!(
                        "   STATEMENT {} [{:?}] cue={:?} content={:?} {} to={} via={} neg={} src={} date={:?} nested={:?} covers={:?} by={} {}",
                        st.speaker.as_deref().map_or("?".into(), name),
                        st.speaker_span.map(|s| a.words(s)),
                        st.cue.map(|s| a.words(s)),
                        st.content.iter().map(|c| a.words(*c)).collect::<Vec<_>>(),
                        st.kind.name(),
                        st.addressee.as_deref().map_or("-".into(), name),
                        names(&st.via),
                        st.negated,
                        st.source_kind.name(),
                        st.date.map(|d| d.to_string()),
                        st.nested_in,
                        st.sentences,
                        st.made_by,
                        st.confidence.value()
                    );
                }
                for e in a.events.iter().filter(|e| e.sentence == s.n) {
                    println!(
                        "   EVENT {} {:?} [{}] {} -> {} {} at={:?} date={:?} attr={} by={} {}",
                        e.event_type.name(),
                        e.mode,
                        a.words(e.trigger),
                        names(&e.actors),
                        names(&e.recipients),
                        e.status.name(),
                        e.place
                            .as_ref()
                            .and_then(|p| a.places.iter().find(|q| q.id == *p))
                            .map(|p| &p.name),
                        e.date.map(|d| d.to_string()),
                        e.attributed_to.as_deref().map_or("-".into(), name),
                        e.made_by,
                        e.confidence.value()
                    );
                }
                for p in a.positions.iter().filter(|p| p.sentence == s.n) {
                    println!(
                        "   POSITION {} {} {} scope={:?} according_to={} by={}",
                        name(&p.actor),
                        p.stance.name(),
                        p.issue,
                        p.scope,
                        p.according_to.as_deref().map_or("-".into(), name),
                        p.made_by
                    );
                }
                for o in a.outlooks.iter().filter(|o| o.sentence == s.n) {
                    println!(
                        "   OUTLOOK {} {} {:?} horizon={:?} made={:?}",
                        name(&o.actor),
                        o.outlook_type.name(),
                        a.words(o.content),
                        o.horizon.map(|h| a.words(h)),
                        o.made.map(|d| d.to_string())
                    );
                }
                for f in a.framings.iter().filter(|f| f.sentence == s.n) {
                    println!(
                        "   FRAMING {} {:?} voice={:?} {}",
                        name(&f.actor),
                        a.words(f.label),
                        f.voice,
                        f.tone.name()
                    );
                }
            }
        }
    }
}
