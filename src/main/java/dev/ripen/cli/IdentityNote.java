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
    lines.add(
        RunView.plural(identity.ids(), "id")
            + (identity.ids() == 1 ? " is " : " are ")
            + RunView.number(identity.people())
            + (identity.people() == 1 ? " person" : " people")
            + (ignored.isEmpty() ? "" : "; ignored links: " + String.join(", ", ignored)));
    if (identity.nobodys() > 0) {
      boolean one = identity.nobodys() == 1;
      lines.add(
          RunView.plural(identity.nobodys(), "shared id")
              + (one
                  ? " is nobody's: too many known people have it"
                  : " are nobody's: too many known people have them"));
    }
    if (identity.malformed() > 0) {
      boolean one = identity.malformed() == 1;
      lines.add(
          "! identity_links: "
              + RunView.plural(identity.malformed(), "value")
              + (one
                  ? " is no id like user:51 and counts as missing"
                  : " are no ids like user:51 and count as missing"));
    }
    return lines;
  }
}
