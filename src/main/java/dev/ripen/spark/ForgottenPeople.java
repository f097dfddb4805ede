package dev.ripen.spark;

import static org.apache.spark.sql.functions.coalesce;
import static org.apache.spark.sql.functions.col;
import static org.apache.spark.sql.functions.lit;
import static org.apache.spark.sql.functions.not;
import static org.apache.spark.sql.functions.substring;
import static org.apache.spark.sql.functions.udf;
import static org.apache.spark.sql.functions.when;

import dev.ripen.identity.IdentityRules;
import java.io.Serializable;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.SecureRandom;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;
import org.apache.spark.sql.Column;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.api.java.UDF1;
import org.apache.spark.sql.types.DataTypes;
import org.apache.spark.sql.types.StructType;
import org.jspecify.annotations.Nullable;

/**
 * Who must stay out: the table {@code forgotten} holds nothing but salted hashes of ids and
 * addresses. Immutable; travels to Spark's tasks.
 */
public final class ForgottenPeople implements Serializable {
  static final String TABLE = "forgotten";
  static final StructType TYPE =
      new StructType()
          .add("salt", DataTypes.StringType)
          .add("hash", DataTypes.StringType)
          .add("forgotten_at", DataTypes.TimestampType);

  private static final long serialVersionUID = 1L;
  private static final String ADDRESS = IdentityRules.EMAIL + ":";
  private static final int SALT_BYTES = 32;

  private final String salt;
  private final Set<String> hashes;

  private ForgottenPeople(String salt, Set<String> hashes) {
    this.salt = salt;
    this.hashes = Set.copyOf(hashes);
  }

  /** What a hash is of: the same text as an id and as an address is not the same. */
  public enum Kind {
    LEAD,
    EMAIL,
    VISITOR,
    /** A contact's id in a CRM. */
    RECORD
  }

  /** As the last commit has them; the first ones get a salt of their own. */
  public static ForgottenPeople load(StateTables state) {
    Optional<Dataset<Row>> table = state.committed(TABLE);
    List<Row> rows = table.map(Dataset::collectAsList).orElseGet(List::of);
    if (rows.isEmpty()) {
      byte[] random = new byte[SALT_BYTES];
      new SecureRandom().nextBytes(random);
      return new ForgottenPeople(HexFormat.of().formatHex(random), Set.of());
    }
    return new ForgottenPeople(
        rows.get(0).getString(0),
        rows.stream().map(row -> row.getString(1)).collect(Collectors.toSet()));
  }

  public boolean isEmpty() {
    return hashes.isEmpty();
  }

  /** Whether that id or address was forgotten. Addresses are compared in lower case. */
  public boolean contains(Kind kind, @Nullable String value) {
    return value != null && hashes.contains(hash(kind, value));
  }

  String salt() {
    return salt;
  }

  String hash(Kind kind, String value) {
    String plain = value.strip();
    String same = kind == Kind.EMAIL ? plain.toLowerCase(Locale.ROOT) : plain;
    byte[] key = HexFormat.of().parseHex(salt);
    try {
      Mac mac = Mac.getInstance("HmacSHA256");
      mac.init(new SecretKeySpec(key, "HmacSHA256"));
      byte[] text = (kind.name() + ":" + same).getBytes(StandardCharsets.UTF_8);
      return HexFormat.of().formatHex(mac.doFinal(text));
    } catch (GeneralSecurityException e) {
      throw new IllegalStateException("Every Java has HmacSHA256", e);
    }
  }

  /** Rows without those whose {@code lead_id} or any address is forgotten. */
  Dataset<Row> withoutLeads(Dataset<Row> rows) {
    return isEmpty()
        ? rows
        : without(
            without(without(rows, "lead_id", Kind.LEAD), "email", Kind.EMAIL),
            "emails",
            Kind.EMAIL);
  }

  /** Rows without those whose {@code visitor_id} or {@code lead_id} is forgotten. */
  Dataset<Row> withoutVisitors(Dataset<Row> rows) {
    return isEmpty()
        ? rows
        : without(without(rows, "visitor_id", Kind.VISITOR), "lead_id", Kind.LEAD);
  }

  /** Records of CRMs without those whose id or any address is forgotten. */
  Dataset<Row> withoutRecords(Dataset<Row> rows) {
    if (isEmpty()) {
      return rows;
    }
    Column contact = when(col("object").equalTo(SourceRecords.CONTACTS), col("id"));
    Dataset<Row> kept = without(rows, contact, Kind.RECORD);
    for (String property : SourceRecords.ADDRESSES) {
      kept = without(kept, col("properties").getItem(property), Kind.EMAIL);
    }
    return kept;
  }

  /** Rows without those of which either id is forgotten, or is a forgotten address. */
  Dataset<Row> withoutLinks(Dataset<Row> rows) {
    if (isEmpty()) {
      return rows;
    }
    Dataset<Row> kept = rows;
    for (String end : List.of("id", "other_id")) {
      Column address =
          when(
              col(end).startsWith(ADDRESS),
              substring(col(end), ADDRESS.length() + 1, Integer.MAX_VALUE));
      kept = without(without(kept, col(end), Kind.VISITOR), address, Kind.EMAIL);
    }
    return kept;
  }

  /** A column may hold several values between semicolons, as {@code emails} does. */
  private Dataset<Row> without(Dataset<Row> rows, String column, Kind kind) {
    return List.of(rows.columns()).contains(column) ? without(rows, col(column), kind) : rows;
  }

  private Dataset<Row> without(Dataset<Row> rows, Column column, Kind kind) {
    UDF1<String, Boolean> isForgotten = text -> containsAny(kind, text);
    Column out = udf(isForgotten, DataTypes.BooleanType).apply(column.cast(DataTypes.StringType));
    return rows.where(not(coalesce(out, lit(false))));
  }

  private boolean containsAny(Kind kind, @Nullable String text) {
    return text != null
        && (contains(kind, text)
            || (text.indexOf(';') >= 0
                && Arrays.stream(text.split(";", -1)).anyMatch(part -> contains(kind, part))));
  }
}
