package dev.ripen.http;

import com.fasterxml.jackson.databind.JsonNode;
import java.time.Clock;
import java.time.DateTimeException;
import java.time.Duration;
import java.time.ZonedDateTime;
import java.time.format.DateTimeFormatter;
import java.util.Optional;
import java.util.OptionalInt;
import okhttp3.Headers;

/**
 * An answer. Prints as its status: bodies hold people's data.
 *
 * @param body a missing node if the answer was empty or not JSON
 */
public record JsonReply(int status, Headers headers, JsonNode body) {
  public boolean isSuccess() {
    return status >= 200 && status < 300;
  }

  /** A header that is a whole number; empty if it is absent or something else. */
  public OptionalInt number(String header) {
    String value = headers.get(header);
    try {
      return value == null ? OptionalInt.empty() : OptionalInt.of(Integer.parseInt(value.strip()));
    } catch (NumberFormatException e) {
      return OptionalInt.empty();
    }
  }

  /** What {@code Retry-After} says, in seconds or as a date; never negative. */
  public Optional<Duration> retryAfter(Clock clock) {
    OptionalInt seconds = number("Retry-After");
    if (seconds.isPresent()) {
      return Optional.of(Duration.ofSeconds(Math.max(0, seconds.getAsInt())));
    }
    String date = headers.get("Retry-After");
    if (date == null) {
      return Optional.empty();
    }
    try {
      ZonedDateTime until = ZonedDateTime.parse(date, DateTimeFormatter.RFC_1123_DATE_TIME);
      Duration wait = Duration.between(clock.instant(), until.toInstant());
      return Optional.of(wait.isNegative() ? Duration.ZERO : wait);
    } catch (DateTimeException e) {
      return Optional.empty();
    }
  }

  @Override
  public String toString() {
    return "HTTP " + status;
  }
}
