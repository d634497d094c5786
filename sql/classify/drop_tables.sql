-- The working tables are of no use once firm_sector is written.
drop table classify_sector;
drop table classify_list;
drop table classify_evidence;
drop table classify_firm_hit;
drop table classify_project_hit;
drop table classify_patent_hit;
drop table classify_words;
drop table classify_other;
