-- Where firms say they are. Reads staging.firm_record, staging.site_record and firm_number. Writes
-- the temporary tables site_claim, one row per site: the registered office of every firm (its
-- site_id is its firm_id), then further locations, without those that say no more than the
-- office's postcode or repeat another of the firm; and
-- site_unknown, one row per record of a location whose company is not on the register.
create or replace temp table site_claim as
select n.firm_id as site_id, n.firm_id, 'registered_office' as kind, r.postcode, r.lon_deg, r.lat_deg,
       r.source_id, r.record
from firm_number n
join staging.firm_record r using (source_id, record);

create or replace temp table further_site as
select n.firm_id, coalesce(s.kind, 'trading') as kind, s.postcode, s.lon_deg, s.lat_deg, s.source_id,
       s.record, office.postcode as office_postcode
from staging.site_record s
join firm_number n using (company_number)
join site_claim office on office.site_id = n.firm_id
where s.postcode is not null or s.lon_deg is not null
order by n.firm_id, s.source_id, s.record;

create or replace temp table new_site as
select * exclude (office_postcode)
from further_site
where lon_deg is not null or office_postcode is null or postcode <> office_postcode
qualify row_number() over (partition by firm_id, postcode, lon_deg, lat_deg
                           order by source_id, record) = 1
order by firm_id, source_id, record;

insert into site_claim
select (rowid + (select count(*) from firm_number))::uinteger, *
from new_site;

create or replace temp table site_unknown as
select s.source_id, s.record, s.company_number
from staging.site_record s
anti join firm_number n using (company_number)
anti join institution_firm i using (company_number);
