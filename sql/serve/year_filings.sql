-- Employees in the accounts that end in the years $1 to $2, counted from $1. One row per firm and day, by firm, then day: the order
-- of the table.
with as_of as (
    select coalesce(try_cast(max(value) filter (where parameter in ('as_of', 'project.as_of')) as date), date '9999-12-31') as day from run
)
select firm_id, (year(period_end) - $1)::utinyint as year, employees
from account, as_of
where employees is not null and period_end <= day and year(period_end) between $1 and $2;
