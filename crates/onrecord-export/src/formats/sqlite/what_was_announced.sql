create view what_was_announced as
select t.outlook_id,
       (select c.name from actors c where c.actor_id = t.actor_id) as actor,
       t.type, t.content, t.made, t.horizon, t.outcome, t.outcome_note,
       (select a.publisher from sentences e join articles a on a.article_id = e.article_id
        where e.sentence_id = t.sentence_id) as publisher,
       (select a.published from sentences e join articles a on a.article_id = e.article_id
        where e.sentence_id = t.sentence_id) as published,
       (select a.title from sentences e join articles a on a.article_id = e.article_id
        where e.sentence_id = t.sentence_id) as title,
       (select e.text from sentences e where e.sentence_id = t.sentence_id) as sentence,
       (select e.article_id from sentences e where e.sentence_id = t.sentence_id) as article_id
from outlooks t;
