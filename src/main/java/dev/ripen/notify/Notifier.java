package dev.ripen.notify;

import dev.ripen.config.NotifySettings;
import dev.ripen.config.NotifySettings.Channel;
import dev.ripen.http.Sleeper;
import java.time.Clock;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;

/**
 * Tells the channels of a project what became of a run. Never throws for a message that could not
 * be delivered: the report says so, and the next run tries again.
 */
public final class Notifier {
  private final NotifySettings settings;
  private final Clock clock;
  private final Sleeper sleeper;

  public Notifier(NotifySettings settings, Clock clock, Sleeper sleeper) {
    this.settings = settings;
    this.clock = clock;
    this.sleeper = sleeper;
  }

  /** People who are MQLs since a moment; asked only if somebody is to be told. */
  public interface NewMqls {
    /** The newest first, at most so many. */
    Found since(Instant after, int most);

    /** What was found: some of them, and how many there are. */
    record Found(List<NewMql> listed, long all) {
      public Found {
        listed = List.copyOf(listed);
      }
    }
  }

  /**
   * What was done.
   *
   * @param delivered for example {@code slack: run.failed}
   * @param warnings messages that nobody got, and why
   * @param book to keep in the state
   */
  public record Report(List<String> delivered, List<String> warnings, ToldBook book) {
    public Report {
      delivered = List.copyOf(delivered);
      warnings = List.copyOf(warnings);
    }
  }

  /**
   * Decides and tells.
   *
   * @param earlierSeconds how long earlier whole runs took
   * @param firstDigestAfter new MQLs from then on are news to a channel that never had a digest;
   *     empty if all of them are (a first run): then its digests begin with the next run
   * @param people empty if no digest is due: in shadow mode, or when the run did not end well
   */
  public Report tell(
      RunOutcome run,
      List<Double> earlierSeconds,
      Optional<Instant> firstDigestAfter,
      Optional<NewMqls> people,
      ToldBook before) {
    List<String> delivered = new ArrayList<>();
    List<String> warnings = new ArrayList<>();
    ToldBook book = before;
    Set<Channel> channels = new LinkedHashSet<>(settings.on().to());
    people.ifPresent(found -> channels.addAll(settings.digest().to()));
    for (Channel channel : channels) {
      Watch.Decision decision =
          decide(channel, run, earlierSeconds, firstDigestAfter, people, book.page(channel));
      Told reached = deliver(channel, decision, book.page(channel), delivered, warnings);
      book = book.with(channel, reached);
    }
    return new Report(delivered, warnings, book);
  }

  private Watch.Decision decide(
      Channel channel,
      RunOutcome run,
      List<Double> earlierSeconds,
      Optional<Instant> firstDigestAfter,
      Optional<NewMqls> people,
      Told told) {
    Watch.Decision decision =
        settings.on().to().contains(channel)
            ? Watch.decide(settings.on(), run, earlierSeconds, told)
            : new Watch.Decision(List.of(), told);
    if (people.isEmpty() || !settings.digest().to().contains(channel)) {
      return decision;
    }
    Told digested = decision.told().digestedThrough(run.asOf());
    List<Watch.Step> steps = new ArrayList<>(decision.steps());
    told.digestThrough()
        .or(() -> firstDigestAfter)
        .map(after -> people.get().since(after, settings.digest().most()))
        .filter(found -> found.all() > 0)
        .map(found -> Digest.message(run, found.listed(), found.all()))
        .ifPresent(message -> steps.add(new Watch.Step(message, digested)));
    return new Watch.Decision(steps, digested);
  }

  /** Returns what the channel is told by now: a message that failed is sent by the next run. */
  private Told deliver(
      Channel channel,
      Watch.Decision decision,
      Told before,
      List<String> delivered,
      List<String> warnings) {
    if (decision.steps().isEmpty()) {
      return decision.told();
    }
    String name = channel.name().toLowerCase(Locale.ROOT);
    Optional<Sender> opened = open(channel);
    if (opened.isEmpty()) {
      warnings.add("notify." + name + " has no address or secret here: nobody was told there");
      return before;
    }
    Told reached = before;
    try (Sender sender = opened.get()) {
      for (Watch.Step step : decision.steps()) {
        sender.send(step.message());
        delivered.add(name + ": " + step.message().type());
        reached = step.after();
      }
      return decision.told();
    } catch (DeliveryException e) {
      warnings.add("could not tell " + name + ": " + e.getMessage());
      return reached;
    }
  }

  private Optional<Sender> open(Channel channel) {
    return switch (channel) {
      case SLACK -> settings.slack().map(slack -> new SlackSender(slack, new HttpPost(sleeper)));
      case WEBHOOK ->
          settings
              .webhook()
              .map(
                  webhook ->
                      new WebhookSender(
                          webhook, new HttpPost(sleeper), clock, () -> "msg_" + UUID.randomUUID()));
      case MAIL -> settings.mail().map(mail -> new MailSender(mail, clock));
    };
  }
}
