package dev.ripen.cli;

import dev.ripen.spark.Pipeline.Identity;
import java.util.ArrayList;
import java.util.List;

/** Says how ids became people. Pure. */
final class IdentityNote {
  private IdentityNote() {}

  /** For people, one line each. */
  static List<String> lines(Identity identity) {
    List<String> lines = new ArrayList<>();
    List<String> ignored = new ArrayList<>();
    if (identity.ofRoleAddresses() > 0) {
      ignored.add(RunView.number(identity.ofRoleAddresses()) + " with a role address");
    }
    if (identity.ofTooManyIds() > 0) {
      ignored.add(RunView.number(identity.ofTooManyIds()) + " with an id that has too many others");
    }
    long links = identity.ofRoleAddresses() + identity.ofTooManyIds();
    lines.add(
        RunView.plural(identity.ids(), "id")
            + (identity.ids() == 1 ? " is " : " are ")
            + RunView.number(identity.people())
            + (identity.people() == 1 ? " person" : " people")
            + (links == 0 ? "" : "; ignored links: " + String.join(", ", ignored)));
    if (identity.nobodys() > 0) {
      lines.add(
          RunView.plural(identity.nobodys(), "shared id")
              + (identity.nobodys() == 1 ? " is" : " are")
              + " nobody's: too many known people have "
              + (identity.nobodys() == 1 ? "it" : "them"));
    }
    if (identity.malformed() > 0) {
      lines.add(
          "! identity_links: "
              + RunView.plural(identity.malformed(), "value")
              + (identity.malformed() == 1 ? " is no id" : " are no ids")
              + " (kind:value) and count as missing");
    }
    return lines;
  }
}
