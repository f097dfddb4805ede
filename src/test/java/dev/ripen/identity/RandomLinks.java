package dev.ripen.identity;

import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.Set;

/** Few ids that meet often, so that everything that can happen happens. */
public record RandomLinks(List<Link> links, IdentityRules rules) {
  private static final List<String> KINDS =
      List.of("hubspot", "email", "email", "user", "user", "marketo", "device", "device", "device");

  /** Values whose order by UTF-8 bytes is not that of chars among them. */
  private static final List<String> VALUES = List.of("a", "b", "c", "d", "\uFF5E", "\uD83D\uDE00");

  private static final List<String> ADDRESSES =
      List.of("ada@x", "bob@x", "cleo@x", "info@x", "Sales @y", "informal@x");

  public static RandomLinks of(Random random) {
    List<Link> links = new ArrayList<>();
    int size = random.nextInt(25);
    for (int i = 0; i < size; i++) {
      links.add(link(random));
    }
    return new RandomLinks(links, rules(random));
  }

  private static IdentityRules rules(Random random) {
    return new IdentityRules(
        random.nextBoolean()
            ? List.of("hubspot", "email", "user", "device")
            : List.of("email", "device"),
        random.nextInt(4) == 0 ? Set.of("device", "user") : Set.of("device"),
        1 + random.nextInt(3),
        2 + random.nextInt(5),
        random.nextInt(4) == 0 ? Set.of() : Set.of("info", "sales"));
  }

  /** One more observation of the same ids. */
  public static Link link(Random random) {
    String id = id(random);
    Long at = random.nextInt(6) == 0 ? null : (long) random.nextInt(4);
    return new Link(id, random.nextInt(10) == 0 ? id : id(random), at);
  }

  private static String id(Random random) {
    String kind = KINDS.get(random.nextInt(KINDS.size()));
    List<String> values = kind.equals("email") ? ADDRESSES : VALUES;
    return kind + ":" + values.get(random.nextInt(values.size()));
  }
}
