-- The links that need no weighing. Reads mention, firm, asset and staging.firm_record. Writes
-- mention_link, one row per mention
--   1. whose company number is on the register: as printed, or with leading zeros to eight digits;
--      of a register entry that is an institution, the institution;
--   2. whose name is an institution's, in any of its spellings.
create or replace temp table asset_key as
select institution_key(name) as key, min(asset_id) as asset_id
from asset
group by all;

-- One row per mention and way to write its number: each is an equality that can be looked up.
create or replace temp table mention_number as
select mention_id,
       unnest(list_distinct([
           case when regexp_full_match(company_number, '[0-9]+') then lpad(company_number, greatest(8, length(company_number))::integer, '0')
                else upper(replace(company_number, ' ', '')) end,
           company_number])) as company_number
from mention
where company_number is not null;

create or replace temp table number_firm as
select company_number, firm_id
from firm
where company_number in (select company_number from mention_number);

create or replace temp table institution_number as
with asked as (
    select company_number, name
    from staging.firm_record
    where company_number in (select company_number from mention_number)
)
select r.company_number, a.asset_id
from (from asked anti join number_firm using (company_number)) r
join asset_key a on a.key = institution_key(r.name);

insert into mention_link
select n.mention_id, min(f.firm_id), case when min(f.firm_id) is null then min(i.asset_id) end,
       'number', 1.0
from mention_number n
left join number_firm f using (company_number)
left join institution_number i using (company_number)
where f.firm_id is not null or i.asset_id is not null
group by n.mention_id;

insert into mention_link
select m.mention_id, null, a.asset_id, 'institution', 1.0
from mention m
join asset_key a on a.key = m.institution_key
anti join mention_link done on done.mention_id = m.mention_id;

drop table mention_number;
drop table number_firm;
