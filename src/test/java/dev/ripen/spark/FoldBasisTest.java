package dev.ripen.spark;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Arrays;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.apache.spark.sql.SparkSession;
import org.junit.jupiter.api.Test;

/** The basis of a fold is another where anything but a signal is. */
final class FoldBasisTest {
  private static final String ATTRIBUTES =
      "named_struct('holds', array('a', 'b'), 'excluded_because', CAST(NULL AS STRING), 'segment',"
          + " 'smb', 'in_population', true, 'points', map('a', 5L))";
  private static final String CREATED = "TIMESTAMP'2026-01-01 00:00:00'";
  private static final String STATUSES =
      "array(named_struct('status', 'accepted', 'occurred_at', 1L, 'reason', CAST(NULL AS"
          + " STRING)), named_struct('status', 'recycled', 'occurred_at', 2L, 'reason', 'timing'))";
  private static final String CHANGES =
      "array(named_struct('occurred_at', 1L, 'attributes', A), named_struct('occurred_at', 2L,"
          + " 'attributes', A))";
  private static final String IDS = "'v1', 'v2'";

  private final SparkSession spark = SparkTestSession.create();

  private long basis(
      String rules,
      String created,
      String statuses,
      String attributes,
      String changes,
      String visitors) {
    String judged =
        "named_struct('attributes', "
            + attributes
            + ", 'changes', "
            + changes.replace("A)", attributes + ")")
            + ")";
    return spark
        .sql(
            "WITH identities AS (SELECT 'p' AS lead_id, explode(array("
                + visitors
                + ")) AS visitor_id), "
                + FoldBasis.LEAD_VISITORS
                + ", person AS (SELECT 'p' AS lead_id, "
                + created
                + " AS created_at, "
                + statuses
                + " AS ripen_statuses, "
                + judged
                + " AS judged) SELECT "
                + FoldBasis.of("judged", "'" + rules + "'", 10)
                + " FROM person JOIN lead_visitors USING (lead_id)")
        .head()
        .getLong(0);
  }

  private long usual() {
    return basis("r", CREATED, STATUSES, ATTRIBUTES, CHANGES, IDS);
  }

  @Test
  void isTheSameWhateverTheOrderInWhichSparkCollects() {
    String reversed = "array_distinct(reverse(concat(" + STATUSES + ", " + STATUSES + ")))";
    assertThat(basis("r", CREATED, reversed, ATTRIBUTES, "reverse(" + CHANGES + ")", "'v2', 'v1'"))
        .isEqualTo(usual());
  }

  @Test
  void eachFactMakesAnother() {
    String noStatuses =
        "CAST(NULL AS ARRAY<STRUCT<status STRING, occurred_at BIGINT, reason STRING>>)";
    List<Long> others =
        Arrays.asList(
            usual(),
            basis("s", CREATED, STATUSES, ATTRIBUTES, CHANGES, IDS),
            basis("r", "TIMESTAMP'2026-01-02 00:00:00'", STATUSES, ATTRIBUTES, CHANGES, IDS),
            basis("r", CREATED, STATUSES.replace("2L", "3L"), ATTRIBUTES, CHANGES, IDS),
            basis("r", CREATED, STATUSES.replace("timing", "budget"), ATTRIBUTES, CHANGES, IDS),
            basis("r", CREATED, noStatuses, ATTRIBUTES, CHANGES, IDS),
            basis("r", CREATED, STATUSES, ATTRIBUTES.replace("'b'", "'c'"), CHANGES, IDS),
            basis("r", CREATED, STATUSES, ATTRIBUTES.replace("smb", "large"), CHANGES, IDS),
            basis("r", CREATED, STATUSES, ATTRIBUTES.replace("true", "false"), CHANGES, IDS),
            basis("r", CREATED, STATUSES, ATTRIBUTES.replace("5L", "6L"), CHANGES, IDS),
            basis(
                "r",
                CREATED,
                STATUSES,
                ATTRIBUTES.replace("CAST(NULL AS STRING)", "'x'"),
                CHANGES,
                IDS),
            basis("r", CREATED, STATUSES, ATTRIBUTES, CHANGES.replace("2L", "3L"), IDS),
            basis("r", CREATED, STATUSES, ATTRIBUTES, CHANGES, "'v1'"),
            basis("r", CREATED, STATUSES, ATTRIBUTES, CHANGES, "'v1', 'v3'"),
            basis("r", CREATED, STATUSES, ATTRIBUTES, CHANGES, "'v1', 'v2', 'v3'"));
    Set<Long> distinct = new HashSet<>(others);
    assertThat(distinct).hasSameSizeAs(others);
  }

  @Test
  void whatIsLaterDoesNotCount() {
    assertThat(basis("r", CREATED, STATUSES.replace("2L", "11L"), ATTRIBUTES, CHANGES, IDS))
        .isEqualTo(basis("r", CREATED, STATUSES.replace("2L", "12L"), ATTRIBUTES, CHANGES, IDS));
    assertThat(basis("r", CREATED, STATUSES, ATTRIBUTES, CHANGES.replace("2L", "11L"), IDS))
        .isEqualTo(basis("r", CREATED, STATUSES, ATTRIBUTES, CHANGES.replace("2L", "12L"), IDS));
  }

  @Test
  void idsThatComeTwiceDoNotCancelOut() {
    assertThat(basis("r", CREATED, STATUSES, ATTRIBUTES, CHANGES, "'v1', 'v2', 'v2'"))
        .isNotEqualTo(basis("r", CREATED, STATUSES, ATTRIBUTES, CHANGES, "'v1', 'v3', 'v3'"));
  }
}
