create view where_they_stand as
select t.position_id, t.issue, c.name as actor, t.stance, t.scope, t.date, t.date_precision,
       v.name as according_to, a.publisher, a.published, a.title, e.text as sentence,
       t.confidence, a.article_id
from positions t
join actors c on c.actor_id = t.actor_id
left join sentences e on e.sentence_id = t.sentence_id
left join articles a on a.article_id = e.article_id
left join actors v on v.actor_id = t.according_to;
