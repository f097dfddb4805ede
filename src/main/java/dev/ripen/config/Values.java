package dev.ripen.config;

import dev.ripen.problem.NearestName;
import dev.ripen.scoring.Decay;
import dev.ripen.scoring.Frequency;
import dev.ripen.scoring.Points;
import java.math.BigDecimal;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** The small languages of the configuration: durations, shares, points, frequencies. Pure. */
final class Values {
  private static final int MOST_DAYS = 36_500;
  private static final Map<String, Duration> UNITS =
      Map.of(
          "s", Duration.ofSeconds(1),
          "min", Duration.ofMinutes(1),
          "h", Duration.ofHours(1),
          "d", Duration.ofDays(1),
          "w", Duration.ofDays(7));
  private static final Pattern DURATION = Pattern.compile("(\\d{1,9})\\s*([A-Za-z]*)");
  private static final Pattern DECIMAL = Pattern.compile("-?\\d{1,18}(\\.\\d{1,18})?");
  private static final Pattern FREQUENCY =
      Pattern.compile(
          "(\\d{1,9}) per (?:(\\d{1,5}) ?)?(calendar )?(days?|weeks?|months?|d|w)",
          Pattern.CASE_INSENSITIVE);
  private static final Pattern BYTES = Pattern.compile("(\\d{1,6})\\s*(KB|MB|GB)");
  private static final Pattern LINEAR = Pattern.compile("(\\S+) per (.+)");

  private Values() {}

  static boolean flag(String text) throws InvalidValue {
    if (text.equals("true") || text.equals("false")) {
      return text.equals("true");
    }
    throw InvalidValue.of("not true or false", "write true or false");
  }

  static int integer(String text, int least) throws InvalidValue {
    try {
      int number = Integer.parseInt(text.replace("_", ""));
      if (number >= least) {
        return number;
      }
    } catch (NumberFormatException e) {
      // Reported below, like a number that is too small.
    }
    throw InvalidValue.of(
        "not a whole number from " + least + " on",
        "write digits only, for example " + (least + 1));
  }

  static <E extends Enum<E>> E choice(String text, Class<E> type) throws InvalidValue {
    List<String> names = new ArrayList<>();
    for (E constant : type.getEnumConstants()) {
      String name = constant.name().toLowerCase(Locale.ROOT).replace('_', '-');
      if (name.equals(text)) {
        return constant;
      }
      names.add(name);
    }
    throw InvalidValue.of(
        "not one of " + String.join(", ", names),
        NearestName.of(text, names)
            .map(n -> "did you mean `" + n + "`?")
            .orElse("write one of them"));
  }

  /** A number of points in micro-points. */
  static long points(String text) throws InvalidValue {
    if (text.matches("\\+\\d+(\\.\\d+)?")) {
      throw InvalidValue.of("a plus sign is not needed", "write " + text.substring(1));
    }
    if (!DECIMAL.matcher(text).matches()) {
      throw InvalidValue.of("not a number of points", "write a number, for example 15, -30 or 2.5");
    }
    BigDecimal points = new BigDecimal(text);
    if (points.stripTrailingZeros().scale() > 6) {
      throw InvalidValue.of("points have at most six decimal places", "round it to six places");
    }
    try {
      return Points.micro(points);
    } catch (ArithmeticException e) {
      throw InvalidValue.of("too many points", "write a number below a billion");
    }
  }

  static Duration duration(String text) throws InvalidValue {
    Matcher matcher = DURATION.matcher(text);
    if (!matcher.matches()) {
      throw InvalidValue.of(
          "not a duration", "write a whole number and s, min, h, d or w: 26h, 14d");
    }
    String number = matcher.group(1);
    String unit = matcher.group(2);
    if (unit.equals("m")) {
      throw InvalidValue.of(
          "`m` could be minutes or months",
          String.format(
              Locale.ROOT,
              "write %smin for minutes; months do not exist, write days: %dd",
              number,
              30 * Long.parseLong(number)));
    }
    Duration one = UNITS.get(unit);
    if (one == null) {
      throw InvalidValue.of(
          unit.isEmpty() ? "a duration needs a unit" : "`" + unit + "` is not a unit of time",
          "write s, min, h, d or w after the number, for example " + number + "d");
    }
    return one.multipliedBy(Long.parseLong(number));
  }

  /** A span of time that is longer than nothing, in microseconds. */
  static long micros(String text) throws InvalidValue {
    Duration duration = duration(text);
    if (duration.isZero() || duration.toDays() > MOST_DAYS) {
      throw InvalidValue.of(
          duration.isZero() ? "no time at all" : "more than a hundred years",
          "write for example 40d, 2w or 12h");
    }
    return Math.multiplyExact(duration.toSeconds(), 1_000_000L);
  }

  /** Whole days, at least one. */
  static int days(String text) throws InvalidValue {
    int days = daysOrZero(text);
    if (days == 0) {
      throw InvalidValue.of("less than a day", "write whole days, for example 14d");
    }
    return days;
  }

  static int daysOrZero(String text) throws InvalidValue {
    Duration duration = duration(text);
    if (!duration.equals(Duration.ofDays(duration.toDays())) || duration.toDays() > MOST_DAYS) {
      throw InvalidValue.of("not whole days", "write whole days or weeks, for example 14d or 2w");
    }
    return (int) duration.toDays();
  }

  /** A size in bytes. */
  static long bytes(String text) throws InvalidValue {
    Matcher matcher = BYTES.matcher(text);
    if (!matcher.matches()) {
      throw InvalidValue.of(
          "not a size", "write a whole number and KB, MB or GB, for example 32MB");
    }
    long unit =
        switch (matcher.group(2)) {
          case "KB" -> 1_000L;
          case "MB" -> 1_000_000L;
          default -> 1_000_000_000L;
        };
    return Long.parseLong(matcher.group(1)) * unit;
  }

  /** A share as a fraction from 0 to 1. */
  static BigDecimal fraction(String text) throws InvalidValue {
    String digits = text.endsWith("%") ? text.substring(0, text.length() - 1).strip() : text;
    if (DECIMAL.matcher(digits).matches()) {
      BigDecimal number = new BigDecimal(digits);
      BigDecimal fraction = text.endsWith("%") ? number.movePointLeft(2) : number;
      if (fraction.signum() >= 0 && fraction.compareTo(BigDecimal.ONE) <= 0) {
        return fraction.signum() == 0 ? BigDecimal.ZERO : fraction.stripTrailingZeros();
      }
      if (!text.endsWith("%") && number.signum() > 0) {
        throw InvalidValue.of("a share is at most 1", "write " + text + "% for per cent");
      }
    }
    throw InvalidValue.of("not a share from 0% to 100%", "write for example 20%");
  }

  static Frequency frequency(String text) throws InvalidValue {
    if (text.equals("once")) {
      return new Frequency.Once();
    }
    if (text.equals("always")) {
      return new Frequency.Always();
    }
    Matcher matcher = FREQUENCY.matcher(text.replaceAll("\\s+", " "));
    boolean calendar = matcher.matches() && matcher.group(3) != null;
    if (!matcher.matches() || (calendar && matcher.group(2) != null)) {
      throw InvalidValue.of(
          "not a frequency",
          "write once, \"3 per 7 days\" (rolling) or \"1 per calendar week\" (day, week, month)");
    }
    int times = integer(matcher.group(1), 1);
    String unit = matcher.group(4).toLowerCase(Locale.ROOT).substring(0, 1);
    if (calendar) {
      return new Frequency.Calendar(times, bucket(unit));
    }
    int number = matcher.group(2) == null ? 1 : integer(matcher.group(2), 1);
    return new Frequency.Rolling(times, Math.multiplyExact(number, daysOf(unit)));
  }

  private static Frequency.Bucket bucket(String unit) {
    return switch (unit) {
      case "d" -> Frequency.Bucket.DAY;
      case "w" -> Frequency.Bucket.WEEK;
      default -> Frequency.Bucket.MONTH;
    };
  }

  private static int daysOf(String unit) {
    return switch (unit) {
      case "d" -> 1;
      case "w" -> 7;
      default -> 30;
    };
  }

  /** For example {@code 25% per 30d}. */
  static Decay linear(String text) throws InvalidValue {
    Matcher matcher = LINEAR.matcher(text);
    if (!matcher.matches()) {
      throw InvalidValue.of("not a linear decay", "write for example \"25% per 30d\"");
    }
    BigDecimal micro = fraction(matcher.group(1)).movePointRight(6);
    if (micro.signum() == 0 || micro.stripTrailingZeros().scale() > 0) {
      throw InvalidValue.of(
          "the share lost must be above 0% and have at most four decimal places",
          "write for example \"25% per 30d\"");
    }
    return new Decay.Linear(micro.longValueExact(), days(matcher.group(2).strip()));
  }
}
