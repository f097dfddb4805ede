package dev.ripen.sandbox;

import com.fasterxml.jackson.databind.JsonNode;
import java.math.BigDecimal;
import java.time.DateTimeException;
import java.time.LocalDate;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** One condition of a search. Texts are compared without regard to case. */
record SearchFilter(
    String property,
    String operator,
    @Nullable String value,
    @Nullable String highValue,
    Set<String> values) {
  private static final List<String> OPERATORS =
      List.of(
          "EQ",
          "NEQ",
          "LT",
          "LTE",
          "GT",
          "GTE",
          "BETWEEN",
          "IN",
          "NOT_IN",
          "HAS_PROPERTY",
          "NOT_HAS_PROPERTY",
          "CONTAINS_TOKEN",
          "NOT_CONTAINS_TOKEN");

  static SearchFilter fromJson(JsonNode node) {
    String operator = Json.text(node, "operator", "");
    if (!OPERATORS.contains(operator)) {
      throw ApiException.validation("Invalid input JSON: unknown operator '" + operator + "'");
    }
    return new SearchFilter(
        Json.text(node, "propertyName", ""),
        operator,
        Json.text(node, "value"),
        Json.text(node, "highValue"),
        Json.texts(node, "values"));
  }

  boolean matches(@Nullable String stored, String type) {
    return switch (operator) {
      case "HAS_PROPERTY" -> stored != null;
      case "NOT_HAS_PROPERTY" -> stored == null;
      case "NEQ" -> stored == null || !same(stored, value, type);
      case "NOT_IN" -> stored == null || values.stream().noneMatch(v -> same(stored, v, type));
      case "NOT_CONTAINS_TOKEN" -> stored == null || !contains(stored);
      default -> stored != null && matchesPresent(stored, type);
    };
  }

  private boolean matchesPresent(String stored, String type) {
    return switch (operator) {
      case "EQ" -> same(stored, value, type);
      case "IN" -> values.stream().anyMatch(v -> same(stored, v, type));
      case "LT" -> compare(stored, value, type) < 0;
      case "LTE" -> compare(stored, value, type) <= 0;
      case "GT" -> compare(stored, value, type) > 0;
      case "GTE" -> compare(stored, value, type) >= 0;
      case "BETWEEN" -> compare(stored, value, type) >= 0 && compare(stored, highValue, type) <= 0;
      default -> contains(stored);
    };
  }

  private boolean contains(String stored) {
    String wanted = value == null ? "" : value.toLowerCase(Locale.ROOT).replace("*", "");
    return stored.toLowerCase(Locale.ROOT).contains(wanted);
  }

  private static boolean same(String stored, @Nullable String wanted, String type) {
    return compare(stored, wanted, type) == 0;
  }

  static int compare(String stored, @Nullable String wanted, String type) {
    if (wanted == null) {
      throw ApiException.validation("Invalid input JSON: a filter has no value");
    }
    return switch (type) {
      case "number" -> number(stored).compareTo(number(wanted));
      case "date", "datetime" -> Long.compare(millis(stored), millis(wanted));
      default -> stored.compareToIgnoreCase(wanted);
    };
  }

  private static BigDecimal number(String text) {
    try {
      return new BigDecimal(text);
    } catch (NumberFormatException e) {
      throw ApiException.validation("Invalid input JSON: " + text + " is not a number");
    }
  }

  private static long millis(String text) {
    try {
      if (text.matches("-?\\d{1,15}")) {
        return Long.parseLong(text);
      }
      return text.length() == 10
          ? LocalDate.parse(text).atStartOfDay(ZoneOffset.UTC).toInstant().toEpochMilli()
          : OffsetDateTime.parse(text).toInstant().toEpochMilli();
    } catch (DateTimeException e) {
      throw ApiException.validation("Invalid input JSON: " + text + " is not a date");
    }
  }
}
