-- All ways into a sector but codes. Reads classify_words, classify_list, classify_evidence, firm,
-- evidence; writes classify_other, one row per firm and sector, with all reasons.
create or replace temp table classify_other as
with way as (
    select f.firm_id, l.sector_id, 1 as ordinal, 'list' as reason
    from (select distinct sector_id, company_number from classify_list) l
    join firm f using (company_number)
    union all
    select firm_id, sector_id, 2, reason from classify_words
    union all
    select distinct e.firm_id, c.sector_id, 3, 'evidence: ' || replace(e.kind, '_', ' ')
    from classify_evidence c
    join evidence e on e.kind = c.kind and e.in_window
)
select firm_id, sector_id, string_agg(reason, '; ' order by ordinal) as reason
from way
group by firm_id, sector_id;
