package dev.ripen.config;

import com.typesafe.config.ConfigValue;
import dev.ripen.problem.ErrorCode;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/** Secrets: from the environment or a file, never from the configuration's own text. */
final class SecretReader {
  private static final String FILE = "file:";
  private static final List<String> SECRET_ENDINGS =
      List.of("password", "passwd", "passphrase", "token", "privatekey", "secret", "secretkey");

  private SecretReader() {}

  /** Whether a key's value is a secret, however the key is spelled: sfPassword, private-key. */
  static boolean isSecret(String key) {
    String plain = key.toLowerCase(Locale.ROOT).replaceAll("[^a-z]", "");
    return SECRET_ENDINGS.stream().anyMatch(plain::endsWith);
  }

  /** The secret, or empty if the key is absent, an unset variable, or wrong (reported). */
  static Optional<Secret> read(Node node, String key, String variable) {
    Optional<ConfigValue> value = node.find(key);
    if (value.isEmpty()) {
      return Optional.empty();
    }
    // An empty variable is how most schedulers say "not set".
    if (isFromEnvironment(value.get()) && String.valueOf(value.get().unwrapped()).isBlank()) {
      return Optional.empty();
    }
    Optional<String> text = node.text(key);
    if (text.isPresent() && text.get().startsWith(FILE)) {
      return ofFile(node, key, text.get().substring(FILE.length()));
    }
    if (text.isPresent() && !isFromEnvironment(value.get())) {
      node.invalid(
          key,
          "`" + node.pathOf(key) + "` is written into the configuration",
          "write "
              + key
              + " = ${?"
              + variable
              + "} or "
              + key
              + " = \"file:/path/to/it\","
              + " and replace the secret: it may have been seen");
      return Optional.empty();
    }
    return text.map(Secret::new);
  }

  static boolean isFromEnvironment(ConfigValue value) {
    // A file's path is a part of its description, so a path must not pass for the environment.
    return value.origin().filename() == null
        && value.origin().description().contains(HoconFiles.ENVIRONMENT);
  }

  private static Optional<Secret> ofFile(Node node, String key, String name) {
    try {
      Path file = Path.of(node.reading().absolute(name.replaceFirst("^//(?=/)", "")));
      String content = Files.readString(file, StandardCharsets.UTF_8).strip();
      if (content.isEmpty()) {
        unreadable(node, key, name, "is empty");
        return Optional.empty();
      }
      return Optional.of(new Secret(content));
    } catch (IOException | InvalidPathException | SecurityException e) {
      unreadable(node, key, name, "cannot be read");
      return Optional.empty();
    }
  }

  private static void unreadable(Node node, String key, String name, String why) {
    node.reading()
        .add(
            node.at(key),
            ErrorCode.CONFIG_SECRET_UNREADABLE,
            "`" + node.pathOf(key) + "`: the file " + name + " " + why,
            "check that the file exists and that this user may read it: ls -l " + name);
  }
}
