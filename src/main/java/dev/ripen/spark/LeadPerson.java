package dev.ripen.spark;

import dev.ripen.identity.IdentityPath;
import dev.ripen.identity.JudgedLink.Ignored;
import dev.ripen.scoring.Facts;
import dev.ripen.scoring.RulesVersion;
import java.time.Instant;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Everything that is known of one person at an instant: what {@code explain} tells.
 *
 * @param attributes columns of {@code leads}, in their order, as text
 * @param ids names of those columns that hold addresses and record ids
 * @param devices visitor ids that are this person
 * @param identities how those became one person; empty without identity_links or before a run
 * @param models of the definition, in its order
 * @param crm what each destination last acknowledged
 * @param crmBefore what it had acknowledged before that, newest first; only where it was asked for
 * @param decisions what runs found changed, oldest first
 * @param source where this comes from
 */
public record LeadPerson(
    String leadId,
    @Nullable String email,
    Map<String, @Nullable String> attributes,
    List<String> ids,
    List<Device> devices,
    List<Identity> identities,
    List<Judged> models,
    List<Acknowledged> crm,
    List<Acknowledged> crmBefore,
    List<Decision> decisions,
    Known source) {
  public LeadPerson {
    attributes = Collections.unmodifiableMap(new LinkedHashMap<>(attributes));
    ids = List.copyOf(ids);
    devices = List.copyOf(devices);
    identities = List.copyOf(identities);
    models = List.copyOf(models);
    crm = List.copyOf(crm);
    crmBefore = List.copyOf(crmBefore);
    decisions = List.copyOf(decisions);
  }

  /**
   * A visitor id, and the row of {@code identities} that makes it this person's.
   *
   * @param row the other columns of that row that are not empty, as text
   */
  public record Device(String visitorId, Map<String, String> row) {
    public Device {
      row = Collections.unmodifiableMap(new LinkedHashMap<>(row));
    }
  }

  /**
   * How ids became a person.
   *
   * @param personId the id that names the person
   * @param ignored links of the person's ids that join nothing
   */
  public record Identity(String personId, List<IdentityPath> paths, List<IgnoredLink> ignored) {
    public Identity {
      paths = List.copyOf(paths);
      ignored = List.copyOf(ignored);
    }
  }

  /**
   * A link that joins nothing.
   *
   * @param id the person's
   * @param isPublic whether the other id is an address that a department reads, so nobody's own
   */
  public record IgnoredLink(String id, String otherId, Ignored because, boolean isPublic) {}

  /**
   * One model's view of the person.
   *
   * @param versions for the fold; as many as labels
   * @param labels version and fingerprint of each
   * @param ofCompany rules that look at the whole account
   * @param facts empty: the model was never about this person
   * @param held dates that a CRM was told under earlier rules and that stay
   */
  public record Judged(
      String model,
      List<RulesVersion> versions,
      List<String> labels,
      Set<String> ofCompany,
      Optional<Facts> facts,
      Optional<HeldDates> held) {
    public Judged {
      versions = List.copyOf(versions);
      labels = List.copyOf(labels);
      ofCompany = Set.copyOf(ofCompany);
    }
  }

  /**
   * MQL dates that do not move.
   *
   * @param from dates of episodes that open later are their own
   */
  public record HeldDates(@Nullable Instant firstMqlAt, @Nullable Instant mqlAt, Instant from) {}

  /** What a CRM was told. */
  public record Acknowledged(
      String destination,
      String recordId,
      Instant at,
      String runId,
      Map<String, @Nullable String> fields) {
    public Acknowledged {
      fields = Collections.unmodifiableMap(new LinkedHashMap<>(fields));
    }
  }

  /**
   * What a run found changed.
   *
   * @param before null: there was no score
   * @param after null: there is none any more
   */
  public record Decision(
      Instant asOf,
      String runId,
      String model,
      @Nullable Verdict before,
      @Nullable Verdict after) {}

  /** What a run said of a person. */
  public record Verdict(
      boolean isMql,
      @Nullable String level,
      @Nullable Instant mqlAt,
      @Nullable String excludedBecause) {}

  /** Where facts come from. */
  public enum Known {
    /** From the newest run up to the instant. */
    RUN,
    /** From the first run, which was later than the instant. */
    FIRST_RUN,
    /** From a later run: the state keeps no older one. */
    LATER_RUN,
    /** From the sources themselves: there was no run yet. */
    SOURCES
  }
}
