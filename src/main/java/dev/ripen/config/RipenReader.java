package dev.ripen.config;

import com.typesafe.config.ConfigValue;
import com.typesafe.config.ConfigValueType;
import dev.ripen.config.Project.Signals;
import dev.ripen.config.Project.State;
import dev.ripen.identity.IdentityRules;
import dev.ripen.problem.NearestName;
import java.math.BigDecimal;
import java.time.DateTimeException;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;

/** {@code conf/ripen.conf} to all of a {@link Project} but its definition. */
final class RipenReader {
  private static final String STATE_PATH = ".ripen/state";
  private static final int HISTORY_DAYS = 90;
  private static final int LOOK_BACK_DAYS = 3;
  private static final int MAX_PER_VISITOR_RULE_DAY = 1_000;

  private final Node root;

  RipenReader(Node root) {
    this.root = root;
  }

  /** Everything but the definition, which needs the zone first. */
  record Settings(
      Optional<String> name,
      ZoneId zone,
      Optional<Instant> asOf,
      State state,
      Signals signals,
      List<Source> sources,
      List<DestinationSettings> destinations,
      Guards guards,
      NotifySettings notifications,
      IdentityRules identity,
      Map<String, Object> parameters,
      Map<String, String> spark) {}

  Settings read() {
    // A connection that sources share, sources { hubspot = ${warehouse} { … } }: read there.
    root.find("warehouse");
    Settings settings =
        new Settings(
            root.requiredText("project", "name the project: project = acme-mql"),
            root.parsed("time-zone", RipenReader::zone).orElse(ZoneId.of("UTC")),
            root.parsed("as-of", RipenReader::instant),
            state(),
            root.child("signals").map(RipenReader::signals).orElse(defaultSignals()),
            root.child("sources").map(SourceReader::sources).orElse(List.of()),
            root.child("destinations").map(DestinationReader::destinations).orElse(List.of()),
            root.child("guards").map(RipenReader::guards).orElse(defaultGuards()),
            root.child("notify").map(NotifyReader::read).orElse(NotifySettings.NONE),
            root.child("identity").map(IdentityReader::read).orElse(IdentityRules.DEFAULT),
            root.child("parameters").map(RipenReader::parameters).orElse(Map.of()),
            root.child("spark").map(RipenReader::spark).orElse(Map.of()));
    root.end();
    return settings;
  }

  private static ZoneId zone(String text) throws InvalidValue {
    Set<String> zones = ZoneId.getAvailableZoneIds();
    if (zones.contains(text)) {
      return ZoneId.of(text);
    }
    throw InvalidValue.of(
        "not a time zone",
        NearestName.of(text, zones)
            .map(near -> "did you mean \"" + near + "\"?")
            .orElse("write an IANA name, for example \"Europe/Berlin\" or UTC"));
  }

  private static Instant instant(String text) throws InvalidValue {
    try {
      return OffsetDateTime.parse(text).toInstant();
    } catch (DateTimeException e) {
      throw InvalidValue.of(
          "not an instant", "write date, time and zone: \"2026-11-20T05:00:00Z\"");
    }
  }

  private State state() {
    Optional<Node> node = root.child("state");
    String path = node.flatMap(state -> state.text("path")).orElse(STATE_PATH);
    StateUpkeep upkeep = node.map(RipenReader::upkeep).orElse(StateUpkeep.DEFAULT);
    node.ifPresent(Node::end);
    return new State(root.reading().absolute(path), upkeep);
  }

  private static StateUpkeep upkeep(Node node) {
    StateUpkeep usual = StateUpkeep.DEFAULT;
    return new StateUpkeep(
        // Less than a day would take tables away from whoever reads them at this moment.
        node.parsed("retention", Values::days).orElse(usual.retentionDays()),
        node.parsed("compact-below", Values::bytes).orElse(usual.compactBelowBytes()),
        node.integer("files-per-run", usual.filesPerRun(), 1));
  }

  private static Signals defaultSignals() {
    return new Signals(HISTORY_DAYS, LOOK_BACK_DAYS, MAX_PER_VISITOR_RULE_DAY);
  }

  private static Signals signals(Node node) {
    Signals signals =
        new Signals(
            node.parsed("history", Values::days).orElse(HISTORY_DAYS),
            node.parsed("look-back", Values::daysOrZero).orElse(LOOK_BACK_DAYS),
            node.integer("max-per-visitor-rule-day", MAX_PER_VISITOR_RULE_DAY, 1));
    node.end();
    return signals;
  }

  private static Guards defaultGuards() {
    return new Guards(
        0, Optional.empty(), Optional.empty(), Optional.empty(), Optional.empty(), List.of());
  }

  private static Guards guards(Node node) {
    Guards guards =
        new Guards(
            node.integer("max-creates", 0, 0),
            share(node, "max-changed"),
            count(node, "max-new-mqls"),
            share(node, "max-row-drop"),
            count(node, "reject-limit"),
            accepted(node));
    node.end();
    return guards;
  }

  /** {@code off} lets a profile switch off what the project sets. */
  private static boolean isOff(Node node, String key) {
    return node.find(key).filter(value -> "off".equals(value.unwrapped())).isPresent();
  }

  private static Optional<BigDecimal> share(Node node, String key) {
    return isOff(node, key) ? Optional.empty() : node.parsed(key, Values::fraction);
  }

  private static Optional<Integer> count(Node node, String key) {
    return isOff(node, key) ? Optional.empty() : node.integer(key, 0);
  }

  private static List<String> accepted(Node node) {
    List<String> accepted = new ArrayList<>();
    for (String text : node.texts("accepted")) {
      node.parsed("accepted", text, RipenReader::fingerprint).ifPresent(accepted::add);
    }
    return accepted;
  }

  private static String fingerprint(String text) throws InvalidValue {
    if (text.matches("[0-9a-f]{6}")) {
      return text;
    }
    throw InvalidValue.of(
        "not the fingerprint of a definition",
        "copy the line that ripen plan prints: [ \"a41f9c\" ]");
  }

  private static Map<String, Object> parameters(Node node) {
    Map<String, Object> parameters = new LinkedHashMap<>();
    Set<String> seen = new HashSet<>();
    for (String name : node.keys()) {
      if (!name.matches("[a-z][a-z0-9_]*") || name.equals("as_of") || !seen.add(name)) {
        node.invalid(
            name,
            "a parameter cannot be called `" + name + "`",
            "use lower-case letters, digits and _; as_of is given by the run");
      }
      parameter(node, name).ifPresent(value -> parameters.put(name, value));
    }
    node.end();
    return parameters;
  }

  private static Optional<Object> parameter(Node node, String name) {
    Optional<ConfigValue> value = node.find(name);
    boolean typed =
        value.isPresent()
            && (value.get().valueType() == ConfigValueType.NUMBER
                || value.get().valueType() == ConfigValueType.BOOLEAN);
    Optional<String> text = node.text(name);
    return typed ? value.map(ConfigValue::unwrapped) : text.map(Object.class::cast);
  }

  private static Map<String, String> spark(Node node) {
    Map<String, String> settings = new TreeMap<>();
    Map<String, Secret> secrets = new TreeMap<>();
    SourceReader.flatten("spark", node, settings, secrets);
    secrets.forEach((key, secret) -> settings.put(key, secret.reveal()));
    return settings;
  }
}
