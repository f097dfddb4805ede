-- One row per lead and model: score, MQL state, reasons.
-- @check unique(lead_id, model)
SELECT lead_id, email, model, s.* FROM (SELECT lead_id, email, model, score_timeline(model, facts, :as_of) AS s FROM facts) AS scored
