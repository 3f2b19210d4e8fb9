SELECT
    coalesce(sum(iif(shift_work.kind = 'scan', 1, 0)), 0) AS scans,
    coalesce(sum(iif(shift_work.kind = 'signed', 1, 0)), 0) AS signed,
    coalesce(sum(iif(shift_work.kind = 'opened', 1, 0)), 0) AS opened,
    coalesce(sum(iif(shift_work.kind = 'counted', shift_work.quantity, 0)), 0) AS units_counted,
    coalesce(sum(iif(shift_work.kind = 'inspected', shift_work.quantity, 0)), 0) AS units_inspected,
    coalesce(sum(iif(shift_work.kind = 'dispositioned', shift_work.quantity, 0)), 0) AS units_dispositioned,
    coalesce(sum(iif(shift_work.kind = 'parked', 1, 0)), 0) AS parked,
    coalesce(sum(iif(shift_work.kind = 'conflict', 1, 0)), 0) AS conflicts
FROM shift
JOIN shift_work ON shift_work.shift_id = shift.id
WHERE shift.device_id = :device_id
    AND (shift.ended_at IS NULL OR shift.ended_at >= :since)
    AND shift_work.at > :since
