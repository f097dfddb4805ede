package dev.ripen.config;

import java.math.BigDecimal;
import java.time.Duration;
import java.util.List;
import java.util.Optional;

/**
 * Who is told what: {@code notify { … }}. A channel whose address is an unset variable is absent,
 * so that a project can name channels that only the nightly machine has.
 */
public record NotifySettings(
    Optional<Slack> slack, Optional<Webhook> webhook, Optional<Mail> mail, On on, Digest digest) {

  /** Nobody is told anything. */
  public static final NotifySettings NONE =
      new NotifySettings(
          Optional.empty(), Optional.empty(), Optional.empty(), On.DEFAULT, Digest.NONE);

  /** Whether there is a channel at all. */
  public boolean hasChannels() {
    return slack.isPresent() || webhook.isPresent() || mail.isPresent();
  }

  /** Whether this channel can be used. */
  public boolean has(Channel channel) {
    return switch (channel) {
      case SLACK -> slack.isPresent();
      case WEBHOOK -> webhook.isPresent();
      case MAIL -> mail.isPresent();
    };
  }

  /** A way to somebody. */
  public enum Channel {
    SLACK,
    WEBHOOK,
    MAIL
  }

  /**
   * An incoming webhook as Slack has it; Mattermost, Rocket.Chat and others read the same.
   *
   * @param url holds the right to post: a secret
   */
  public record Slack(Secret url) {}

  /**
   * A webhook signed as Standard Webhooks says.
   *
   * @param keys one, or several while the key is being changed: {@code whsec_…}, checked
   */
  public record Webhook(Secret url, List<Secret> keys) {
    public Webhook {
      keys = List.copyOf(keys);
    }
  }

  /**
   * A server that takes e-mail.
   *
   * @param account empty to send without signing in
   */
  public record Mail(
      String host,
      int port,
      Security security,
      String from,
      List<String> to,
      Optional<Account> account) {
    public Mail {
      to = List.copyOf(to);
    }
  }

  /** Who signs in at the mail server. */
  public record Account(String username, Secret password) {}

  /** How the way to the mail server is protected. */
  public enum Security {
    /** Begins in clear, and ends if the server will not encrypt. */
    STARTTLS,
    /** Encrypted from the first byte. */
    TLS,
    /** In clear: for a relay on this machine. */
    NONE
  }

  /**
   * What is worth a message; each on a change only. An empty value switches one off.
   *
   * @param nothingNewFor no event that counts for so long
   * @param longerThanUsual times the median of the last runs
   * @param to channels in the order of the file
   */
  public record On(
      boolean failed,
      boolean guard,
      Optional<Integer> rejectsAbove,
      Optional<Duration> nothingNewFor,
      Optional<BigDecimal> longerThanUsual,
      List<Channel> to) {
    static final On DEFAULT =
        new On(
            true,
            true,
            Optional.of(0),
            Optional.of(Duration.ofDays(3)),
            Optional.of(BigDecimal.valueOf(3)),
            List.of(Channel.values()));

    public On {
      to = List.copyOf(to);
    }
  }

  /**
   * The list of new MQLs for sales.
   *
   * @param to empty for none
   * @param personFields columns of {@code leads}: what may be said about a person besides the
   *     reasons
   * @param most people that one digest lists; the others are counted
   */
  public record Digest(List<Channel> to, List<String> personFields, int most) {
    /** Without anybody's address or name. */
    public static final List<String> DEFAULT_FIELDS = List.of("lead_id");

    static final Digest NONE = new Digest(List.of(), DEFAULT_FIELDS, 20);

    public Digest {
      to = List.copyOf(to);
      personFields = List.copyOf(personFields);
    }
  }
}
