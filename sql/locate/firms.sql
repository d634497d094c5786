-- The firms. Reads staging.firm_record, what firm_of and source_of_firm say of it, is_active_firm and
-- the newest filings (newest_employees and its like). Writes firm, one row per entry of the register, in
-- order of company number. What goes by firm_id is looked up once the rows are in that order: then it
-- is the next in memory, and need not be put into order itself.
insert into firm
with entry as (
    select firm_of(company_number) as firm_id, *
    from staging.firm_record
    where source_of_firm(firm_id) = source_id
    order by firm_id
)
select firm_id::uinteger, company_number, name, former_names, status, is_active_firm(firm_id) = 1, category,
       incorporated, dissolved, town, sic_codes, description, website,
       coalesce(newest_employees(firm_id), employees), employees_year(firm_id),
       coalesce(newest_turnover(firm_id), turnover_gbp), turnover_year(firm_id)
from entry;
