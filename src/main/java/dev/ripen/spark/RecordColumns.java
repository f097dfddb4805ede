package dev.ripen.spark;

import static org.apache.spark.sql.functions.col;

import dev.ripen.crm.CrmTable;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import org.apache.spark.sql.Column;
import org.apache.spark.sql.types.DataTypes;
import org.apache.spark.sql.types.StructType;

/** The columns by which SQL reads the records of a CRM. */
final class RecordColumns {
  /** An earlier value of a property. */
  static final StructType CHANGE =
      new StructType()
          .add("property", DataTypes.StringType)
          .add("value", DataTypes.StringType)
          .add("occurred_at", DataTypes.TimestampType);

  private static final String SUBMISSIONS = "form_submissions";

  private RecordColumns() {}

  static List<Column> of(CrmTable table) {
    return table.object().equals(SUBMISSIONS) ? ofSubmissions(table) : ofRecords(table);
  }

  private static List<Column> ofRecords(CrmTable table) {
    List<Column> columns = new ArrayList<>();
    columns.add(col("id"));
    table.properties().forEach(name -> columns.add(property(name)));
    if (!table.history().isEmpty()) {
      columns.add(col("history"));
    }
    if (table.object().equals("deals")) {
      columns.add(col("contact_ids"));
    }
    columns.add(col("created_at"));
    columns.add(col("modified_at"));
    columns.add(col("is_archived"));
    columns.add(col("loaded_at"));
    return columns;
  }

  private static List<Column> ofSubmissions(CrmTable table) {
    List<Column> columns = new ArrayList<>();
    columns.add(col("id"));
    Set<String> names = new LinkedHashSet<>(List.of("form_id", "form_name", "page_url", "email"));
    names.addAll(table.properties());
    names.forEach(name -> columns.add(property(name)));
    columns.add(col("created_at").as("submitted_at"));
    columns.add(col("loaded_at"));
    return columns;
  }

  private static Column property(String name) {
    return col("properties").getItem(name).as(name);
  }
}
