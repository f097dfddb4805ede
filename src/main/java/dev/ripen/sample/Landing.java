package dev.ripen.sample;

import java.util.HexFormat;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/**
 * What a pipeline makes of what people do: rows of Segment's tables, some late, some twice, some
 * without an id, and none that has not arrived by the sample's end.
 */
final class Landing {
  private static final long STREAM = 6;

  private final ChunkStore store;
  private final Hours hours;
  private final Dice dice;
  private final long seed;
  private final long firstNumber;
  private long number;

  /**
   * @param chunk from 0; the ids of two chunks never meet
   */
  Landing(ChunkStore store, Hours hours, long seed, int chunk) {
    this.store = store;
    this.hours = hours;
    this.seed = seed;
    this.dice = new Dice(seed, STREAM, chunk);
    this.firstNumber = (long) chunk << 32;
  }

  /** Writes the columns that only one table has. */
  private interface Rest {
    void append(ChunkStore.Row row);
  }

  void page(
      long at, Device device, @Nullable String user, Site.Page page, @Nullable String referrer) {
    land(
        Table.PAGES,
        at,
        device.anonymousId(),
        user,
        row ->
            row.text(page.path())
                .text(page.url())
                .text(page.title())
                .text(referrer)
                .text(device.ip())
                .text(device.userAgent()));
  }

  /** An event with a form: {@code detail} goes to the table's last column. */
  void track(
      Table table,
      long at,
      Device device,
      @Nullable String user,
      Site.Page page,
      @Nullable String email,
      String detail) {
    String event = table.tableName();
    String words = event.replace('_', ' ');
    String text = words.substring(0, 1).toUpperCase(Locale.ROOT) + words.substring(1);
    land(
        table,
        at,
        device.anonymousId(),
        user,
        row ->
            row.text(event)
                .text(text)
                .text(page.path())
                .text(device.ip())
                .text(device.userAgent())
                .text(email)
                .text(detail));
  }

  void feature(long at, String anonymousId, String user, String feature) {
    land(Table.FEATURE_USED, at, anonymousId, user, row -> row.text(feature));
  }

  void identify(long at, Device device, @Nullable String user, @Nullable String email) {
    land(Table.IDENTIFIES, at, device.anonymousId(), user, row -> row.text(email));
  }

  private void land(Table table, long at, String anonymousId, @Nullable String user, Rest rest) {
    String id = id();
    long delay = dice.between(20_000L, 900_000L);
    if (dice.chance(6)) {
      // A phone that was offline, or a mail client that sent its queue on Monday.
      delay = dice.between(6 * Hours.HOUR, dice.chance(80) ? 6 * Hours.DAY : 60 * Hours.HOUR);
    }
    String visitor = dice.chance(1) ? null : anonymousId;
    String given = dice.chance(1) ? null : id;
    deliver(table, given, at, at, at + delay, visitor, user, rest);
    if (dice.chance(8)) {
      long again = dice.chance(200) ? Hours.DAY : dice.between(5 * Hours.SECOND, 2 * Hours.HOUR);
      // Without a second sent_at, Segment takes the second delivery's time for the event's.
      long shown = dice.chance(100) ? at + again : at;
      deliver(table, given, at, shown, at + delay + again, visitor, user, rest);
    }
  }

  private void deliver(
      Table table,
      @Nullable String id,
      long original,
      long at,
      long received,
      @Nullable String anonymousId,
      @Nullable String user,
      Rest rest) {
    // Loaded every hour, five minutes past.
    long loaded = Math.floorDiv(received, Hours.HOUR) * Hours.HOUR + 65 * Hours.MINUTE;
    if (loaded > hours.end()) {
      return;
    }
    ChunkStore.Row row =
        store
            .row(table)
            .text(id)
            .text(anonymousId)
            .text(user)
            .instant(original)
            .instant(received - 15_000)
            .instant(received)
            .instant(at)
            .instant(loaded)
            .instant(loaded);
    rest.append(row);
    row.end();
  }

  private String id() {
    // A bijection of a number that is given once: no two events share an id.
    long word = Dice.mix(Dice.mix(seed) + firstNumber + number++);
    return "ajs-" + HexFormat.of().toHexDigits(word);
  }
}
