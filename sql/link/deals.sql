-- Who was invested in. Reads staging.deal_record, mention and mention_link. Writes deal, one row per
-- record, in their order, and deal_investor, one row per deal and investor named. A deal of an
-- institution stays without a firm.
create or replace temp table numbered_deal as
select (row_number() over (order by source_id, record) - 1)::uinteger as deal_id, *
from staging.deal_record
order by source_id, record;

insert into deal
select r.deal_id, r.company, r.announced, r.stage, r.amount_gbp, l.firm_id, coalesce(l.method, 'none'), l.score
from numbered_deal r
join mention m
    on m.name = r.company and m.postcode is not distinct from r.postcode
   and m.company_number is not distinct from nullif(trim(r.company_number), '')
left join mention_link l using (mention_id)
order by r.deal_id;

insert into deal_investor
with named as (
    select deal_id, trim(unnest(investors)) as investor from numbered_deal
)
select distinct deal_id, investor
from named
where investor <> ''
order by deal_id, investor;

drop table numbered_deal;
