package dev.ripen.spark;

import dev.ripen.config.Project;
import dev.ripen.sqlmodel.ModelGraph;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** The SQL that a project's rules become, for {@code ripen check --show-sql}. Pure. */
public final class BuiltInSql {
  private BuiltInSql() {}

  /** By the name of the step, in their order. */
  public static Map<String, String> of(Project project, ModelGraph graph) {
    RulesInForce rules = RulesInForce.of(project.definition(), graph, project.parameters());
    List<SignalRule> ofPeople =
        rules.signalRules().stream().filter(rule -> !rule.isOfAccount()).toList();
    List<SignalRule> ofAccounts =
        rules.signalRules().stream().filter(SignalRule::isOfAccount).toList();
    Map<String, String> sql = new LinkedHashMap<>();
    sql.put(SignalSql.TAGGED, SignalSql.taggedEvents(ofPeople, false));
    sql.put("signals", SignalSql.signals(SignalSql.TAGGED, SignalSql.havePoints(ofPeople)));
    if (!ofAccounts.isEmpty()) {
      String tagged = SignalSql.TAGGED_OF_ACCOUNTS;
      sql.put(tagged, SignalSql.taggedEvents(ofAccounts, true));
      sql.put("signals of accounts", SignalSql.signals(tagged, SignalSql.havePoints(ofAccounts)));
    }
    FactsSql.Inputs inputs =
        new FactsSql.Inputs(
            graph.findModel("statuses").isPresent(),
            graph.findModel(LeadHistory.CHANGES).isPresent(),
            project.signals().maxPerVisitorRuleDay());
    sql.put("facts", FactsSql.of(rules, inputs));
    return sql;
  }
}
