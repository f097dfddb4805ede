package dev.ripen.sync;

import java.util.Map;
import java.util.Set;

/**
 * Which leads of the ledger have CRM records. Only leads that are still wanted count: when a lead
 * is merged away, the one that stays takes the record over.
 */
public interface RecordOwners {
  /** Nobody has any: the first run. */
  RecordOwners NONE = recordIds -> Map.of();

  /** Lead ids by record id, for those of the given records that a lead has. */
  Map<String, String> ownersOf(Set<String> recordIds);
}
