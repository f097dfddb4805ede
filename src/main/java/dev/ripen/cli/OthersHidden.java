package dev.ripen.cli;

import dev.ripen.spark.LeadPerson;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * Takes other people's e-mail addresses out of what is shown of one person: a sales owner's in a
 * field, a colleague's in a note. Pure.
 */
final class OthersHidden {
  static final String INSTEAD = "(somebody's address)";

  private static final Pattern ADDRESS =
      Pattern.compile("[^\\s@;,:<>()\"'“”]+@[^\\s@;,:<>()\"'“”]+\\.[^\\s@;,:<>()\"'“”.]+");

  private final Set<String> own = new HashSet<>();

  /** All addresses in these texts are the person's own. */
  OthersHidden(Iterable<@Nullable String> ownTexts) {
    for (String text : ownTexts) {
      if (text != null) {
        ADDRESS
            .matcher(text)
            .results()
            .forEach(found -> own.add(found.group().toLowerCase(Locale.ROOT)));
      }
    }
  }

  static OthersHidden of(LeadPerson person) {
    List<@Nullable String> texts = new ArrayList<>();
    texts.add(person.email());
    person.ids().forEach(name -> texts.add(person.attributes().get(name)));
    person.devices().forEach(device -> texts.add(device.visitorId()));
    for (LeadPerson.Identity identity : person.identities()) {
      identity.paths().forEach(path -> texts.add(path.id()));
      identity.ignored().stream()
          .filter(LeadPerson.IgnoredLink::isPublic)
          .forEach(link -> texts.add(link.otherId()));
    }
    return new OthersHidden(texts);
  }

  /** The text without addresses of others. */
  String in(String text) {
    return ADDRESS
        .matcher(text)
        .replaceAll(
            found ->
                own.contains(found.group().toLowerCase(Locale.ROOT))
                    ? Matcher.quoteReplacement(found.group())
                    : Matcher.quoteReplacement(INSTEAD));
  }

  @Nullable String inAny(@Nullable String text) {
    return text == null ? null : in(text);
  }
}
