-- All ways into a sector together. Reads classify_sic, classify_words, classify_list,
-- classify_evidence, firm, evidence,
-- classify_ancestor, sector; writes firm_sector, one row per firm and sector. Codes make nearly all
-- rows; only the few others are put into order and joined to texts.
create or replace temp table classify_direct as
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
),
other as (
    select firm_id, sector_id, string_agg(reason, '; ' order by ordinal) as reason
    from way
    group by firm_id, sector_id
)
select firm_id, sector_id,
       case when o.reason is null then 'SIC ' || s.code
            when s.code is null then o.reason
            else 'SIC ' || s.code || '; ' || o.reason end as reason
from classify_sic s
full join other o using (firm_id, sector_id);

insert into firm_sector
with below as (
    select d.firm_id, a.ancestor_id as sector_id, min(d.sector_id) as through
    from classify_direct d
    join classify_ancestor a using (sector_id)
    group by d.firm_id, a.ancestor_id
)
select d.firm_id, d.sector_id, d.reason
from classify_direct d
union all
select b.firm_id, b.sector_id, 'sub-sector ' || s.name
from below b
join sector s on s.sector_id = b.through
anti join classify_direct d on d.firm_id = b.firm_id and d.sector_id = b.sector_id
order by sector_id, firm_id;
