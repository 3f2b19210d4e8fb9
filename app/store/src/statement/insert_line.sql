INSERT INTO statement_line (
    id, statement_id, shop_id, line, line_key, at, amount_minor, currency, direction, is_final, channel_reference,
    our_reference, text, state
)
VALUES (
    :id, :statement_id, :shop_id, :line, :line_key, :at, :amount_minor, :currency, :direction, :is_final,
    :channel_reference, :our_reference, :text, :state
)
ON CONFLICT (shop_id, line_key) DO NOTHING
