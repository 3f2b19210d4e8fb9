-- 红冲: the number of the red invoice that reversed another, and the list of what is still to be reversed.
ALTER TABLE invoice_work ADD COLUMN number TEXT NOT NULL DEFAULT '';
CREATE INDEX invoice_work_by_state ON invoice_work (state, id);
