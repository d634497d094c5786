-- Firms by words. Adds up what a firm's own texts, its best project and its best patent say for a
-- sector. Projects (patents) count only when those with the words are a large enough share of all
-- the firm's. Reads the hits, participation, patent; writes classify_words, one row per firm and
-- sector at or above the threshold.
create or replace temp table classify_words as
with own_text as (
    select firm_id, sector_id, sum(score) as score,
           string_agg(words, '; ' order by score desc, words) as words
    from classify_firm_hit
    group by firm_id, sector_id
),
firm_project as (
    select distinct firm_id, project_id
    from participation
    where firm_id is not null and not is_withdrawn
),
project_count as (
    select firm_id, count(*) as projects from firm_project group by firm_id
),
-- Title and abstract of one project add up; the words of the better speak, of equals the later in
-- the alphabet.
project_score as (
    select project_id, sector_id, sum(score) as score, arg_max(words, row(score, words)) as words
    from classify_project_hit
    group by project_id, sector_id
),
best_project as (
    select f.firm_id, s.sector_id, count(*) as matching, max(s.score) as score,
           arg_max(s.words || ' (' || p.reference || ')', row(s.score, -p.project_id::bigint)) as words
    from firm_project f
    join project_score s using (project_id)
    join project p using (project_id)
    group by f.firm_id, s.sector_id
),
patent_count as (
    select firm_id, count(*) as patents from patent where firm_id is not null group by firm_id
),
best_patent as (
    select p.firm_id, h.sector_id, count(*) as matching, max(h.score) as score,
           arg_max(h.words || ' (' || p.number || ')', row(h.score, -p.patent_id::bigint, h.words)) as words
    from classify_patent_hit h
    join patent p using (patent_id)
    group by p.firm_id, h.sector_id
),
part as (
    select 1 as ordinal, firm_id, sector_id, score, words from own_text
    union all
    select 2, b.firm_id, b.sector_id, b.score, b.words
    from best_project b
    join project_count using (firm_id)
    join classify_sector s using (sector_id)
    where b.matching >= s.min_project_share * projects
    union all
    select 3, b.firm_id, b.sector_id, b.score, b.words
    from best_patent b
    join patent_count using (firm_id)
    join classify_sector s using (sector_id)
    where b.matching >= s.min_project_share * patents
)
select firm_id, sector_id, 'word: ' || string_agg(words, '; ' order by ordinal) as reason
from part
join classify_sector using (sector_id)
group by firm_id, sector_id, threshold
-- Sums of tenths are not exact: a hair below the threshold is the threshold.
having sum(score) >= threshold - 1e-9;
