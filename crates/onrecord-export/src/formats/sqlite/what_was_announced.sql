create view what_was_announced as
select t.outlook_id, c.name as actor, t.type, t.content, t.made, t.horizon, t.outcome,
       t.outcome_note, a.publisher, a.published, a.title, e.text as sentence, a.article_id
from outlooks t
join actors c on c.actor_id = t.actor_id
left join sentences e on e.sentence_id = t.sentence_id
left join articles a on a.article_id = e.article_id;
