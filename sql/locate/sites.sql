-- Where firms say they are. Reads register_row, staging.site_record and firm_of. Writes the temporary
-- tables further_site, one row per further location that can be somewhere; new_site, those that do not
-- say no more than the office's postcode or repeat another of the firm, in order of firm; and
-- site_unknown, one row per record of a location whose company is not on the register; and the
-- temporary view site_claim, one row per site: the registered office of every firm (its site_id is its
-- firm_id), then the new sites.
create or replace temp table further_site as
with located as (
    select firm_of(company_number) as firm_id, coalesce(kind, 'trading') as kind, postcode, lon_deg, lat_deg,
           source_id, record
    from staging.site_record
    where postcode is not null or lon_deg is not null
)
select s.firm_id::uinteger as firm_id, s.kind, s.postcode, s.lon_deg, s.lat_deg, s.source_id, s.record,
       office.postcode as office_postcode, office.is_active
from located s
join register_row office on office.rowid = s.firm_id
order by s.firm_id, s.source_id, s.record;

create or replace temp table new_site as
with one as (
    select * exclude (office_postcode)
    from further_site
    where lon_deg is not null or office_postcode is null or postcode <> office_postcode
    qualify row_number() over (partition by firm_id, postcode, lon_deg, lat_deg
                               order by source_id, record) = 1
)
select ((select count(*) from register_row) + row_number() over (order by firm_id, source_id, record) - 1)::uinteger as site_id, *
from one
order by site_id;

create or replace temp view site_claim as
select rowid::uinteger as site_id, rowid::uinteger as firm_id, 'registered_office' as kind, postcode, lon_deg,
       lat_deg, source_id, record, is_active
from register_row
union all
from new_site;

create or replace temp table site_unknown as
select s.source_id, s.record, s.company_number
from staging.site_record s
anti join institution_firm i using (company_number)
where firm_of(s.company_number) is null;
