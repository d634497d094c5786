-- The firms. Reads staging.firm_record, staging.account_record and institution_firm. Writes firm, one
-- row per entry of the register that is no institution, numbered by company number; and account, one
-- row per firm and period: the filing's own figures, and its figure for the year before where no
-- filing of that year gives one. A company number in several sources counts once, as the first source has it.
-- Reads the variable as_of; null: nothing is too late.
create or replace temp table register_entry as
with first_source as (select min(source_id) as source_id from staging.firm_record)
select company_number, source_id, record
from (
    select company_number, source_id, record
    from staging.firm_record
    where source_id = (select source_id from first_source)
    union all
    select company_number, source_id, record
    from staging.firm_record later
    where source_id > (select source_id from first_source)
      and not exists (
          select 1 from staging.firm_record earlier
          where earlier.company_number = later.company_number
            and earlier.source_id = (select source_id from first_source))
    qualify row_number() over (partition by company_number order by source_id, record) = 1
)
where company_number not in (select company_number from institution_firm)
order by company_number;

create or replace temp table firm_number as
select rowid::uinteger as firm_id, company_number, source_id, record from register_entry;

create or replace temp table filed as
with filing as (
    -- Source and record as one number: the later filing has the larger.
    select n.firm_id, a.period_end,
           arg_max(a.employees, (a.source_id::ubigint << 48) + a.record) filter (a.employees is not null) as employees,
           arg_max(a.turnover_gbp, (a.source_id::ubigint << 48) + a.record) filter (a.turnover_gbp is not null) as turnover_gbp,
           arg_max(a.employees_last_year, (a.source_id::ubigint << 48) + a.record) filter (a.employees_last_year is not null) as employees_last_year
    from staging.account_record a
    join firm_number n using (company_number)
    where a.period_end <= coalesce(try_cast(getvariable('as_of') as date), date '9999-12-31')
    group by n.firm_id, a.period_end
),
year_before as (
    select firm_id, (period_end - interval 1 year)::date as period_end,
           arg_max(employees_last_year, period_end) as employees
    from filing
    where employees_last_year is not null
    group by all
)
-- Of equal days one row: never do both sides know the employees.
select firm_id, period_end, max(employees) as employees, max(turnover_gbp) as turnover_gbp
from (
    select firm_id, period_end, employees, turnover_gbp from filing
    union all
    select firm_id, period_end, employees, null
    from year_before
    where not exists (
        select 1 from filing
        where filing.firm_id = year_before.firm_id and filing.employees is not null
          and year(filing.period_end) = year(year_before.period_end))
)
group by firm_id, period_end;

insert into account
select firm_id, period_end, employees, turnover_gbp
from filed
where employees is not null or turnover_gbp is not null
order by firm_id, period_end;

insert into firm
with as_of as (select coalesce(try_cast(getvariable('as_of') as date), date '9999-12-31') as day),
newest as (
    select firm_id,
           arg_max(employees, period_end) filter (employees is not null) as employees,
           max(year(period_end)) filter (employees is not null) as employees_year,
           arg_max(turnover_gbp, period_end) filter (turnover_gbp is not null) as turnover_gbp,
           max(year(period_end)) filter (turnover_gbp is not null) as turnover_year
    from account
    group by firm_id
)
select n.firm_id, r.company_number, r.name, r.former_names, r.status,
       coalesce(r.dissolved, date '9999-12-31') > as_of.day - (as_of.day = date '9999-12-31')::integer
           and coalesce(r.incorporated <= as_of.day, true)
           and not coalesce(regexp_matches(r.status, '^(dissolved|closed|converted|removed)', 'i'), false),
       r.category, r.incorporated, r.dissolved, r.town, r.sic_codes, r.description, r.website,
       coalesce(newest.employees, r.employees), newest.employees_year,
       coalesce(newest.turnover_gbp, r.turnover_gbp), newest.turnover_year
from firm_number n
join staging.firm_record r using (source_id, record)
left join newest using (firm_id)
cross join as_of
order by n.firm_id;
