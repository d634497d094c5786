-- Firms by SIC code. Reads firm, classify_prefix; writes classify_sic, one row per firm and sector.
create or replace temp table classify_code as
with code as (
    select distinct unnest(sic_codes) as code from firm
)
select c.code, p.sector_id
from code c
join classify_prefix p on not p.is_except and starts_with(c.code, p.prefix)
where not exists (
    select 1 from classify_prefix x
    where x.is_except and x.sector_id = p.sector_id and starts_with(c.code, x.prefix)
)
group by c.code, p.sector_id;

create or replace temp table classify_sic as
with firm_code as (
    select firm_id, unnest(sic_codes) as code, unnest(range(len(sic_codes))) as position
    from firm
)
select f.firm_id, s.sector_id, arg_min(f.code, f.position) as code
from firm_code f
join classify_code s using (code)
group by f.firm_id, s.sector_id;
