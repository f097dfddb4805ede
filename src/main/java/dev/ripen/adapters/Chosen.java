package dev.ripen.adapters;

import java.util.Optional;

/**
 * An adapter that somebody asked for.
 *
 * @param givenSchema where its tables are, if not in the usual schema
 */
record Chosen(Adapter adapter, Optional<String> givenSchema) {

  String schema() {
    return givenSchema.orElse(adapter.schema());
  }
}
