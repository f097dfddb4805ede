package dev.ripen.spark;

import java.util.List;
import java.util.Random;
import java.util.function.Supplier;

/** Makes conditions of Spark SQL at random, of what can be computed inside a source. */
final class PushedConditions {
  /** Also what the rows hold. */
  static final List<String> TEXTS =
      List.of(
          "",
          " ",
          "a",
          "A",
          "b",
          "ab",
          "Ab",
          "a b",
          " a ",
          "it's",
          "\"q\"",
          "back\\slash",
          "100%",
          "a_b",
          "axb",
          "x!y",
          "\u00E4",
          "\u00C4",
          "\u212A",
          "k",
          "\u0130",
          "i",
          "i\u0307",
          "\u017F",
          "stra\u00DFe",
          "a\nb",
          "a\n",
          "a\r\n",
          "\uD83D\uDE00",
          "Googlebot",
          "/pricing/eu",
          "a|b",
          "tab\t",
          "\u00A0a");

  static final List<String> TIMES =
      List.of(
          "2026-11-01 00:00:00",
          "2026-11-01 09:30:00.12",
          "2026-11-01 09:30:00.123456",
          "2026-11-01 09:30:01",
          "2026-11-02 00:00:00");

  private static final List<String> LIKES =
      List.of(
          "a%",
          "%b",
          "%a%",
          "a%b",
          "_",
          "a_b",
          "%!%%",
          "%\u00E4%",
          "%i%",
          "100/%",
          "x!!y%",
          "%'%",
          "/pricing%");
  private static final List<String> REGEXES =
      List.of(
          "a",
          "(?i)AB",
          "^a",
          "a$",
          "^a.b$",
          "(?i)bot|crawl",
          "[0-9]+%",
          "^[^a]",
          "a\\|b",
          "(?i)k|i",
          "(?i)b(o|s|k)",
          "[Ss]|k",
          "\\s",
          "(a|b)$");

  private final Random random;

  PushedConditions(long seed) {
    this.random = new Random(seed);
  }

  String condition(int depth) {
    if (depth == 0 || random.nextInt(3) == 0) {
      return simple();
    }
    Supplier<String> next = () -> condition(depth - 1);
    return switch (random.nextInt(6)) {
      case 0, 1 -> "(" + next.get() + " AND " + next.get() + ")";
      case 2, 3 -> "(" + next.get() + " OR " + next.get() + ")";
      case 4 -> "(NOT " + next.get() + ")";
      default -> "IF(" + next.get() + ", " + next.get() + ", " + next.get() + ")";
    };
  }

  private String simple() {
    return switch (random.nextInt(26)) {
      case 0 -> text(1) + " = " + constant();
      case 1 -> text(1) + " <> " + constant();
      case 2 -> text(1) + " <=> " + text(1);
      case 3 -> text(1) + " IN (" + constant() + ", " + constant() + ", NULL)";
      case 4 -> text(1) + " NOT IN (" + constant() + ", " + constant() + ")";
      case 5 -> text(1) + " IS NULL";
      case 6 -> text(1) + " IS NOT NULL";
      case 7, 8 -> text(1) + " LIKE " + quoted(one(LIKES)) + " ESCAPE '!'";
      case 9 -> text(1) + " LIKE " + quoted(one(LIKES).replace("!", ""));
      case 10 -> "startswith(" + text(1) + ", " + constant() + ")";
      case 11 -> "contains(" + text(1) + ", " + constant() + ")";
      case 12, 13 -> text(1) + " RLIKE " + quoted(one(REGEXES));
      case 14 ->
          "lower(" + text(1) + ") = " + one(List.of("'a'", "'k'", "'i'", "'ab'", "'googlebot'"));
      case 15 ->
          "lower(trim("
              + text(1)
              + ")) LIKE "
              + one(List.of("'a%'", "'%i%'", "'%k'", "'_'", "'%bot'"));
      case 16 -> text(1) + " ILIKE 'A%'";
      case 17 ->
          number() + one(List.of(" = ", " < ", " >= ", " <> ", " > ", " <= ", " <=> ")) + number();
      case 18 -> "flag";
      case 19 -> "flag = " + one(List.of("true", "false"));
      case 20 -> time() + one(List.of(" >= ", " < ", " > ", " <= ", " = ")) + constantTime();
      case 21 -> "unix_micros(" + time() + ") > unix_micros(" + constantTime() + ")";
      case 22 -> "CAST(" + time() + " AS DATE) = DATE '2026-11-01'";
      case 23 -> "length(" + text(1) + ") > " + random.nextInt(4);
      case 24 -> "md5(" + text(0) + ") = md5(" + constant() + ")";
      default -> "coalesce(flag, " + text(1) + " = " + constant() + ")";
    };
  }

  private String text(int depth) {
    if (depth == 0 || random.nextInt(3) > 0) {
      return one(List.of("a", "b"));
    }
    return switch (random.nextInt(9)) {
      case 0 -> "coalesce(" + text(0) + ", " + text(0) + ", " + constant() + ")";
      case 1 -> "concat(" + text(0) + ", '-', " + text(0) + ")";
      case 2 -> "concat_ws('|', " + text(0) + ", " + text(0) + ", occurred_at)";
      case 3 -> "nullif(" + text(0) + ", " + constant() + ")";
      case 4 -> "trim(" + text(0) + ")";
      case 5 -> "replace(" + text(0) + ", 'a', " + constant() + ")";
      case 6 -> "CASE WHEN flag THEN " + text(0) + " WHEN n > 1 THEN " + constant() + " END";
      case 7 -> "CAST(n AS STRING)";
      default -> "rtrim(" + text(0) + ")";
    };
  }

  private String number() {
    return one(List.of("n", "d", "coalesce(n, 2)", "1", "-1", "2.5", "0", "1.00"));
  }

  private String time() {
    return one(List.of("moment", "zoned", "occurred_at"));
  }

  private String constantTime() {
    return "TIMESTAMP '" + one(TIMES) + "'";
  }

  private String constant() {
    return quoted(one(TEXTS));
  }

  private static String quoted(String text) {
    return SignalSql.quoted(text);
  }

  private <T> T one(List<T> list) {
    return list.get(random.nextInt(list.size()));
  }
}
