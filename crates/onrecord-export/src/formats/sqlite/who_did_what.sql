create view who_did_what as
select t.event_id,
       (select group_concat(c.name, ', ')
        from json_each(t.actor_ids) j join actors c on c.actor_id = j.value) as actors,
       t.event_type, t.mode, t.status,
       (select group_concat(c.name, ', ')
        from json_each(t.recipient_ids) j join actors c on c.actor_id = j.value) as recipients,
       t.date, t.date_precision, p.name as place, p.lat as latitude, p.lon as longitude,
       v.name as according_to, a.publisher, a.published, a.title, e.text as sentence,
       t.quad, t.intensity, t.cameo, t.confidence, t.article_id
from events t
join articles a on a.article_id = t.article_id
left join sentences e on e.sentence_id = t.sentence_id
left join places p on p.place_id = t.place_id
left join actors v on v.actor_id = t.attributed_to;
