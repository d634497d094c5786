-- Reads reject and source; one row per thing wrong with a row of a source: an error cost the row, a
-- warning blanked one value of it.
select r.source_id, s.kind as source_kind, s.format as source_format, r.file, r.line, r.record, r.severity,
       r.code, r.field, r.value, r.message
from reject r
join source s using (source_id)
order by r.source_id, r.file, r.record, r.severity, r.code, r.field, r.value
