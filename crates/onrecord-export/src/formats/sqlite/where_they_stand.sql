create view where_they_stand as
select t.position_id, t.issue,
       (select c.name from actors c where c.actor_id = t.actor_id) as actor,
       t.stance, t.scope, t.date, t.date_precision,
       (select v.name from actors v where v.actor_id = t.according_to) as according_to,
       (select a.publisher from sentences e join articles a on a.article_id = e.article_id
        where e.sentence_id = t.sentence_id) as publisher,
       (select a.published from sentences e join articles a on a.article_id = e.article_id
        where e.sentence_id = t.sentence_id) as published,
       (select a.title from sentences e join articles a on a.article_id = e.article_id
        where e.sentence_id = t.sentence_id) as title,
       (select e.text from sentences e where e.sentence_id = t.sentence_id) as sentence,
       t.confidence,
       (select e.article_id from sentences e where e.sentence_id = t.sentence_id) as article_id
from positions t;
