-- Reads source; one row per source of the project. rows_read = rows_kept + rows_rejected; the rows kept
-- were merged into so many records.
select source_id, kind, format, regexp_replace(path, '^.*/', '') as path, title, licence, attribution, url,
       dated, rows_read, rows_kept, rows_rejected, records, bytes, xxh3
from source
order by source_id
