package dev.ripen.sqlmodel;

import dev.ripen.sqlmodel.CheckResult.Status;
import dev.ripen.sqlmodel.ModelCheck.Severity;
import java.util.ArrayList;
import java.util.List;

/** All checks and the row count of a model in one aggregate: one pass over the data. */
public final class CheckQuery {
  private CheckQuery() {}

  /** One row: {@code rows}, then one BIGINT per check, in order, called check_1, check_2 … */
  public static String sql(SqlModel model) {
    return "SELECT " + String.join(",\n  ", columns(model)) + "\nFROM `" + model.name() + '`';
  }

  /** The columns of {@link #sql(SqlModel)}, to be asked of some rows of the model. */
  public static List<String> columns(SqlModel model) {
    List<String> columns = new ArrayList<>(List.of("count(*) AS `rows`"));
    for (ModelCheck check : model.checks()) {
      columns.add(expression(check, columns.size()));
    }
    return columns;
  }

  /** One check alone, to find out what is wrong with it. */
  public static String sql(SqlModel model, ModelCheck check) {
    return "SELECT " + expression(check, 1) + "\nFROM `" + model.name() + "`";
  }

  private static String expression(ModelCheck check, int number) {
    return check.failing() + " AS check_" + number;
  }

  /**
   * Reads the row of {@link #sql(SqlModel)}.
   *
   * @param row the numbers in order, the row count first
   */
  public static List<CheckResult> interpret(SqlModel model, List<Long> row) {
    if (row.size() != model.checks().size() + 1) {
      throw new IllegalArgumentException(
          model.name() + " has " + model.checks().size() + " checks, the row " + row.size());
    }
    List<CheckResult> results = new ArrayList<>();
    for (int i = 0; i < model.checks().size(); i++) {
      ModelCheck check = model.checks().get(i);
      long failing = row.get(i + 1);
      results.add(new CheckResult(check.name(), model.name(), status(check, failing), failing));
    }
    return results;
  }

  private static Status status(ModelCheck check, long failing) {
    if (failing == 0) {
      return Status.PASSED;
    }
    return check.severity() == Severity.BLOCK ? Status.FAILED : Status.WARNED;
  }
}
