-- Reads cluster, sector, firm_sector and cluster_measure; one row per cluster, in exactly the 25 columns of the
-- officially published map's data file (version 2), so that scripts written for it run on ours.
-- "c": withheld, in the columns in which the published file has it (jobs, turnover, the years of tax
-- credits). Not available, or withheld in another column, is an empty cell (the published file has none), except
-- where the published file has a word for it: UNAVAILABLE, "No dominant Local Authority", "x". Shares are 0-1; the
-- patent share is a whole per cent or a band. Flags are the words TRUE and FALSE, the same in every format.
-- A figure is text here, for the sake of "c"; the exporter makes numbers of a column without one.
create or replace temp macro published_amount(amount, digits) as
    -- Rounded as in the published file, but what is not nought does not become nought: of fewer than
    -- five known jobs the file says how many, and of a part of one that there is one.
    (case when amount <> 0 and round(amount, digits) = 0 then greatest(1, round(amount))
          else round(amount, digits) end)::bigint::varchar;

-- The built-in sectors that the published file has too, as it spells them: a script that picks a sector by its
-- name there finds it here.
create or replace temp macro published_sector(name) as
    case lower(name)
        when 'clean energy industries' then 'Clean Energy'
        when 'creative industries' then 'Creative'
        when 'advanced connectivity technologies' then 'Advanced Connectivity'
        when 'space' then 'Space Economy'
        when 'advanced materials' then 'Advanced Materials'
        when 'artificial intelligence' then 'Artificial Intelligence'
        when 'cloud computing' then 'Cloud Computing'
        when 'data infrastructure' then 'Data Infrastructure'
        when 'design and modelling technologies' then 'Design and Modelling Technologies'
        when 'electronics manufacturing' then 'Electronics Manufacturing'
        when 'energy generation' then 'Energy Generation'
        when 'energy management' then 'Energy Management'
        when 'energy storage' then 'Energy Storage'
        when 'fintech' then 'FinTech'
        when 'immersive technologies' then 'Immersive Technologies'
        when 'land remediation' then 'Land Remediation'
        when 'legal services' then 'Legal Services'
        when 'modular construction' then 'Modular Construction'
        when 'robotics and autonomous systems' then 'Robotics and Autonomous Systems'
        when 'streaming economy' then 'Streaming Economy'
        when 'supply chain logistics' then 'Supply Chain Logistics'
        else name
    end;

create or replace temp table export_published as
with cell as (
    select cluster_id, measure, value, suppressed,
           case when suppressed
                    then case when measure in ('employment', 'turnover_gbp') or measure like 'rd_tax_credit_%' then 'c' end
                when measure in ('employment', 'turnover_gbp') then published_amount(value, -1)
                when measure in ('innovate_uk_funding_gbp', 'ukri_funding_gbp') then published_amount(value, 0)
                when measure like 'rd_tax_credit_%' then published_amount(value, -4)
                else value::varchar end as content
    from cluster_measure
),
figure as (
    select cluster_id,
           max(content) filter (measure = 'employment') as employment,
           max(content) filter (measure = 'turnover_gbp') as turnover,
           max(content) filter (measure = 'rdi_active_share') as rdi_active_share,
           max(content) filter (measure = 'ukri_engagement_share') as public_rd_share,
           max(content) filter (measure = 'patent_share') as patent_share,
           max(value) filter (measure = 'patent_share') as patent_value,
           max(content) filter (measure = 'innovate_uk_funding_gbp') as innovate_uk_funding,
           max(content) filter (measure = 'ukri_funding_gbp') as ukri_funding,
           max(content) filter (measure = 'rd_tax_credit_2019_20_gbp') as tax_2019,
           max(content) filter (measure = 'rd_tax_credit_2020_21_gbp') as tax_2020,
           max(content) filter (measure = 'rd_tax_credit_2021_22_gbp') as tax_2021,
           max(content) filter (measure = 'share_of_clustered_sites') as share_in_clusters,
           max(content) filter (measure = 'share_of_sector_sites') as share_in_sector,
           -- Withheld is a number from 1: that members meet is told.
           bool_or(suppressed or value > 0) filter (measure = 'innovate_uk_joint_projects' and (suppressed or value is not null))
               as meets_in_innovate_uk
    from cell
    group by cluster_id
),
-- Sectors of one's own, by what decides who is in them: the published file knows sectors by SIC codes, and
-- those that The Data City finds by lists and by words (RTIC).
own_sector as (
    select sector_id, if(bool_and(starts_with(m.reason, 'SIC ')), 'SIC', 'RTIC') as published_type
    from sector
    join firm_sector m using (sector_id)
    where type not in ('industrial_strategy', 'sic', 'frontier', 'technology')
    group by sector_id
)
select if(s.type in ('industrial_strategy', 'frontier', 'technology'), published_sector(s.name), s.name) as "Sector",
       row_number() over (partition by c.sector_id order by c.cluster_id) as "Cluster",
       c.site_count as "Site_Count",
       c.enterprise_count as "Enterprise_Count",
       f.employment as "Employment",
       f.turnover as "Turnover",
       upper(c.is_rdi_active::varchar) as "RD&I_Active",
       f.rdi_active_share as "Percentage_Innovation_Active",
       f.public_rd_share as "Percentage_IUK_or_UKRI_Engagement",
       -- Bands for small clusters, as in the published file.
       case
           when f.patent_value is null then f.patent_share
           when c.site_count <= 20 and f.patent_value <= 0.20 then '<=20%'
           when c.site_count < 120 and f.patent_value <= 0.10 then '<=10%'
           when f.patent_value <= 0.02 then '<=2%'
           else cast(cast(round(100 * f.patent_value) as integer) as varchar) || '%'
       end as "Percentage_with_Patent",
       f.innovate_uk_funding as "IUK_Funding",
       f.ukri_funding as "UKRI_Funding",
       f.tax_2019
           as "Qualifying_Expenditure_for_R&D_Tax_Credit_claims,_2019-20",
       f.tax_2020
           as "Qualifying_Expenditure_for_R&D_Tax_Credit_claims,_2020-21",
       f.tax_2021
           as "Qualifying_Expenditure_for_R&D_Tax_Credit_claims,_2021-22",
       f.share_in_clusters as "Percentage_of_sector_business_locations_in_clusters",
       f.share_in_sector as "Percentage_of_business_locations_in_sector",
       case s.type
           when 'industrial_strategy' then 'Industrial_Strategy'
           when 'sic' then 'SIC'
           when 'frontier' then 'Dsit_Emerging'
           when 'technology' then 'RTIC'
           else coalesce(o.published_type, 'RTIC')
       end as "Sector_Type",
       w.wkt as "Geometry",
       coalesce(c.la_1, 'No dominant Local Authority') as "LA1",
       coalesce(c.la_2, 'No dominant Local Authority') as "LA2",
       coalesce(c.la_3, 'No dominant Local Authority') as "LA3",
       upper(s.is_frontier::varchar) as "Frontier_Sector_Flag",
       coalesce(published_sector(s.industrial_strategy_parent), 'x') as "Industrial_Strategy_Parent_Sector",
       -- Of Innovate UK's projects only, as the column says; without any in the sources it is not known.
       coalesce(upper(f.meets_in_innovate_uk::varchar), 'UNAVAILABLE') as "Collaboration_in_IUK_Data"
from cluster c
join sector s using (sector_id)
left join own_sector o using (sector_id)
left join figure f using (cluster_id)
left join export_wkt w using (cluster_id)
where c.cluster_id in (select cluster_id from export_cluster)
order by c.cluster_id
