package dev.ripen.crm;

import java.util.List;

/** What {@link Destination#provision} did, by field name. */
public record ProvisionReport(List<String> created, List<String> present) {
  public ProvisionReport {
    created = List.copyOf(created);
    present = List.copyOf(present);
  }
}
