-- Official disclosure, for exports and the server alike. Run before anything is published of an atlas:
-- the views stand before the tables of the same names, so that no query, present or future, can pass
-- them by. What is withheld is null and suppressed. The rules are told in docs/methods/disclosure.md.
-- Placeholders: atlas (the database), fewest, dominance, prior (the p of the p % rule).
create or replace temp macro disclosed_count(n) as case when n >= {fewest} then n end;

-- Why a sum is withheld; null: it is not. A cluster without its cluster_sum is withheld, not trusted.
create or replace temp macro sum_risk(amount, contributors, largest, second) as
    case when coalesce(contributors, 0) < {fewest} then 'fewer than {fewest} enterprises make it up'
         when largest > {dominance} * amount then 'one enterprise makes up more than half of it'
         when amount - largest - second < {prior} * largest
             then 'the second largest enterprise could work out the largest' end;

-- Why a sum is withheld that is rounded: as above, or since it would round to nought, which it is not.
create or replace temp macro rounded_sum_risk(amount, digits, contributors, largest, second) as
    coalesce(sum_risk(amount, contributors, largest, second),
             case when amount <> 0 and round(amount, digits) = 0 then 'it is less than what figures are rounded to' end);

create or replace temp view cluster as
select * replace (
    -- The reasons hold counts of a few enterprises and projects.
    case type when 'specialised' then 'Specialised: the location quotient lies above 1, neither by chance nor slightly'
              when 'rdi_collaborating' then 'R&D collaborating: members meet in projects more often than chance would have it'
              when 'diverse' then 'Diverse: RD&I-active, neither specialised nor collaborating above chance'
              else 'Not RD&I-active: too few or too small a share of its enterprises' end as type_reason)
from {atlas}.main.cluster
where enterprise_count >= {fewest};

-- Quotients of exact counts would tell the counts.
create or replace temp view area_sector as
select area_id, sector_id, disclosed_count(enterprises) as enterprises, if(enterprises >= {fewest}, sites, null) as sites,
       null::double as location_quotient, null::double as relatedness_density
from {atlas}.main.area_sector;

create or replace temp view cluster_member as
select * from {atlas}.main.cluster_member
where cluster_id in (select cluster_id from {atlas}.main.cluster where enterprise_count >= {fewest});

create or replace temp view cluster_measure as
with told as (
    select f.*, c.enterprise_count, s.contributors, s.largest, s.second
    from {atlas}.main.cluster_measure f
    join {atlas}.main.cluster c using (cluster_id)
    left join {atlas}.main.cluster_sum s
        on s.cluster_id = f.cluster_id and s.measure = f.measure and s.year is null
    where c.enterprise_count >= {fewest}
),
judged as (
    select *, case
        when value is null then null
        when measure in ('largest_firm_share', 'largest_firm_employment_share') then 'it describes one enterprise'
        when measure in ('employment', 'turnover_gbp') then rounded_sum_risk(value, -1, contributors, largest, second)
        when measure in ('public_funding_gbp', 'innovate_uk_funding_gbp', 'ukri_funding_gbp', 'eu_funding_gbp',
                         'private_investment_gbp') and value != 0
            then rounded_sum_risk(value, -3, contributors, largest, second)
        -- Its parts are shares of the whole.
        when measure in ('jobs_growth_1y', 'jobs_growth_5y') then sum_risk(1, contributors, largest, second)
        when measure in ('rdi_active_share', 'public_rd_share', 'ukri_engagement_share', 'patent_share', 'young_share')
             and round(value * coalesce(coverage, 1) * enterprise_count) between 1 and {fewest} - 1
            then 'fewer than {fewest} enterprises make it up'
        when measure in ('patents', 'deals', 'joint_projects', 'innovate_uk_joint_projects', 'collaborating_pairs')
             and value between 1 and {fewest} - 1
            then 'it is fewer than {fewest}'
    end as own_risk
    from told
),
-- A quotient of two sums tells one of them to who knows the other.
linked as (
    select *, case when measure = 'leverage' and value is not null
                    then max(own_risk) filter (measure in ('public_funding_gbp', 'private_investment_gbp'))
                             over (partition by cluster_id)
                   else own_risk end as risk
    from judged
)
select cluster_id, measure,
       case when risk is not null then null
            when measure in ('employment', 'turnover_gbp') then round(value, -1)
            when measure in ('public_funding_gbp', 'innovate_uk_funding_gbp', 'ukri_funding_gbp', 'eu_funding_gbp',
                             'private_investment_gbp') then round(value, -3)
            when measure = 'leverage' then round(value, 1)
            when measure in ('jobs_growth_1y', 'jobs_growth_5y') then round(value, 2)
            else value end as value,
       case when risk is null then low end as low, case when risk is null then high end as high,
       -- With the number of enterprises it tells how many add to the figure.
       case when risk is null then round(coverage, 2) end as coverage, if(risk is null, missing_reason, 'withheld: ' || risk) as missing_reason,
       case when risk is null then rank end as rank, case when risk is null then ranked_of end as ranked_of,
       risk is not null as suppressed
from linked;

-- Counts of enterprises to the nearest five; sums as those of the whole cluster.
create or replace temp view cluster_year as
with told as (
    select y.*,
           rounded_sum_risk(y.employees, -1, e.contributors, e.largest, e.second) is not null as hide_jobs,
           y.public_funding_gbp != 0
               and rounded_sum_risk(y.public_funding_gbp, -3, p.contributors, p.largest, p.second) is not null as hide_public,
           y.private_investment_gbp != 0
               and rounded_sum_risk(y.private_investment_gbp, -3, q.contributors, q.largest, q.second) is not null as hide_private
    from {atlas}.main.cluster_year y
    join {atlas}.main.cluster c on c.cluster_id = y.cluster_id and c.enterprise_count >= {fewest}
    left join {atlas}.main.cluster_sum e
        on e.cluster_id = y.cluster_id and e.year = y.year and e.measure = 'employment'
    left join {atlas}.main.cluster_sum p
        on p.cluster_id = y.cluster_id and p.year = y.year and p.measure = 'public_funding_gbp'
    left join {atlas}.main.cluster_sum q
        on q.cluster_id = y.cluster_id and q.year = y.year and q.measure = 'private_investment_gbp'
)
select cluster_id, year, (5 * round(enterprises / 5))::uinteger as enterprises,
       (5 * round(births / 5))::uinteger as births, (5 * round(deaths / 5))::uinteger as deaths,
       case when not hide_jobs then round(employees, -1) end::bigint as employees,
       case when not hide_jobs then (5 * round(employees_enterprises / 5)) end::uinteger as employees_enterprises,
       -- One year's step is the quotient of two sums: none is told unless every year's may be.
       case when not hide_index then round(jobs_index) end as jobs_index,
       case when not hide_index then (5 * round(jobs_index_enterprises / 5)) end::uinteger as jobs_index_enterprises,
       case when not coalesce(hide_public, false) then round(public_funding_gbp, -3) end as public_funding_gbp,
       case when not coalesce(hide_private, false) then round(private_investment_gbp, -3) end
           as private_investment_gbp
from (select *, bool_or(jobs_index is not null and (hide_jobs or jobs_index_enterprises < {fewest}))
                    over (partition by cluster_id) as hide_index
      from told);

-- No list that names firms; of the others no amount of money and no count of a few.
create or replace temp view cluster_item as
select i.* replace (
    case when i.unit = 'gbp' then null
         when i.unit in ('projects', 'deals', 'enterprises') then disclosed_count(i.value)
         when i.unit = 'share' and i.list in ('stage', 'age_band', 'size_band', 'place')
             then case when i.value * c.enterprise_count >= {fewest} then round(i.value, 2) end
         else i.value end as value)
from {atlas}.main.cluster_item i
join {atlas}.main.cluster c on c.cluster_id = i.cluster_id and c.enterprise_count >= {fewest}
where i.list not in ('top_firm', 'open_project_firm', 'top_partner');

create or replace temp view cluster_link as
select * replace (null::double as award_gbp)
from {atlas}.main.cluster_link
where cluster_id in (select cluster_id from {atlas}.main.cluster where enterprise_count >= {fewest});
