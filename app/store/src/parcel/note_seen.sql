UPDATE parcel
SET
    phone_tail = coalesce(:phone_tail, phone_tail),
    note = coalesce(:note, note),
    damaged = coalesce(:damaged, damaged),
    weight_grams = coalesce(:weight_grams, weight_grams),
    version = version + 1
WHERE id = :id
