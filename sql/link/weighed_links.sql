-- The links that names and addresses decided. Reads mention_match, whose entities are the firms and
-- then the institutions. Writes mention_link, one row per mention linked, and mention_candidate, one
-- row per mention and firm that a person might look at.
insert into mention_link
select mention_id,
       case when entity < (select count(*) from firm) then entity end,
       case when entity >= (select count(*) from firm) then (entity - (select count(*) from firm))::uinteger end,
       method, score
from mention_match
where is_link;

insert into mention_candidate
select mention_id, entity, method, score
from mention_match
where not is_link and entity < (select count(*) from firm);
