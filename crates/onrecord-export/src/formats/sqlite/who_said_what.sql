create view who_said_what as
select t.statement_id,
       coalesce((select s.name from actors s where s.actor_id = t.speaker_id),
                t.speaker_text) as speaker,
       t.kind, t.negated,
       (select group_concat(j.value, ' … ') from json_each(t.content) j) as content,
       (select o.name from actors o where o.actor_id = t.addressee_id) as addressee,
       (select group_concat(v.name, ', ')
        from json_each(t.via) j join actors v on v.actor_id = j.value) as according_to,
       t.date, t.date_precision,
       (select a.publisher from articles a where a.article_id = t.article_id) as publisher,
       (select a.published from articles a where a.article_id = t.article_id) as published,
       (select a.title from articles a where a.article_id = t.article_id) as title,
       (select e.text from sentences e
        where e.sentence_id = json_extract(t.sentence_ids, '$[0]')) as sentence,
       t.confidence, t.article_id
from statements t;
