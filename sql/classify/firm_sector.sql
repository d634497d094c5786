-- All ways into a sector together. Reads classify_sic, classify_words, classify_list, firm,
-- classify_ancestor, sector; writes firm_sector, one row per firm and sector.
create or replace temp table classify_direct as
with way as (
    select firm_id, sector_id, 1 as ordinal, 'SIC ' || code as reason from classify_sic
    union all
    select f.firm_id, l.sector_id, 2, 'list'
    from (select distinct sector_id, company_number from classify_list) l
    join firm f using (company_number)
    union all
    select firm_id, sector_id, 3, reason from classify_words
)
select firm_id, sector_id, string_agg(reason, '; ' order by ordinal) as reason
from way
group by firm_id, sector_id;

insert into firm_sector
with below as (
    select d.firm_id, a.ancestor_id as sector_id,
           'sub-sector ' || arg_min(s.name, d.sector_id) as reason
    from classify_direct d
    join classify_ancestor a using (sector_id)
    join sector s on s.sector_id = d.sector_id
    group by d.firm_id, a.ancestor_id
)
select firm_id, sector_id, coalesce(d.reason, b.reason)
from classify_direct d
full join below b using (firm_id, sector_id)
order by sector_id, firm_id;
