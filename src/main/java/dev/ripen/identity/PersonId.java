package dev.ripen.identity;

import static java.util.Objects.requireNonNull;

import org.jspecify.annotations.Nullable;

/**
 * An id and whose it is.
 *
 * @param personId the id that names the person; null: too many people share the id, it is nobody's
 * @param component the least id of all that links lead to, over shared ids too: what happens
 *     outside of it changes nothing here
 */
public record PersonId(String id, @Nullable String personId, String component) {
  public PersonId {
    requireNonNull(id);
    requireNonNull(component);
  }
}
