package dev.ripen.config;

import dev.ripen.scoring.Decay;
import dev.ripen.scoring.Limits;
import dev.ripen.scoring.Limits.CapMode;
import dev.ripen.scoring.Limits.FloorMode;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** Caps, floors and decays: the same words on rules, groups, dimensions and the total. */
final class LimitReader {
  private LimitReader() {}

  /** Of a dimension or the total. */
  static Limits limits(Node node) {
    @Nullable Long cap = node.parsed("cap", Values::points).orElse(null);
    @Nullable Long floor = node.parsed("floor", Values::points).orElse(null);
    CapMode capMode = node.choice("cap-mode", CapMode.class, CapMode.CLAMP);
    FloorMode floorMode = node.choice("floor-mode", FloorMode.class, FloorMode.ALWAYS);
    wantBound(node, "cap-mode", "cap");
    wantBound(node, "floor-mode", "floor");
    if (cap != null && floor != null && floor > cap) {
      node.invalid(
          "floor",
          "`" + node.pathOf("floor") + "` is above the cap",
          "write a floor below the cap");
    }
    return cap == null && floor == null ? Limits.NONE : new Limits(cap, capMode, floor, floorMode);
  }

  /** Of a rule or a group, whose floors cannot wait for the night. */
  static Limits limitsOfPart(Node node) {
    Limits limits = limits(node);
    if (limits.floorMode() == FloorMode.NIGHTLY) {
      node.invalid(
          "floor-mode",
          "`" + node.pathOf("floor-mode") + "`: only a dimension or the total has a nightly floor",
          "remove floor-mode, or move floor and floor-mode to the dimension");
    }
    return limits;
  }

  private static void wantBound(Node node, String mode, String bound) {
    if (node.has(mode) && !node.has(bound) && !node.hasSlipOf(bound)) {
      node.invalid(
          mode,
          "`" + node.pathOf(mode) + "` is there, but no `" + bound + "`",
          "write both, or remove " + mode);
    }
  }

  /** The decay that the node names, or null if it names none. */
  static @Nullable Decay decay(Node node) {
    if (node.isGroup("decay")) {
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
