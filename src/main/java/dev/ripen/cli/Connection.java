package dev.ripen.cli;

import dev.ripen.config.DestinationSettings;
import dev.ripen.config.Project;
import dev.ripen.crm.Destination;
import dev.ripen.sync.SyncResult;
import java.time.Instant;
import java.util.Optional;

/** A run's way to its CRM; there is none in shadow mode without a token. */
final class Connection implements AutoCloseable {
  private final Optional<CrmConnection> crm;

  private Connection(Optional<CrmConnection> crm) {
    this.crm = crm;
  }

  static Connection open(
      Project project, DestinationSettings settings, String runId, Workspace workspace) {
    return new Connection(
        CrmConnection.open(project, settings, runId, workspace.paces(), workspace.clock()));
  }

  boolean isPresent() {
    return crm.isPresent();
  }

  boolean isSandbox() {
    return crm.flatMap(CrmConnection::sandbox).isPresent();
  }

  Destination destination() {
    return crm.orElseThrow(() -> new IllegalStateException("no CRM is connected")).destination();
  }

  /** Requests to the CRM so far. */
  long requests() {
    return crm.map(connected -> connected.destination().traffic().requests()).orElse(0L);
  }

  String description() {
    return crm.map(CrmConnection::description)
        .orElse("none: shadow mode without a token, nothing is read or sent");
  }

  void report(String runId, Instant asOf, SyncResult result, long newMqls) {
    crm.flatMap(CrmConnection::sandbox)
        .ifPresent(
            sandbox -> sandbox.report(runId, asOf, result.written(), result.rejected(), newMqls));
  }

  @Override
  public void close() {
    crm.ifPresent(CrmConnection::close);
  }
}
