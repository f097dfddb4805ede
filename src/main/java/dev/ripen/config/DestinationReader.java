package dev.ripen.config;

import com.typesafe.config.ConfigObject;
import dev.ripen.crm.Budget;
import dev.ripen.crm.RecordKey;
import java.math.BigDecimal;
import java.time.LocalDate;
import java.time.format.DateTimeParseException;
import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** {@code destinations { … }}: CRMs to keep in step. */
final class DestinationReader {
  private static final int SANDBOX_PORT = 8700;
  private static final int HIGHEST_PORT = 65_535;

  // With answers after half a second, so many in flight are the 19 a second that HubSpot allows.
  private static final int CONCURRENCY = 10;
  private static final String API_VERSION = "2026-09";

  private DestinationReader() {}

  static List<DestinationSettings> destinations(Node node) {
    List<DestinationSettings> destinations = new ArrayList<>();
    for (String name : node.keys()) {
      if (!name.matches("[a-z][a-z0-9_-]*")) {
        node.invalid(
            name,
            "a destination is called `" + name + "`, but sql/crm/<name>.sql is read by that name",
            "use lower-case letters, digits, - and _");
      }
      node.child(name).ifPresent(child -> destinations.add(destination(name, child)));
    }
    node.end();
    return destinations;
  }

  private static DestinationSettings destination(String name, Node node) {
    boolean sandbox = node.flag("sandbox", false);
    String variable = name.toUpperCase(Locale.ROOT).replace('-', '_') + "_TOKEN";
    Optional<Secret> token = SecretReader.read(node, "token", variable);
    if (sandbox && token.isPresent()) {
      node.invalid(
          "sandbox",
          "`" + node.path() + "` has both sandbox = true and a token",
          "remove the token for the built-in CRM, or sandbox for the real one");
    }
    DestinationSettings settings =
        new DestinationSettings(
            name,
            node.text("type").orElse(name),
            sandbox,
            port(node),
            node.parsed("base-url", DestinationReader::baseUrl),
            node.text("api-version").orElse(API_VERSION),
            token,
            node.choice("mode", DestinationSettings.Mode.class, DestinationSettings.Mode.SHADOW),
            node.parsed("live-since", DestinationReader::date),
            matchBy(node),
            node.choice(
                "create", DestinationSettings.Create.class, DestinationSettings.Create.NEVER),
            node.integer("concurrency", CONCURRENCY, 1),
            node.child("budget").map(DestinationReader::budget).orElse(Budget.ALL),
            node.flag("adopt", false),
            node.choice(
                "leavers", DestinationSettings.Leavers.class, DestinationSettings.Leavers.CLEAR),
            node.child("fields").map(DestinationReader::fields).orElse(Map.of()));
    node.end();
    return settings;
  }

  private static Budget budget(Node node) {
    Budget budget =
        new Budget(
            node.parsed("burst", DestinationReader::share).orElse(BigDecimal.ONE),
            node.parsed("day", DestinationReader::share).orElse(BigDecimal.ONE));
    node.end();
    return budget;
  }

  private static BigDecimal share(String text) throws InvalidValue {
    BigDecimal share = Values.fraction(text);
    if (share.signum() == 0) {
      throw InvalidValue.of("nothing would ever be sent", "write for example 50%");
    }
    return share;
  }

  private static int port(Node node) {
    int port = node.integer("sandbox-port", SANDBOX_PORT, 1);
    if (port > HIGHEST_PORT) {
      node.invalid(
          "sandbox-port",
          "`" + node.pathOf("sandbox-port") + "` is `" + port + "`: ports end at " + HIGHEST_PORT,
          "write for example " + SANDBOX_PORT);
    }
    return port;
  }

  static String baseUrl(String text) throws InvalidValue {
    if (!text.matches("https?://\\S+")) {
      throw InvalidValue.of("not a web address", "write it with https://");
    }
    return text.replaceFirst("/+$", "");
  }

  private static LocalDate date(String text) throws InvalidValue {
    try {
      return LocalDate.parse(text);
    } catch (DateTimeParseException e) {
      throw InvalidValue.of("not a date", "write year-month-day: \"2026-12-01\"");
    }
  }

  private static List<RecordKey.Kind> matchBy(Node node) {
    if (!node.has("match-by")) {
      return List.of(RecordKey.Kind.RECORD_ID, RecordKey.Kind.EMAIL);
    }
    List<RecordKey.Kind> kinds = new ArrayList<>();
    for (String text : node.texts("match-by")) {
      Optional<RecordKey.Kind> kind =
          node.parsed("match-by", text, given -> Values.choice(given, RecordKey.Kind.class));
      if (kind.isPresent() && kinds.contains(kind.get())) {
        node.invalid(
            "match-by",
            "`" + node.pathOf("match-by") + "` names `" + text + "` twice",
            "name each key once");
      }
      kind.ifPresent(kinds::add);
    }
    if (node.texts("match-by").isEmpty()) {
      node.invalid(
          "match-by",
          "`" + node.pathOf("match-by") + "` names no key",
          "write match-by = [ record-id, email ]");
    }
    return kinds;
  }

  private static Map<String, FieldPolicy> fields(Node node) {
    Map<String, FieldPolicy> fields = new LinkedHashMap<>();
    for (String name : node.keys()) {
      if (node.find(name).filter(ConfigObject.class::isInstance).isPresent()) {
        node.child(name).flatMap(DestinationReader::field).ifPresent(f -> fields.put(name, f));
      } else {
        node.parsed(name, text -> Values.choice(text, FieldPolicy.Kind.class))
            .ifPresent(kind -> fields.put(name, new FieldPolicy(kind, null)));
      }
    }
    node.end();
    return Collections.unmodifiableMap(fields);
  }

  private static Optional<FieldPolicy> field(Node node) {
    node.require("policy", "say who owns the field: policy = overwrite");
    Optional<FieldPolicy.Kind> kind =
        node.parsed("policy", text -> Values.choice(text, FieldPolicy.Kind.class));
    @Nullable BigDecimal minChange =
        node.parsed("min-change", DestinationReader::change).orElse(null);
    if (minChange != null && kind.isPresent() && kind.get() != FieldPolicy.Kind.OVERWRITE) {
      node.invalid(
          "min-change",
          "`" + node.pathOf("min-change") + "` works with policy = overwrite only",
          "remove it");
    }
    FieldPolicy.Drift onDrift =
        node.choice("on-drift", FieldPolicy.Drift.class, FieldPolicy.Drift.REPORT);
    if (node.has("on-drift") && kind.isPresent() && kind.get() != FieldPolicy.Kind.OVERWRITE) {
      node.invalid(
          "on-drift",
          "`" + node.pathOf("on-drift") + "` works with policy = overwrite only",
          "remove it: the other policies leave what somebody edited");
    }
    node.end();
    return kind.map(policy -> new FieldPolicy(policy, minChange, onDrift));
  }

  private static BigDecimal change(String text) throws InvalidValue {
    if (!text.matches("\\d{1,18}(\\.\\d{1,18})?") || new BigDecimal(text).signum() == 0) {
      throw InvalidValue.of("not a number above zero", "write for example 5");
    }
    return new BigDecimal(text);
  }
}
