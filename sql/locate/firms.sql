-- The firms. Reads firm_number, staging.firm_record and newest_filing. Writes firm, one row per entry
-- of the register, in order of company number. Reads the variable as_of; null: nothing is too late.
insert into firm
with as_of as (select coalesce(try_cast(getvariable('as_of') as date), date '9999-12-31') as day)
select n.firm_id, r.company_number, r.name, r.former_names, r.status,
       coalesce(r.dissolved, date '9999-12-31') > as_of.day - (as_of.day = date '9999-12-31')::integer
           and coalesce(r.incorporated <= as_of.day, true)
           and not coalesce(regexp_matches(r.status, '^(dissolved|closed|converted|removed)', 'i'), false),
       r.category, r.incorporated, r.dissolved, r.town, r.sic_codes, r.description, r.website,
       coalesce(newest.employees, r.employees), newest.employees_year,
       coalesce(newest.turnover_gbp, r.turnover_gbp), newest.turnover_year
from firm_number n
join staging.firm_record r using (source_id, record)
left join newest_filing newest using (firm_id)
cross join as_of
order by n.firm_id;
