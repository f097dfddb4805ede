-- One row per lead: how many different qualifying events it has, and whether that makes it an MQL.
-- @check unique(lead_id)
-- Who falls below the threshold is no MQL any more: only events of the last :window_days days count.
-- signals are the events that match the rules of conf/scoring.conf, each once; facts are the leads
-- with what excludes them. Without a column mql_at an MQL is one since the first run that saw it.
SELECT
  facts.lead_id,
  facts.email,
  facts.facts.excluded_because,
  count(DISTINCT signals.event_id) AS score,
  facts.facts.excluded_because IS NULL AND count(DISTINCT signals.event_id) >= :threshold AS is_mql,
  max(signals.occurred_at) AS last_activity_at
FROM facts
LEFT JOIN identities ON identities.lead_id = facts.lead_id
LEFT JOIN signals
  ON signals.visitor_id = identities.visitor_id
  AND signals.occurred_at > :as_of - make_dt_interval(:window_days)
  AND signals.occurred_at <= :as_of
GROUP BY facts.lead_id, facts.email, facts.facts.excluded_because
