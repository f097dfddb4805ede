package dev.ripen.config;

import dev.ripen.crm.Budget;
import dev.ripen.crm.RecordKey;
import java.time.LocalDate;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * A CRM to keep in step.
 *
 * @param name also of {@code sql/crm/<name>.sql}
 * @param type the adapter; default: the name
 * @param sandbox true: the built-in CRM, whatever tokens there are
 * @param baseUrl default: the CRM's own
 * @param token empty in shadow mode without one
 * @param liveSince MQLs from before get fields only
 * @param budget how much of the CRM's limits may be used
 * @param adopt records whose fields are filled although nothing is known of them are taken over
 * @param leavers what becomes of an MQL's record when the models no longer have him
 * @param fields in the order of the configuration
 */
public record DestinationSettings(
    String name,
    String type,
    boolean sandbox,
    int sandboxPort,
    Optional<String> baseUrl,
    String apiVersion,
    Optional<Secret> token,
    Mode mode,
    Optional<LocalDate> liveSince,
    List<RecordKey.Kind> matchBy,
    Create create,
    int concurrency,
    Budget budget,
    boolean adopt,
    Leavers leavers,
    Map<String, FieldPolicy> fields) {
  public DestinationSettings {
    matchBy = List.copyOf(matchBy);
  }

  /** Whether anything is sent. */
  public enum Mode {
    /** Plan and report, send nothing. */
    SHADOW,
    LIVE
  }

  /** What to do with the flags of a person who has left the definition. */
  public enum Leavers {
    /** Boolean fields that are ours become false; dates and all else stay. */
    CLEAR,
    /** Nothing. */
    KEEP
  }

  /** What to do with a person whom the CRM does not have. */
  public enum Create {
    NEVER,
    /** Create a record. */
    MISSING,
    /** Leave it to the CRM's upsert by e-mail. */
    UPSERT
  }
}
