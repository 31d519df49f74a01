create view who_said_what as
select t.statement_id, coalesce(s.name, t.speaker_text) as speaker, t.kind, t.negated,
       (select group_concat(j.value, ' … ') from json_each(t.content) j) as content,
       o.name as addressee,
       (select group_concat(v.name, ', ')
        from json_each(t.via) j join actors v on v.actor_id = j.value) as according_to,
       t.date, t.date_precision, a.publisher, a.published, a.title, e.text as sentence,
       t.confidence, t.article_id
from statements t
join articles a on a.article_id = t.article_id
left join sentences e on e.sentence_id = json_extract(t.sentence_ids, '$[0]')
left join actors s on s.actor_id = t.speaker_id
left join actors o on o.actor_id = t.addressee_id;
