package dev.ripen.sync;

import org.jspecify.annotations.Nullable;

/**
 * Which lead of the ledger has a CRM record. Only leads that are still wanted count: when a lead is
 * merged away, the one that stays takes the record over.
 */
public interface RecordOwners {
  /** Nobody has any: the first run. */
  RecordOwners NONE = recordId -> null;

  /** The lead id, or null. */
  @Nullable String ownerOf(String recordId);
}
