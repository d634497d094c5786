-- The firms. Reads register_row and the newest filings (newest_employees and its like). Writes firm, one
-- row per entry of the register, in order of company number.
insert into firm
select rowid::uinteger, company_number, name, former_names, status, is_active, category, incorporated,
       dissolved, town, sic_codes, description, website,
       coalesce(newest_employees(rowid), employees), employees_year(rowid),
       coalesce(newest_turnover(rowid), turnover_gbp), turnover_year(rowid)
from register_row;
