package dev.ripen.spark;

import static java.util.stream.Collectors.joining;

import dev.ripen.spark.RulesInForce.ModelRules;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.function.IntFunction;
import java.util.stream.IntStream;

/**
 * Writes the SQL of the built-in model {@code facts} from the rules: everything that the fold needs
 * of a person. Pure text; {@code ripen check --show-sql} prints it. Steps that a definition does
 * not need are not in it.
 */
final class FactsSql {
  private static final String NO_STATUSES =
      "(SELECT CAST(NULL AS STRING) AS lead_id, CAST(NULL AS STRING) AS status,"
          + " CAST(NULL AS TIMESTAMP) AS occurred_at, CAST(NULL AS STRING) AS reason)";

  private final RulesInForce rules;
  private final Inputs inputs;

  private FactsSql(RulesInForce rules, Inputs inputs) {
    this.rules = rules;
    this.inputs = inputs;
  }

  /**
   * What there is to read.
   *
   * @param statuses whether the project has that model
   * @param attributeChanges whether the project has that model; then there is {@code lead_history}
   * @param maxPerAccountRuleDay signals of all people of an account, the earliest
   * @param resume whether folds go on from a night before
   * @param fewVisitors whether every task can hold all visitor ids in memory
   */
  record Inputs(
      boolean statuses,
      boolean attributeChanges,
      int maxPerAccountRuleDay,
      Resume resume,
      boolean fewVisitors) {
    /** Folds from the start that leave nothing behind. */
    Inputs(boolean statuses, boolean attributeChanges, int maxPerAccountRuleDay) {
      this(statuses, attributeChanges, maxPerAccountRuleDay, Resume.NEVER, false);
    }

    Inputs with(Resume other) {
      return new Inputs(statuses, attributeChanges, maxPerAccountRuleDay, other, fewVisitors);
    }

    Inputs withFewVisitors(boolean few) {
      return new Inputs(statuses, attributeChanges, maxPerAccountRuleDay, resume, few);
    }

    /** All signals are then joined where they lie, and not sorted by their visitors. */
    boolean looksUpVisitors() {
      return fewVisitors && !resume.isSaved();
    }
  }

  /**
   * How a fold begins, and what it leaves for the next night.
   *
   * @param keepAtMicros the instant at which its state is kept; {@code Long.MIN_VALUE}: not at all
   * @param isSaved whether there are {@link Timelines#SAVED} to go on from
   */
  record Resume(long keepAtMicros, boolean isSaved) {
    static final Resume NEVER = new Resume(Long.MIN_VALUE, false);

    boolean keeps() {
      return keepAtMicros != Long.MIN_VALUE;
    }
  }

  /** One SELECT. */
  static String of(RulesInForce rules, Inputs inputs) {
    return new FactsSql(rules, inputs).text();
  }

  private String text() {
    List<String> steps = new ArrayList<>();
    steps.add(statuses());
    steps.add(judged());
    if (inputs.attributeChanges()) {
      steps.add(judgedThen());
      steps.add(changed());
    }
    steps.addAll(
        new LeadSignalsSql(
                rules,
                inputs.resume().isSaved() ? Timelines.SIGNALS : SignalStore.TABLE,
                inputs.maxPerAccountRuleDay(),
                inputs.looksUpVisitors())
            .steps());
    if (inputs.resume().keeps()) {
      steps.add(FoldBasis.LEAD_VISITORS);
    }
    return (isOfOneModel()
            ? "-- One row per lead: its signals, the attribute rules that hold, statuses,"
                + " exclusion.\n"
            : "-- One row per lead and model: its signals, the attribute rules that hold,"
                + " statuses, exclusion.\n")
        + "WITH "
        + String.join(",\n", steps)
        + "\n"
        + people();
  }

  private boolean isOfOneModel() {
    return rules.models().size() == 1;
  }

  private static String column(int model) {
    return "model_" + (model + 1);
  }

  private String statuses() {
    return """
        lead_statuses AS (
          SELECT lead_id,
            collect_list(struct(status, unix_micros(occurred_at) AS occurred_at, reason)) AS ripen_statuses,
            max_by(status, struct(occurred_at, status)) FILTER (WHERE occurred_at <= :as_of) AS ripen_latest_status
          FROM %s
          WHERE lead_id IS NOT NULL AND status IS NOT NULL AND occurred_at IS NOT NULL
          GROUP BY lead_id
        )"""
        .formatted(inputs.statuses() ? "statuses" : NO_STATUSES);
  }

  private String judged() {
    return """
        judged AS (
          SELECT lead_id, email, created_at, ripen_statuses,
            %s
          FROM leads LEFT JOIN lead_statuses USING (lead_id)
          WHERE lead_id IS NOT NULL
        )"""
        .formatted(eachModel(number -> AttributeSql.judged(rules.models().get(number))));
  }

  private String eachModel(IntFunction<String> expression) {
    return eachModel(rules, expression);
  }

  /** One column per model, {@code model_1} and so on. */
  static String eachModel(RulesInForce rules, IntFunction<String> expression) {
    return IntStream.range(0, rules.models().size())
        .mapToObj(number -> expression.apply(number) + " AS " + column(number))
        .collect(joining(",\n    "));
  }

  /** Only people with changes: one row at each instant, with the values as of then. */
  private String judgedThen() {
    return """
        judged_then AS (
          SELECT lead_id, ripen_since,
            %s
          FROM lead_history LEFT JOIN lead_statuses USING (lead_id)
        )"""
        .formatted(eachModel(number -> AttributeSql.judgedThen(rules.models().get(number))));
  }

  private String changed() {
    return """
        changed AS (
          SELECT lead_id,
            %s
          FROM judged_then
          GROUP BY lead_id
        )"""
        .formatted(
            eachModel(
                number ->
                    "named_struct('attributes', any_value("
                        + column(number)
                        + ") FILTER (WHERE ripen_since IS NULL), 'changes',\n      collect_list("
                        + "named_struct('occurred_at', ripen_since, 'attributes', "
                        + column(number)
                        + ")) FILTER (WHERE ripen_since IS NOT NULL))"));
  }

  private String people() {
    String joined =
        "\nFROM judged AS l\nLEFT JOIN lead_signals AS s ON l.lead_id = s.lead_id"
            + (inputs.attributeChanges() ? "\nLEFT JOIN changed AS c ON l.lead_id = c.lead_id" : "")
            + (inputs.resume().keeps()
                ? "\nLEFT JOIN lead_visitors AS v ON l.lead_id = v.lead_id"
                : "");
    String carried = inputs.resume().keeps() ? FoldBasis.CARRIED : "";
    if (isOfOneModel()) {
      ModelRules model = rules.models().get(0);
      String select =
          "SELECT lead_id, email, "
              + SignalSql.quoted(model.name())
              + " AS model,\n  "
              + facts("signals", "judged", FoldBasis.rules(model))
              + " AS facts\nFROM (SELECT l.lead_id, l.email, l.created_at, l.ripen_statuses,"
              + " s.model_1 AS signals, "
              + attributes(0)
              + " AS judged"
              + carried
              + joined
              + ")\n"
              + saved(SignalSql.quoted(model.name()));
      return model.hasPopulation() ? select + "WHERE " + everInPopulation("judged") + "\n" : select;
    }
    String each =
        IntStream.range(0, rules.models().size())
            .mapToObj(
                number ->
                    "named_struct('model', %s, 'signals', s.%s, 'judged', %s%s)"
                        .formatted(
                            SignalSql.quoted(rules.models().get(number).name()),
                            column(number),
                            attributes(number),
                            inputs.resume().keeps()
                                ? ", 'rules', " + FoldBasis.rules(rules.models().get(number))
                                : ""))
            .collect(joining(",\n    "));
    boolean population = rules.models().stream().anyMatch(ModelRules::hasPopulation);
    return "SELECT lead_id, email, m.model,\n  "
        + facts("m.signals", "m.judged", "m.rules")
        + " AS facts\nFROM (SELECT l.lead_id, l.email, l.created_at, l.ripen_statuses,"
        + " explode(array(\n    "
        + each
        + ")) AS m"
        + carried
        + joined
        + ")\n"
        + saved("m.model")
        + (population ? "WHERE " + everInPopulation("m.judged") + "\n" : "");
  }

  private String attributes(int number) {
    return inputs.attributeChanges()
        ? "coalesce(c.%1$s, l.%1$s)".formatted(column(number))
        : "l." + column(number);
  }

  private static String everInPopulation(String judged) {
    return String.format(
        Locale.ROOT,
        "(%1$s.attributes.in_population OR exists(%1$s.changes, c -> c.attributes.in_population))",
        judged);
  }

  private String saved(String model) {
    return inputs.resume().isSaved()
        ? "LEFT JOIN %s ON lead_id = saved_lead_id AND saved_model = %s\n"
            .formatted(Timelines.SAVED, model)
        : "";
  }

  private String resume(String judged, String rules) {
    return inputs.resume().keeps()
        ? "named_struct('keep_at', %dL, 'basis', %s, 'state', %s)"
            .formatted(
                inputs.resume().keepAtMicros(),
                FoldBasis.of(judged, rules, inputs.resume().keepAtMicros()),
                inputs.resume().isSaved() ? "saved_state" : "CAST(NULL AS BINARY)")
        : "CAST(NULL AS STRUCT<keep_at: BIGINT, basis: BIGINT, state: BINARY>)";
  }

  private String facts(String signals, String judged, String rules) {
    return """
        struct(
            unix_micros(created_at) AS created_at,
            %1$s AS signals,
            %2$s.attributes.holds AS holds,
            ripen_statuses AS statuses,
            %2$s.attributes.excluded_because AS excluded_because,
            %2$s.attributes.segment AS segment,
            %2$s.attributes.in_population AS in_population,
            %2$s.changes AS changes,
            %2$s.attributes.points AS lead_points,
            %3$s AS resume)"""
        .formatted(signals, judged, resume(judged, rules));
  }
}
