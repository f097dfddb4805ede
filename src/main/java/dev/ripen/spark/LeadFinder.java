package dev.ripen.spark;

import static org.apache.spark.sql.functions.array_contains;
import static org.apache.spark.sql.functions.col;
import static org.apache.spark.sql.functions.lit;
import static org.apache.spark.sql.functions.lower;
import static org.apache.spark.sql.functions.split;

import dev.ripen.problem.ErrorCode;
import dev.ripen.problem.Problem;
import dev.ripen.problem.ProblemException;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import org.apache.spark.sql.Column;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.types.DataTypes;

/**
 * Finds out which lead is meant. The ways are tried one after the other, those that read little
 * first: lead id, e-mail, other e-mails and record ids, visitor ids.
 */
final class LeadFinder {
  /** Rows of one person that a definition may have by mistake. */
  private static final int MOST = 100;

  private final Dataset<Row> leads;
  private final Dataset<Row> identities;
  private final List<String> lists;

  /**
   * @param destinations names of CRMs: {@code hubspot_id} and {@code hubspot_ids} hold record ids
   */
  LeadFinder(Dataset<Row> leads, Dataset<Row> identities, Set<String> destinations) {
    this.leads = leads;
    this.identities = identities;
    lists = idColumns(List.of(leads.columns()), destinations);
  }

  /** Columns of leads with addresses and record ids, each alone or several with {@code ;}. */
  static List<String> idColumns(List<String> columns, Set<String> destinations) {
    Set<String> names = new TreeSet<>(Set.of("emails", "record_id", "record_ids", "crm_id"));
    names.add("crm_ids");
    for (String destination : destinations) {
      names.add(destination + "_id");
      names.add(destination + "_ids");
    }
    return columns.stream().filter(names::contains).toList();
  }

  /**
   * The lead's row.
   *
   * @throws ProblemException if it fits several people
   */
  Optional<Row> find(String who) {
    String exact = who.strip();
    String address = exact.toLowerCase(Locale.ROOT);
    if (!exact.contains("@")) {
      Optional<Row> byId = byId(exact);
      if (byId.isPresent()) {
        return byId;
      }
    }
    // Not with OR: files are then left out neither by their addresses nor by their ids.
    Optional<Row> byAddress =
        one(
            leads
                .where(col("email").equalTo(lit(address)))
                .unionByName(leads.where(col("lead_id").equalTo(lit(exact)))));
    if (byAddress.isPresent()) {
      return byAddress;
    }
    Optional<Row> inLists =
        lists.stream()
            .map(
                name ->
                    array_contains(
                        split(lower(col(name).cast(DataTypes.StringType)), ";"), address))
            .reduce(Column::or)
            .flatMap(any -> one(leads.where(any)));
    return inLists.isPresent()
        ? inLists
        : one(identities.where(col("visitor_id").equalTo(lit(exact))))
            .flatMap(row -> byId(row.getAs("lead_id")));
  }

  private Optional<Row> byId(String leadId) {
    return one(leads.where(col("lead_id").equalTo(lit(leadId))));
  }

  /** Whole rows: to ask for the id first and then for the row costs a second job. */
  private static Optional<Row> one(Dataset<Row> found) {
    List<Row> rows = found.limit(MOST).collectAsList();
    List<String> ids =
        rows.stream().map(row -> row.<String>getAs("lead_id")).distinct().limit(3).toList();
    if (ids.size() > 1) {
      throw new ProblemException(
          Problem.of(
              ErrorCode.USAGE_INVALID,
              ids.size() + (ids.size() > 2 ? " or more" : "") + " leads have that e-mail or id",
              "name one by its lead id: ripen explain " + ids.get(0)));
    }
    return rows.stream().findFirst();
  }
}
