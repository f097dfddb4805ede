package dev.ripen.spark;

import dev.ripen.scoring.ReasonsJson;
import dev.ripen.scoring.ScoreCard;
import java.util.List;
import java.util.function.Function;
import org.apache.spark.sql.catalyst.InternalRow;
import org.apache.spark.sql.catalyst.expressions.GenericInternalRow;
import org.apache.spark.sql.catalyst.util.ArrayData;
import org.apache.spark.sql.catalyst.util.GenericArrayData;
import org.apache.spark.sql.types.Decimal;
import org.apache.spark.unsafe.types.UTF8String;
import org.jspecify.annotations.Nullable;

/** Turns a {@link ScoreCard} into a row of {@link ScoreFunction#resultType}. Stateless. */
final class ScoreRows {
  /** Columns beside those of the dimensions. */
  private static final int OTHERS = 19;

  private ScoreRows() {}

  /**
   * The row.
   *
   * @param dimensions of any model, in the order of the columns
   * @param version of the rules
   * @param kept what is kept of the fold; null: nothing
   */
  static InternalRow row(
      ScoreCard card, List<String> dimensions, String version, @Nullable InternalRow kept) {
    boolean excluded = card.excludedBecause() != null;
    @Nullable Object[] values = new Object[OTHERS + dimensions.size()];
    int next = 0;
    values[next++] = excluded ? null : points(card.score());
    values[next++] = excluded ? null : card.publishedScore();
    for (String dimension : dimensions) {
      Long value = card.dimensions().get(dimension);
      values[next++] = excluded || value == null ? null : points(value);
    }
    List<ScoreCard.Episode> episodes = card.episodes();
    ScoreCard.Episode latest = episodes.isEmpty() ? null : episodes.get(episodes.size() - 1);
    values[next++] = card.isMql();
    values[next++] = text(card.level());
    values[next++] = card.firstMqlAtMicros();
    values[next++] = card.mqlAtMicros();
    values[next++] = card.mqlCount();
    values[next++] = latest == null ? null : points(latest.scoreAtMql());
    values[next++] = latest == null ? null : text(latest.levelAtMql());
    values[next++] = latest == null ? null : text(latest.reasonsAtMql());
    values[next++] = array(card.contributions(), ScoreRows::row);
    values[next++] = array(card.adjustments(), ScoreRows::row);
    values[next++] = array(episodes, ScoreRows::row);
    values[next++] = text(card.reasons());
    values[next++] = excluded ? null : text(ReasonsJson.of(card.contributions()));
    values[next++] = card.lastActivityAtMicros();
    values[next++] = text(card.excludedBecause());
    values[next++] = text(version);
    values[next] = kept;
    return new GenericInternalRow(values);
  }

  /** A row of values that are Spark's own. */
  static InternalRow of(@Nullable Object... values) {
    return new GenericInternalRow(values);
  }

  private static <T> ArrayData array(List<T> items, Function<T, InternalRow> row) {
    Object[] rows = new Object[items.size()];
    for (int i = 0; i < rows.length; i++) {
      rows[i] = row.apply(items.get(i));
    }
    return new GenericArrayData(rows);
  }

  private static InternalRow row(ScoreCard.Contribution c) {
    return of(
        text(c.rule()),
        text(c.label()),
        text(c.dimension()),
        points(c.microPoints()),
        points(c.awardedMicroPoints()),
        c.times(),
        c.lastAtMicros());
  }

  private static InternalRow row(ScoreCard.Adjustment a) {
    return of(text(a.kind()), text(a.where()), points(a.microPoints()));
  }

  private static InternalRow row(ScoreCard.Episode e) {
    return of(
        e.number(),
        e.openedAtMicros(),
        points(e.scoreAtMql()),
        text(e.levelAtMql()),
        text(e.reasonsAtMql()),
        text(e.versionAtMql()),
        e.acceptedAtMicros(),
        e.closedAtMicros(),
        text(e.closedBy()),
        text(e.reason()));
  }

  /** More than the column holds are an error, as everywhere in Spark's arithmetic. */
  private static Decimal points(long micro) {
    return Decimal.apply(micro, 18, 6);
  }

  private static @Nullable UTF8String text(@Nullable String text) {
    return text == null ? null : UTF8String.fromString(text);
  }
}
