package dev.ripen.config;

import static org.assertj.core.api.Assertions.assertThat;

import dev.ripen.config.NotifySettings.Channel;
import dev.ripen.config.NotifySettings.Digest;
import dev.ripen.config.NotifySettings.On;
import dev.ripen.config.NotifySettings.Security;
import dev.ripen.testing.Golden;
import java.math.BigDecimal;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class NotifyReaderTest {
  private static final String KEY = "whsec_MfKQ9r8GKYqrTwjUPD8ILPZIo2LaLaSw";

  @TempDir Path directory;
  private ProjectFiles files;

  @BeforeEach
  void startFromTheLeast() {
    files = new ProjectFiles(directory);
  }

  private NotifySettings read(String notify) {
    return files.ripen("project = acme\nnotify {\n" + notify + "\n}\n").load().notifications();
  }

  @Test
  void fillsInTheDefaults() {
    NotifySettings settings =
        files
            .variable("SLACK_URL", "https://hooks.example/T0/x")
            .ripen("project = acme\n")
            .load()
            .notifications();
    assertThat(settings.hasChannels()).isFalse();

    settings = read("slack { url = ${?SLACK_URL} }");

    assertThat(settings.slack().orElseThrow().url().reveal())
        .isEqualTo("https://hooks.example/T0/x");
    assertThat(settings.on())
        .isEqualTo(
            new On(
                true,
                true,
                Optional.of(0),
                Optional.of(Duration.ofDays(3)),
                Optional.of(new BigDecimal("3")),
                List.of(Channel.SLACK)));
    assertThat(settings.digest()).isEqualTo(new Digest(List.of(), List.of("lead_id"), 20));
  }

  @Test
  void readsEveryKey() {
    files
        .variable("SLACK_URL", "https://hooks.example/T0/x")
        .variable("KEYS", KEY + " " + KEY)
        .variable("SMTP_PASSWORD", "hunter2");

    NotifySettings settings =
        read(
            """
            slack { url = ${?SLACK_URL} }
            webhook { url = "https://ops.acme.com/hook", secret = ${?KEYS} }
            mail {
              host = smtp.acme.com, port = 2465, security = tls, from = "ripen <ripen@acme.com>"
              to = [ "a@acme.com", "b@acme.com" ], username = ripen, password = ${?SMTP_PASSWORD}
            }
            on {
              failed = false, guard = false, rejects-above = 10, nothing-new-for = 36h
              longer-than-usual = 2.5x, to = [ mail, slack ]
            }
            digest { to = [ webhook ], person-fields = [ email, company ], most = 5 }
            """);

    assertThat(settings.webhook().orElseThrow().url().reveal())
        .isEqualTo("https://ops.acme.com/hook");
    assertThat(settings.webhook().orElseThrow().keys()).hasSize(2);
    NotifySettings.Mail mail = settings.mail().orElseThrow();
    assertThat(mail.host()).isEqualTo("smtp.acme.com");
    assertThat(mail.port()).isEqualTo(2465);
    assertThat(mail.security()).isEqualTo(Security.TLS);
    assertThat(mail.from()).isEqualTo("ripen <ripen@acme.com>");
    assertThat(mail.to()).containsExactly("a@acme.com", "b@acme.com");
    assertThat(mail.account().orElseThrow().username()).isEqualTo("ripen");
    assertThat(mail.account().orElseThrow().password().reveal()).isEqualTo("hunter2");
    assertThat(settings.on())
        .isEqualTo(
            new On(
                false,
                false,
                Optional.of(10),
                Optional.of(Duration.ofHours(36)),
                Optional.of(new BigDecimal("2.5")),
                List.of(Channel.MAIL, Channel.SLACK)));
    assertThat(settings.digest())
        .isEqualTo(new Digest(List.of(Channel.WEBHOOK), List.of("email", "company"), 5));
  }

  @Test
  void switchesOff() {
    NotifySettings settings =
        read("on { rejects-above = off, nothing-new-for = off, longer-than-usual = off }");

    assertThat(settings.on())
        .isEqualTo(
            new On(true, true, Optional.empty(), Optional.empty(), Optional.empty(), List.of()));
  }

  @Test
  void leavesOutChannelsWhoseVariablesAreNotSet() {
    NotifySettings settings =
        read(
            """
            slack { url = ${?SLACK_URL} }
            webhook { url = "https://ops.acme.com/hook", secret = ${?KEYS} }
            mail {
              host = smtp.acme.com, from = "r@acme.com", to = [ "a@acme.com" ]
              username = ripen, password = ${?SMTP_PASSWORD}
            }
            digest { to = [ slack ] }
            """);

    assertThat(settings.hasChannels()).isFalse();
    assertThat(settings.on().to()).containsExactly(Channel.values());
  }

  @Test
  void neverPrintsASecret() {
    files.variable("SLACK_URL", "https://hooks.example/T0/x").variable("KEYS", KEY);

    assertThat(
            read("slack { url = ${?SLACK_URL} }\nwebhook { url = ${?SLACK_URL}, secret = ${?KEYS} }")
                .toString())
        .doesNotContain("hooks.example")
        .doesNotContain(KEY);
  }

  @Test
  void findsEveryMistakeAtOnce() {
    files
        .variable("KEYS", "hunter2")
        .variable("SLACK_URL", "not-an-address")
        .variable("SMTP_PASSWORD", "hunter2")
        .ripen(
            """
            project = acme
            notify {
              slack { url = ${?SLACK_URL}, chanel = "#mql" }
              webhook { url = "ops.acme.com", secret = ${?KEYS} }
              mail {
                host = smtp.acme.com, port = 70000, security = none, from = "ripen"
                to = [ "a@acme.com", "everybody" ], username = ripen, password = ${?SMTP_PASSWORD}
              }
              on {
                failed = yes, rejects-above = -1, nothing-new-for = 3m, longer-than-usual = 3
                gard = false
              }
              digest { to = [ slak ], person-fields = [ "E-Mail" ] }
            }
            """);

    String rendered = files.rendered();

    Golden.assertMatches("config/notify-values.txt", rendered);
    assertThat(rendered).doesNotContain("hunter2").doesNotContain("not-an-address");
  }

  @Test
  void refusesASecretInTheText() {
    files.ripen(
        """
        project = acme
        notify {
          slack { url = "https://hooks.example/services/T0/x" }
          webhook { url = "https://ops.acme.com/hook", secret = "whsec_MfKQ9r8GKYqrTwjUPD8ILPZIo2LaLaSw" }
          digest { to = [ mail ] }
        }
        """);

    String rendered = files.rendered();

    Golden.assertMatches("config/notify-secrets.txt", rendered);
    assertThat(rendered).doesNotContain("T0/x").doesNotContain("MfKQ");
  }
}
