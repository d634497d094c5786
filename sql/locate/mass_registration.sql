-- Addresses at which firms are registered but do not work. Reads register_row, newest_employees and
-- sites_there. Writes mass_registration_address, one row per postcode of active firms' registered offices where those that
-- report jobs have fewer on average than at any workplace (variable
-- mass_registration_jobs_per_firm), and which either
--   * has at least mass_registration_firms of them; or
--   * has at least formation_agent_firms of them, a share of formation_agent_young_share of which, and
--     twice the share among all firms, was incorporated in the two years to as_of: firms that
--     are formed by the dozen and gone before their first accounts.
-- Of one firm at most mass_registration_job_cap jobs are counted: a larger figure is the firm's
-- everywhere, not at this address. Where as_of is null the newest incorporation stands for it.
-- Only where enough sites are at all are firms brought together by postcode.
insert into mass_registration_address
with today as (
    select coalesce(try_cast(getvariable('as_of') as date), max(incorporated)) as as_of
    from register_row
    where is_active
),
register as (
    select count(*) filter (incorporated > as_of - interval 2 year) / count(incorporated) as young_share
    from register_row
    cross join today
    where is_active
),
active_firm as (
    select postcode, coalesce(newest_employees(register_row.rowid), employees) as employees,
           incorporated > as_of - interval 2 year as is_young, as_of
    from register_row
    cross join today
    where is_active and postcode is not null
      and coalesce(sites_there(register_row.rowid), 2147483647)
          >= least(getvariable('mass_registration_firms'), getvariable('formation_agent_firms'))
),
address as (
    select postcode, count(*)::uinteger as active_firms,
           count(employees) as reporting_firms,
           sum(employees)::ubigint as employees_known,
           sum(least(employees, getvariable('mass_registration_job_cap')))
               filter (employees is not null) / count(employees) as jobs_per_firm,
           count(*) filter (is_young) as young_firms,
           any_value(as_of) as as_of
    from active_firm
    group by postcode
    having count(*) >= least(getvariable('mass_registration_firms'), getvariable('formation_agent_firms'))
),
suspect as (
    select *, active_firms >= getvariable('mass_registration_firms') as is_many,
           active_firms >= getvariable('formation_agent_firms')
               and young_firms >= getvariable('formation_agent_young_share') * active_firms
               and young_firms >= 2 * coalesce(register.young_share, 1) * active_firms as is_wave
    from address
    cross join register
)
select postcode, active_firms, employees_known,
       format('{:,} active firms', active_firms)
           || case when is_many then ''
              else format(', {:.0f} % of them incorporated in the two years to {} (of all firms {:.0f} %)',
                          100.0 * young_firms / active_firms, as_of::varchar, 100 * young_share) end
           || case when reporting_firms = 0 and is_many then ', none of which reports a job'
              when reporting_firms = 0 then '; none reports a job'
              -- Cut off, not rounded: what is fewer must also read as fewer.
              else format('; the {:,} that report jobs have {:.2f} each on average, fewer than the {:g} of any workplace',
                          reporting_firms, floor(round(100 * jobs_per_firm, 6)) / 100,
                          getvariable('mass_registration_jobs_per_firm')::double) end
from suspect
where (is_many or is_wave)
  and (reporting_firms = 0 or jobs_per_firm < getvariable('mass_registration_jobs_per_firm'))
order by postcode;
