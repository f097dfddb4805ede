package dev.ripen.config;

import com.typesafe.config.ConfigObject;
import dev.ripen.scoring.Decay;
import dev.ripen.scoring.Limits;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** Caps, floors and decays: the same words on rules, groups, dimensions and the total. */
final class LimitReader {
  private LimitReader() {}

  static Limits limits(Node node) {
    @Nullable Long cap = limit(node, "cap", "clamp is what a plain number does: cap = 40");
    @Nullable Long floor = limit(node, "floor", "a floor on read is a plain number: floor = 0");
    if (cap != null && floor != null && floor > cap) {
      node.invalid(
          "floor",
          "`" + node.pathOf("floor") + "` is above the cap",
          "write a floor below the cap");
    }
    return cap == null && floor == null ? Limits.NONE : new Limits(cap, floor);
  }

  private static @Nullable Long limit(Node node, String key, String instead) {
    if (node.find(key).filter(ConfigObject.class::isInstance).isPresent()) {
      node.notSupportedYet(key, instead);
      return null;
    }
    return node.parsed(
            key,
            text -> {
              if (text.contains("stop") || text.contains("nightly") || text.contains("clamp")) {
                throw InvalidValue.notSupportedYet("not supported yet", instead);
              }
              return Values.points(text);
            })
        .orElse(null);
  }

  /** The decay that the node names, or null if it names none. */
  static @Nullable Decay decay(Node node) {
    if (node.find("decay").filter(ConfigObject.class::isInstance).isPresent()) {
      return node.child("decay").flatMap(LimitReader::formOf).orElse(null);
    }
    return node.parsed("decay", LimitReader::none).orElse(null);
  }

  private static Decay none(String text) throws InvalidValue {
    if (text.equals("none")) {
      return new Decay.None();
    }
    throw InvalidValue.of("not a decay", "write none, or for example decay { half-life = 14d }");
  }

  private static Optional<Decay> formOf(Node node) {
    Optional<Decay> halfLife =
        node.parsed("half-life", text -> new Decay.HalfLife(Values.days(text)));
    Optional<Decay> linear = node.parsed("linear", Values::linear);
    Optional<Decay> expire =
        node.parsed("expire-after", text -> new Decay.Expire(Values.days(text)));
    node.end();
    List<String> forms =
        List.of("half-life", "linear", "expire-after").stream().filter(node::has).toList();
    if (forms.size() > 1 || (forms.isEmpty() && node.isKnown())) {
      node.invalid(
          forms.isEmpty() ? "half-life" : forms.get(1),
          "`" + node.path() + "` needs exactly one of half-life, linear, expire-after",
          "for example decay { half-life = 14d }");
    }
    return halfLife.or(() -> linear).or(() -> expire);
  }
}
