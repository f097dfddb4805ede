package dev.ripen.config;

import dev.ripen.config.NotifySettings.Account;
import dev.ripen.config.NotifySettings.Channel;
import dev.ripen.config.NotifySettings.Digest;
import dev.ripen.config.NotifySettings.Mail;
import dev.ripen.config.NotifySettings.On;
import dev.ripen.config.NotifySettings.Security;
import dev.ripen.config.NotifySettings.Slack;
import dev.ripen.config.NotifySettings.Webhook;
import java.math.BigDecimal;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/** {@code notify { … }}: who is told what. */
final class NotifyReader {
  private static final String KEY_PREFIX = "whsec_";
  private static final int SHORTEST_KEY = 24;
  private static final int LONGEST_KEY = 64;
  private static final int HIGHEST_PORT = 65_535;

  private final Node node;
  private final List<Channel> declared = new ArrayList<>();

  private NotifyReader(Node node) {
    this.node = node;
  }

  static NotifySettings read(Node node) {
    return new NotifyReader(node).read();
  }

  private NotifySettings read() {
    for (Channel channel : Channel.values()) {
      if (node.has(name(channel))) {
        declared.add(channel);
      }
    }
    NotifySettings settings =
        new NotifySettings(
            node.child("slack").flatMap(NotifyReader::slack),
            node.child("webhook").flatMap(NotifyReader::webhook),
            node.child("mail").flatMap(NotifyReader::mail),
            node.child("on").map(this::on).orElseGet(this::defaultOn),
            node.child("digest").map(this::digest).orElse(Digest.NONE));
    node.end();
    return settings;
  }

  private static String name(Channel channel) {
    return channel.name().toLowerCase(Locale.ROOT);
  }

  private static Optional<Slack> slack(Node node) {
    Optional<Secret> url = address(node, SecretReader.read(node, "url", "SLACK_URL"));
    node.end();
    return url.map(Slack::new);
  }

  /** Absent without its key: an unset variable cannot be told from a missing line. */
  private static Optional<Webhook> webhook(Node node) {
    Optional<Secret> url = address(node, node.text("url").map(Secret::new));
    Optional<Secret> secret = SecretReader.read(node, "secret", "RIPEN_WEBHOOK_SECRET");
    List<Secret> keys = secret.map(given -> keys(node, given)).orElse(List.of());
    node.end();
    return url.filter(present -> !keys.isEmpty()).map(present -> new Webhook(present, keys));
  }

  /** The address without ever showing it: it may hold the right to post. */
  private static Optional<Secret> address(Node node, Optional<Secret> url) {
    if (url.isPresent() && !url.get().reveal().matches("https?://[^\\s/]+\\S*")) {
      node.invalid(
          "url", "`" + node.pathOf("url") + "` is not a web address", "write it with https://");
      return Optional.empty();
    }
    return url;
  }

  private static List<Secret> keys(Node node, Secret secret) {
    List<Secret> keys = new ArrayList<>();
    for (String key : secret.reveal().split("\\s+", -1)) {
      if (isKey(key)) {
        keys.add(new Secret(key));
      } else {
        node.invalid(
            "secret",
            "`" + node.pathOf("secret") + "` is not a key as Standard Webhooks has it",
            "write whsec_ and 24 to 64 random bytes in base64, for example of:"
                + " echo whsec_$(openssl rand -base64 32)");
        return List.of();
      }
    }
    return keys;
  }

  private static boolean isKey(String text) {
    if (!text.startsWith(KEY_PREFIX)) {
      return false;
    }
    try {
      int bytes = Base64.getDecoder().decode(text.substring(KEY_PREFIX.length())).length;
      return bytes >= SHORTEST_KEY && bytes <= LONGEST_KEY;
    } catch (IllegalArgumentException e) {
      return false;
    }
  }

  private static Optional<Mail> mail(Node node) {
    Optional<String> host = node.text("host");
    Security security = node.choice("security", Security.class, Security.STARTTLS);
    int port = port(node, security);
    node.require("from", "write the sender: from = \"ripen@acme.com\"");
    Optional<String> from = node.parsed("from", NotifyReader::mailAddress);
    node.require("to", "write who gets it: to = [ \"revops@acme.com\" ]");
    List<String> to = new ArrayList<>();
    node.texts("to")
        .forEach(text -> node.parsed("to", text, NotifyReader::mailAddress).ifPresent(to::add));
    Optional<Account> account = account(node, host.orElse(""), security);
    node.end();
    boolean waitsForPassword = node.has("username") && account.isEmpty();
    return host.isPresent() && from.isPresent() && !to.isEmpty() && !waitsForPassword
        ? Optional.of(new Mail(host.get(), port, security, from.get(), to, account))
        : Optional.empty();
  }

  private static int port(Node node, Security security) {
    int usual =
        switch (security) {
          case STARTTLS -> 587;
          case TLS -> 465;
          case NONE -> 25;
        };
    int port = node.integer("port", usual, 1);
    if (port > HIGHEST_PORT) {
      node.invalid(
          "port",
          "`" + node.pathOf("port") + "` is `" + port + "`: ports end at " + HIGHEST_PORT,
          "write for example " + usual);
    }
    return port;
  }

  private static Optional<Account> account(Node node, String host, Security security) {
    Optional<String> username = node.text("username");
    Optional<Secret> password = SecretReader.read(node, "password", "SMTP_PASSWORD");
    if (password.isPresent() && username.isEmpty()) {
      node.require("username", "write who signs in, or remove password");
    }
    boolean here = host.equals("localhost") || host.equals("127.0.0.1");
    if (password.isPresent() && security == Security.NONE && !here) {
      node.invalid(
          "security",
          "`" + node.pathOf("security") + "` is none: the password would be sent in clear",
          "write security = starttls or tls");
      return Optional.empty();
    }
    return username.flatMap(name -> password.map(given -> new Account(name, given)));
  }

  private static String mailAddress(String text) throws InvalidValue {
    String plain = "[^\\s@<>,;]+@[^\\s@<>,;]+";
    if (text.matches(plain + "|[^<>\\r\\n]*<" + plain + ">")) {
      return text;
    }
    throw InvalidValue.of(
        "not an e-mail address", "write \"ripen@acme.com\" or \"ripen <ripen@acme.com>\"");
  }

  private On defaultOn() {
    On usual = On.DEFAULT;
    return new On(
        usual.failed(),
        usual.guard(),
        usual.rejectsAbove(),
        usual.nothingNewFor(),
        usual.longerThanUsual(),
        declared);
  }

  private On on(Node child) {
    On usual = On.DEFAULT;
    On on =
        new On(
            child.flag("failed", usual.failed()),
            child.flag("guard", usual.guard()),
            off(child, "rejects-above")
                ? Optional.empty()
                : child.integer("rejects-above", 0).or(usual::rejectsAbove),
            off(child, "nothing-new-for")
                ? Optional.empty()
                : child.parsed("nothing-new-for", NotifyReader::positive).or(usual::nothingNewFor),
            off(child, "longer-than-usual")
                ? Optional.empty()
                : child.parsed("longer-than-usual", NotifyReader::times).or(usual::longerThanUsual),
            child.has("to") ? channels(child) : declared);
    child.end();
    return on;
  }

  private static boolean off(Node node, String key) {
    return node.find(key).filter(value -> "off".equals(value.unwrapped())).isPresent();
  }

  private static Duration positive(String text) throws InvalidValue {
    Duration duration = Values.duration(text);
    if (duration.isZero()) {
      throw InvalidValue.of("no time at all", "write for example 3d, or off");
    }
    return duration;
  }

  private static BigDecimal times(String text) throws InvalidValue {
    if (text.matches("\\d{1,4}(\\.\\d{1,3})?x")) {
      BigDecimal times = new BigDecimal(text.substring(0, text.length() - 1));
      if (times.compareTo(BigDecimal.ONE) > 0) {
        return times;
      }
    }
    throw InvalidValue.of("not a factor above 1x", "write for example 3x, or off");
  }

  private Digest digest(Node child) {
    child.require("to", "write who gets it: to = [ slack ]");
    Digest digest =
        new Digest(
            channels(child),
            child.has("person-fields") ? personFields(child) : Digest.DEFAULT_FIELDS,
            child.integer("most", Digest.NONE.most(), 1));
    child.end();
    return digest;
  }

  private static List<String> personFields(Node node) {
    List<String> fields = new ArrayList<>();
    for (String text : node.texts("person-fields")) {
      node.parsed("person-fields", text, NotifyReader::column).ifPresent(fields::add);
    }
    return fields;
  }

  private static String column(String text) throws InvalidValue {
    if (text.matches("[a-z_][a-z0-9_]*")) {
      return text;
    }
    throw InvalidValue.of(
        "not a column of the model leads", "write for example [ lead_id, company ]");
  }

  private List<Channel> channels(Node child) {
    List<Channel> channels = new ArrayList<>();
    for (String text : child.texts("to")) {
      Optional<Channel> channel =
          child.parsed("to", text, given -> Values.choice(given, Channel.class));
      if (channel.isPresent() && !declared.contains(channel.get())) {
        child.invalid(
            "to",
            "`" + child.pathOf("to") + "` names `" + text + "`, which `notify` does not set up",
            "add " + text + " { … } to notify, or remove it here");
      } else if (channel.isPresent() && !channels.contains(channel.get())) {
        channels.add(channel.get());
      }
    }
    return channels;
  }
}
