-- /api/sources: where the data come from, what was rejected, how names were linked. One row.
with grouped as (
    select source_id, code, field, severity, count(*) as rows,
           -- Line and message of one row: the first.
           (min({place: coalesce(line, record, 18446744073709551615), line: line, message: message})).line as example_line,
           (min({place: coalesce(line, record, 18446744073709551615), line: line, message: message})).message as message
    from reject group by source_id, code, field, severity
),
linked as (
    select 'participation' as record_kind, link_method as method, count(*) as records from participation group by link_method
    union all select 'patent', link_method, count(*) from patent group by link_method
    union all select 'deal', link_method, count(*) from deal group by link_method
)
select to_json({
    sources: (select coalesce(list({source_id: source_id, kind: kind, format: format, path: regexp_replace(path, '^.*/', ''), title: title,
                                    licence: licence, attribution: attribution, url: url, dated: dated, rows_read: rows_read,
                                    rows_kept: rows_kept, rows_rejected: rows_rejected, records: records, bytes: bytes, xxh3: xxh3} order by source_id), [])
              from source),
    rejects: (select coalesce(list({source_id: source_id, code: code, field: field, severity: severity, rows: rows,
                                    example_line: example_line, message: message} order by rows desc, source_id, code, field), [])
              from grouped),
    links: (select coalesce(list({record_kind: record_kind, method: method, records: records} order by record_kind, records desc, method), [])
            from linked)
});
