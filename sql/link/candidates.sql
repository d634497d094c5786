-- What a person might look at. Reads mention_candidate, mention and mention_claim. Writes
-- link_candidate, one row per kind of record, name, postcode and firm, likeliest first.
insert into link_candidate
select distinct c.record_kind, m.name, m.postcode, k.firm_id, k.method, k.score
from mention_candidate k
join mention m using (mention_id)
join mention_claim c
    on c.name = m.name and c.postcode is not distinct from m.postcode
   and c.company_number is not distinct from m.company_number
order by c.record_kind, k.score desc, m.name, m.postcode, k.firm_id;
