package dev.ripen.notify;

import static java.util.Objects.requireNonNull;

import java.time.Instant;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Map;

/**
 * Someone who became an MQL since the last digest.
 *
 * @param fields what may be said about the person, by column, in the order of the settings; empty
 *     values are left out
 * @param reasons one line: the rules and their points
 */
public record NewMql(Map<String, String> fields, Instant since, String reasons) {
  public NewMql {
    fields = Collections.unmodifiableMap(new LinkedHashMap<>(fields));
    requireNonNull(since);
    requireNonNull(reasons);
  }
}
