-- Why a firm counts as RD&I-active. Reads participation, project, patent, deal, the temporary tables
-- evidence_kind (kind, source_table, counts), evidence_stage (kind, stage) and programme_period
-- (programme, last_day), and the variables as_of and window_years. Writes evidence, one row per linked
-- record that is of a kind the rules name.
--   * a participation is dated by the project's end where that is not after as_of, otherwise by its
--     start, otherwise by the last day of the programme's calls; one that was withdrawn is none;
--   * a patent by its filing; a deal, if its stage is one the rules name, by its announcement.
-- in_window: counts, and after as_of less window_years, and not after as_of. Undated: not in window.
-- as_of null: all that is dated is in the window.
insert into evidence
with as_of as (
    select coalesce(try_cast(getvariable('as_of') as date), date '9999-12-31') as day
),
participated as (
    select p.firm_id, k.kind,
           case when j.end_date <= as_of.day then j.end_date
                else coalesce(j.start_date, j.end_date, period.last_day) end as dated,
           j.reference, coalesce(j.title, j.programme, j.funder) as detail, p.award_gbp as amount_gbp, k.counts
    from participation p
    join project j using (project_id)
    join evidence_kind k on k.source_table = 'participation'
    left join programme_period period on upper(period.programme) = upper(j.programme)
    cross join as_of
    where p.firm_id is not null and not p.is_withdrawn
),
invented as (
    select p.firm_id, k.kind, p.filed as dated, p.number as reference, p.title as detail,
           null::double as amount_gbp, k.counts
    from patent p
    join evidence_kind k on k.source_table = 'patent'
    where p.firm_id is not null
),
financed as (
    select d.firm_id, k.kind, d.announced as dated, d.deal_id::varchar as reference, d.stage as detail,
           d.amount_gbp, k.counts
    from deal d
    join evidence_stage s on lower(trim(s.stage)) = lower(trim(d.stage))
    join evidence_kind k on k.kind = s.kind and k.source_table = 'deal'
    where d.firm_id is not null
),
piece as (
    from participated union all by name from invented union all by name from financed
)
select firm_id, kind, dated, reference, detail, amount_gbp,
       coalesce(counts and dated <= as_of.day
                and (as_of.day = date '9999-12-31'
                     or dated > (as_of.day - to_years(getvariable('window_years')::integer))::date), false)
from piece
cross join as_of
order by firm_id, dated, kind, reference, detail, amount_gbp;
