package dev.ripen.notify;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.ripen.config.NotifySettings.Channel;
import java.time.Instant;
import java.util.EnumMap;
import java.util.Map;
import java.util.Optional;

/**
 * What every channel was told, as it is kept in the state under {@link #PATH}. Each channel has its
 * own page, so that a message that could not be delivered is tried again by the next run and the
 * others do not hear it twice. Holds nothing about people. Immutable.
 */
public final class ToldBook {
  /** Where it lies under the state path. */
  public static final String PATH = "notify/told.json";

  /** Before the first message. */
  public static final ToldBook EMPTY = new ToldBook(Map.of());

  private static final String FORMAT = "ripen.told/1";
  private static final ObjectMapper JSON = new ObjectMapper();

  private final Map<Channel, Told> pages;

  private ToldBook(Map<Channel, Told> pages) {
    this.pages = Map.copyOf(pages);
  }

  Told page(Channel channel) {
    return pages.getOrDefault(channel, Told.NOTHING);
  }

  ToldBook with(Channel channel, Told page) {
    EnumMap<Channel, Told> changed = new EnumMap<>(Channel.class);
    changed.putAll(pages);
    changed.put(channel, page);
    return new ToldBook(changed);
  }

  @Override
  public boolean equals(Object other) {
    return other instanceof ToldBook book && book.pages.equals(pages);
  }

  @Override
  public int hashCode() {
    return pages.hashCode();
  }

  /** The text to keep. */
  public String toJson() {
    ObjectNode node = JSON.createObjectNode().put("format", FORMAT);
    for (Channel channel : Channel.values()) {
      if (pages.containsKey(channel)) {
        Told told = page(channel);
        ObjectNode page = node.putObject(channel.name());
        ObjectNode open = page.putObject("open");
        for (Topic topic : Topic.values()) {
          if (told.open().containsKey(topic)) {
            open.put(topic.name(), told.open().get(topic));
          }
        }
        told.digestThrough().ifPresent(at -> page.put("digest_through", at.toString()));
      }
    }
    return node.toString();
  }

  /**
   * Reads what was kept. A text that is none of ours counts as empty: the worst that follows is a
   * message told twice.
   */
  public static ToldBook parse(String text) {
    try {
      JsonNode node = JSON.readTree(text);
      ToldBook book = EMPTY;
      for (Channel channel : Channel.values()) {
        if (node.has(channel.name())) {
          book = book.with(channel, told(node.get(channel.name())));
        }
      }
      return book;
    } catch (JsonProcessingException | RuntimeException e) {
      return EMPTY;
    }
  }

  private static Told told(JsonNode page) {
    Told told = Told.NOTHING;
    for (Topic topic : Topic.values()) {
      if (page.path("open").has(topic.name())) {
        told = told.with(topic, page.path("open").get(topic.name()).asText());
      }
    }
    String through = page.path("digest_through").asText();
    return new Told(
        told.open(), through.isEmpty() ? Optional.empty() : Optional.of(Instant.parse(through)));
  }
}
