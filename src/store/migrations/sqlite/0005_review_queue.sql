-- Days that wait for somebody's decision: few among many.
CREATE INDEX attendances_to_review ON attendances (day, person_id) WHERE status = 'PENDING_REVIEW';
