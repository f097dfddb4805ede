package dev.ripen.config;

import dev.ripen.scoring.ScoringModel;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * {@code conf/scoring.conf}: one model or several, and the SQL predicates of their rules.
 *
 * @param version the user's version text
 * @param fingerprint short hash of everything that can change a score or its reasons
 * @param apply empty: {@code FROM} once a destination is live, else {@code RETROACTIVE}
 * @param restate whether MQL dates that a CRM has acknowledged may move
 * @param models in the order of the configuration, at least one; names are unique
 * @param text for the state: the file as it is, unless it includes others or names variables; then
 *     one that says the same. {@link DefinitionReader} reads it
 */
public record Definition(
    String version,
    String fingerprint,
    Optional<Apply> apply,
    boolean restate,
    List<Model> models,
    String text) {
  public Definition {
    models = List.copyOf(models);
  }

  /** The model of that name. */
  public Optional<Model> find(String name) {
    return models.stream().filter(model -> model.name().equals(name)).findFirst();
  }

  /** What a change of the rules does to events from before it. */
  public enum Apply {
    /** Nothing: the old version has judged them. */
    FROM,
    /** Judges them again. */
    RETROACTIVE
  }

  /**
   * One model with what it asks the engine.
   *
   * @param rules by rule name, in the order of the configuration
   * @param population Spark SQL over the columns of the canonical leads; empty: everybody
   * @param segment Spark SQL text over the columns of the canonical leads
   */
  public record Model(
      ScoringModel scoring,
      Map<String, Predicates> rules,
      Exclusions exclusions,
      Optional<String> population,
      Optional<String> segment) {
    public Model {
      rules = Collections.unmodifiableMap(new LinkedHashMap<>(rules));
    }

    /** The model's name, {@code default} unless the project has several. */
    public String name() {
      return scoring.name();
    }
  }

  /**
   * What a rule asks the engine. All empty for rules that look at other rules or at silence.
   *
   * @param event Spark SQL over the columns of the canonical events, or of {@code account_events}
   * @param source whose events
   * @param lead Spark SQL over the columns of the canonical leads
   * @param points Spark SQL over the event's columns; empty: the rule's number
   * @param autoQualify Spark SQL over the leads that must hold for the rule to make an MQL at once
   */
  public record Predicates(
      Optional<String> event,
      Source source,
      Optional<String> lead,
      Optional<String> points,
      Optional<String> autoQualify) {
    /** Of the person's own events, with the rule's own points. */
    public Predicates(Optional<String> event, Optional<String> lead) {
      this(event, Source.PERSON, lead, Optional.empty(), Optional.empty());
    }
  }

  /** Whose events a rule looks at. */
  public enum Source {
    /** Those of the person. */
    PERSON,
    /** Those of everybody in the person's account (same {@code leads.account_id}). */
    PEOPLE_OF_ACCOUNT,
    /** Those in the canonical model {@code account_events} of the person's account. */
    ACCOUNT
  }

  /**
   * Who gets no score.
   *
   * @param domains lower case; compared with the e-mail's registrable domain
   * @param domainsContaining lower case; anywhere in the domain
   * @param statuses latest status of a lead
   * @param lead Spark SQL over the columns of the canonical leads
   */
  public record Exclusions(
      List<String> domains,
      List<String> domainsContaining,
      boolean disposableMail,
      List<String> statuses,
      Optional<String> lead) {
    public Exclusions {
      domains = List.copyOf(domains);
      domainsContaining = List.copyOf(domainsContaining);
      statuses = List.copyOf(statuses);
    }
  }
}
