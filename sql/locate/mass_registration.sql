-- Addresses at which firms are registered but do not work. Reads site_claim and firm. Writes
-- mass_registration_address, one row per postcode with at least so many active firms' registered
-- offices (variable mass_registration_firms) and fewer jobs per firm that reports jobs than any
-- workplace has (mass_registration_jobs_per_firm). Of one firm at most mass_registration_job_cap jobs
-- are counted: a larger figure is the firm's everywhere, not at this address.
insert into mass_registration_address
with address as (
    select s.postcode, count(*)::uinteger as active_firms,
           count(f.employees) as reporting_firms,
           sum(f.employees)::ubigint as employees_known,
           sum(least(f.employees, getvariable('mass_registration_job_cap')))
               filter (f.employees is not null) / count(f.employees) as jobs_per_firm
    from site_claim s
    join firm f using (firm_id)
    where s.kind = 'registered_office' and f.is_active and s.postcode is not null
    group by s.postcode
    having count(*) >= getvariable('mass_registration_firms')
)
select postcode, active_firms, employees_known,
       case when reporting_firms = 0
            then format('{:,} active firms, none of which reports a job', active_firms)
            else format('{:,} active firms; the {:,} that report jobs have {:.1f} each on average, fewer than the {:.1f} of any workplace',
                        active_firms, reporting_firms, jobs_per_firm,
                        getvariable('mass_registration_jobs_per_firm')::double) end
from address
where reporting_firms = 0 or jobs_per_firm < getvariable('mass_registration_jobs_per_firm')
order by postcode;
