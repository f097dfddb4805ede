package dev.ripen.config;

import dev.ripen.problem.ErrorCode;
import dev.ripen.scoring.Dimension;
import dev.ripen.scoring.ScoringModel.StatusEffects;
import dev.ripen.scoring.Window;
import java.util.EnumSet;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** When a model counts for a person, and what statuses do: window, exit, suspend, resets. */
final class FlowReader {
  private final List<String> dimensions;
  private final RuleBook book;

  FlowReader(List<String> dimensions, RuleBook book) {
    this.dimensions = dimensions;
    this.book = book;
  }

  /** The window of a model with its exits. */
  Window window(Node model) {
    Window opening = model.child("window").map(this::opening).orElse(Window.ALWAYS);
    Optional<Node> exit = model.child("exit");
    if (exit.isEmpty()) {
      return opening;
    }
    Node node = exit.get();
    boolean onMql = node.flag("on-mql", false);
    List<String> statuses = Names.atLeastOne(node, "statuses", "[ customer ]");
    if (!node.has("on-mql") && !node.has("statuses") && node.isKnown()) {
      node.reading()
          .add(
              node.place(),
              ErrorCode.CONFIG_INVALID_VALUE,
              "`" + node.path() + "` says no reason to leave",
              "write exit { on-mql = true } or exit { statuses = [ customer ] }");
    }
    node.end();
    return new Window(
        opening.openingRules(),
        opening.openingStatuses(),
        opening.lengthMicros(),
        onMql,
        Set.copyOf(statuses));
  }

  private Window opening(Node node) {
    List<String> rules =
        book.names(node, "rules", "", EnumSet.of(TriggerKind.EVENT, TriggerKind.ACCOUNT_EVENT));
    List<String> statuses = Names.atLeastOne(node, "statuses", "[ trial ]");
    @Nullable Long length = node.parsed("for", Values::micros).orElse(null);
    if (!node.has("rules")
        && !node.has("statuses")
        && !node.hasSlipOf("rules")
        && !node.hasSlipOf("statuses")) {
      node.reading()
          .add(
              node.place(),
              ErrorCode.CONFIG_INVALID_VALUE,
              "`" + node.path() + "` says nothing that opens it",
              "write window { rules = [ trial-started ], for = 40d }, or statuses = [ trial ]");
    }
    node.end(Map.of("on-mql", "write it in exit: exit { on-mql = true }"));
    return new Window(Set.copyOf(rules), Set.copyOf(statuses), length, false, Set.of());
  }

  /** What statuses do. */
  StatusEffects statusEffects(Node model, List<Dimension> read) {
    Set<String> suspending = model.child("suspend").map(FlowReader::suspending).orElse(Set.of());
    Map<String, Set<String>> resets =
        model.has("resets") || model.hasSlipOf("resets")
            ? resets(model)
            : StatusEffects.recycleEndsAll(read).resets();
    return new StatusEffects(suspending, resets);
  }

  private static Set<String> suspending(Node node) {
    node.require("statuses", "say which: suspend { statuses = [ customer ] }");
    List<String> statuses = Names.atLeastOne(node, "statuses", "[ customer ]");
    node.end();
    return Set.copyOf(statuses);
  }

  private Map<String, Set<String>> resets(Node model) {
    Map<String, Set<String>> resets = new HashMap<>();
    for (Node node : model.items("resets")) {
      Optional<String> status =
          node.requiredText("status", "say which status resets: status = recycled");
      node.require("dimensions", "say what it ends: dimensions = [ engagement ], or all");
      Set<String> ended = Set.copyOf(Names.dimensions(node, "dimensions", dimensions));
      node.end();
      if (status.isPresent() && resets.put(status.get(), ended) != null) {
        node.invalid(
            "status",
            "two resets are for the status `" + status.get() + "`",
            "write one, with all its dimensions");
      }
    }
    return resets;
  }
}
