create view who_did_what as
select t.event_id,
       (select group_concat(c.name, ', ')
        from json_each(t.actor_ids) j join actors c on c.actor_id = j.value) as actors,
       t.event_type, t.mode, t.status,
       (select group_concat(c.name, ', ')
        from json_each(t.recipient_ids) j join actors c on c.actor_id = j.value) as recipients,
       t.date, t.date_precision,
       (select p.name from places p where p.place_id = t.place_id) as place,
       (select p.lat from places p where p.place_id = t.place_id) as latitude,
       (select p.lon from places p where p.place_id = t.place_id) as longitude,
       (select v.name from actors v where v.actor_id = t.attributed_to) as according_to,
       (select a.publisher from articles a where a.article_id = t.article_id) as publisher,
       (select a.published from articles a where a.article_id = t.article_id) as published,
       (select a.title from articles a where a.article_id = t.article_id) as title,
       (select e.text from sentences e where e.sentence_id = t.sentence_id) as sentence,
       t.quad, t.intensity, t.cameo, t.confidence, t.article_id
from events t;
