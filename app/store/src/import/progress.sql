UPDATE import_run SET
    bytes_done = :bytes_done,
    rows_read = rows_read + :read,
    rows_new = rows_new + :new,
    rows_changed = rows_changed + :changed,
    rows_same = rows_same + :same,
    rows_bad = rows_bad + :bad
WHERE id = :id AND state = 'running'
