-- Working tables of the classification, temporary.
-- Sectors' numbers are their positions in the definitions.
create or replace temp table classify_sector (
    sector_id usmallint, threshold double, min_project_share double
);
create or replace temp table classify_list (
    sector_id usmallint, company_number varchar
);
-- One row per kind of evidence that puts a firm into a sector.
create or replace temp table classify_evidence (
    sector_id usmallint, kind varchar
);
-- One row per text and sector that its words speak for.
create or replace temp table classify_firm_hit (
    firm_id uinteger, sector_id usmallint, score double, words varchar
);
create or replace temp table classify_project_hit (
    project_id uinteger, sector_id usmallint, score double, words varchar
);
create or replace temp table classify_patent_hit (
    patent_id uinteger, sector_id usmallint, score double, words varchar
);
