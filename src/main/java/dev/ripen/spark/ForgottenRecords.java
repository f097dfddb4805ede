package dev.ripen.spark;

import static org.apache.spark.sql.functions.expr;

import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;
import org.apache.spark.sql.Column;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;

/** Finds what CRMs that are read through their API say of a person. */
final class ForgottenRecords {
  private static final String ADDRESSES =
      "split(lower(concat_ws(';', "
          + SourceRecords.ADDRESSES.stream()
              .map(name -> "properties['" + name + "']")
              .collect(Collectors.joining(", "))
          + ")), '\\\\s*;\\\\s*')";

  private final StateTables state;

  ForgottenRecords(StateTables state) {
    this.state = state;
  }

  /**
   * Ids of his contacts.
   *
   * @param ids that may be his contacts'
   */
  Set<String> contacts(Set<String> ids, Set<String> emails) {
    Set<String> found = new TreeSet<>();
    committed(isContact(ids, emails))
        .ifPresent(
            rows ->
                rows.select("id")
                    .distinct()
                    .collectAsList()
                    .forEach(r -> found.add(r.getString(0))));
    return found;
  }

  /** All addresses of contacts, in lower case. */
  Set<String> addresses(Set<String> contacts) {
    Set<String> found = new TreeSet<>();
    committed(isContact(contacts, Set.of()))
        .ifPresent(
            rows ->
                rows.selectExpr("explode(" + ADDRESSES + ")").collectAsList().stream()
                    .map(row -> row.getString(0).strip().toLowerCase(Locale.ROOT))
                    .filter(address -> !address.isEmpty())
                    .forEach(found::add));
    return found;
  }

  private Optional<Dataset<Row>> committed(String condition) {
    return state.committed(SourceRecords.TABLE).map(rows -> rows.where(condition));
  }

  static Column isHis(Set<String> contacts, Set<String> emails) {
    return expr(sql(contacts, emails));
  }

  /** His contacts, and what he submitted. */
  static String sql(Set<String> contacts, Set<String> emails) {
    return isContact(contacts, emails)
        + " OR (object <> '"
        + SourceRecords.CONTACTS
        + "' AND "
        + hasAddress(emails)
        + ")";
  }

  private static String isContact(Set<String> ids, Set<String> emails) {
    String byId = ids.isEmpty() ? "false" : "id IN (" + list(ids) + ")";
    return "(object = '"
        + SourceRecords.CONTACTS
        + "' AND ("
        + byId
        + " OR "
        + hasAddress(emails)
        + "))";
  }

  private static String hasAddress(Set<String> emails) {
    return emails.isEmpty()
        ? "false"
        : "coalesce(arrays_overlap(" + ADDRESSES + ", array(" + list(emails) + ")), false)";
  }

  private static String list(Set<String> values) {
    return String.join(", ", values.stream().map(SignalSql::quoted).toList());
  }
}
