package dev.ripen.sync;

import java.time.Instant;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * What the ledger holds of a row once the CRM has acknowledged it.
 *
 * @param fields all that is known of the CRM's values, not only what was sent
 * @param episodeMqlAt {@code mql_at} of the episode whose on-qualification fields are written
 */
public record Acknowledged(
    Map<String, @Nullable String> fields,
    boolean isMql,
    @Nullable String level,
    @Nullable Instant episodeMqlAt) {
  public Acknowledged {
    // Not Map.copyOf: it takes no nulls.
    fields = Collections.unmodifiableMap(new LinkedHashMap<>(fields));
  }
}
