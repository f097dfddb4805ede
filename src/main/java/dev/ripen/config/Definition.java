package dev.ripen.config;

import dev.ripen.scoring.ScoringModel;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * {@code conf/scoring.conf}: the model, and the SQL predicates of its rules.
 *
 * @param model for the fold
 * @param predicates by rule name, in the order of the configuration
 * @param text the file as it is, for the state
 */
public record Definition(
    ScoringModel model, Map<String, Predicates> predicates, Exclusions exclusions, String text) {

  /**
   * What a rule asks the engine.
   *
   * @param event Spark SQL over the columns of the canonical events
   * @param lead Spark SQL over the columns of the canonical leads
   */
  public record Predicates(Optional<String> event, Optional<String> lead) {}

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
