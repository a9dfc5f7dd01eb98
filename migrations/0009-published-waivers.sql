-- The waivers that were in force when a report was published: a correction that is under way changes nothing of how
-- what is published is judged. JSON.
ALTER TABLE reports ADD COLUMN published_waivers TEXT NOT NULL DEFAULT '[]';

UPDATE reports
SET published_waivers = (
  SELECT json_group_array(
    json_object(
      'rule', w.rule,
      'at', w.at,
      'values', json(w.term_values),
      'waived', json_object('by', w.waived_by, 'at', w.waived_at, 'reason', w.reason)
    )
  )
  FROM waivers AS w
  WHERE w.report_id = reports.id AND w.waived_by IS NOT NULL
)
WHERE published_revision IS NOT NULL;
