package dev.ripen.spark;

import static org.apache.spark.sql.functions.expr;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.ripen.crm.CrmRecord;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.time.Instant;
import java.util.HexFormat;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.SparkSession;
import org.apache.spark.sql.types.DataTypes;
import org.apache.spark.sql.types.StructType;
import org.jspecify.annotations.Nullable;

/**
 * Records on their way from a CRM to the state: one JSON object per line. The program that asks the
 * CRM writes them, Spark reads them.
 */
public final class RecordLines {
  private static final ObjectMapper JSON = new ObjectMapper();
  private static final int HASH_BYTES = 16;

  private static final StructType TYPE =
      new StructType()
          .add("seq", DataTypes.LongType)
          .add("id", DataTypes.StringType)
          .add("created", DataTypes.LongType)
          .add("modified", DataTypes.LongType)
          .add("is_archived", DataTypes.BooleanType)
          .add("properties", DataTypes.createMapType(DataTypes.StringType, DataTypes.StringType))
          .add(
              "history",
              DataTypes.createArrayType(
                  new StructType()
                      .add("property", DataTypes.StringType)
                      .add("value", DataTypes.StringType)
                      .add("at", DataTypes.LongType)))
          .add("contact_ids", DataTypes.createArrayType(DataTypes.StringType))
          .add("content", DataTypes.StringType);

  private RecordLines() {}

  /**
   * A record as a line.
   *
   * @param seq its place in the file: of two lines about one record the later one counts
   */
  public static String of(long seq, CrmRecord record) {
    ObjectNode line = JSON.createObjectNode();
    line.put("id", record.id());
    line.put("created", millis(record.createdAt()));
    line.put("modified", millis(record.modifiedAt()));
    line.put("is_archived", record.archived());
    ObjectNode properties = line.putObject("properties");
    record.properties().forEach(properties::put);
    ArrayNode history = line.putArray("history");
    for (CrmRecord.Change change : record.history()) {
      history
          .addObject()
          .put("property", change.property())
          .put("value", change.value())
          .put("at", change.occurredAt().toEpochMilli());
    }
    ArrayNode contacts = line.putArray("contact_ids");
    record.contactIds().forEach(contacts::add);
    line.put("content", hash(line));
    return text(line.put("seq", seq));
  }

  private static @Nullable Long millis(@Nullable Instant instant) {
    return instant == null ? null : instant.toEpochMilli();
  }

  private static String text(ObjectNode line) {
    try {
      return JSON.writeValueAsString(line);
    } catch (JsonProcessingException e) {
      throw new IllegalStateException("A tree is always JSON", e);
    }
  }

  /** By which it is known that nothing has changed. */
  private static String hash(ObjectNode line) {
    try {
      byte[] all = text(line).getBytes(StandardCharsets.UTF_8);
      byte[] hash = MessageDigest.getInstance("SHA-256").digest(all);
      return HexFormat.of().formatHex(hash, 0, HASH_BYTES);
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException("Every Java has SHA-256", e);
    }
  }

  /** The records of a file, each once. */
  static Dataset<Row> rows(SparkSession spark, String file) {
    return spark
        .read()
        .schema(TYPE)
        .option("mode", "FAILFAST")
        .json(file)
        .groupBy("id")
        .agg(expr("max_by(struct(*), seq) AS last"))
        .selectExpr(
            "id",
            "timestamp_millis(last.created) AS created_at",
            "timestamp_millis(last.modified) AS modified_at",
            "last.is_archived",
            "last.properties",
            "transform(last.history, change -> named_struct('property', change.property, 'value',"
                + " change.value, 'occurred_at', timestamp_millis(change.at))) AS history",
            "last.contact_ids",
            "last.content");
  }
}
