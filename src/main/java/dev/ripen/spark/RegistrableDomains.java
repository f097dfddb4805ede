package dev.ripen.spark;

import com.google.common.net.InternetDomainName;
import org.jspecify.annotations.Nullable;

/**
 * Finds the part of a domain that one can register, by the ICANN part of the public suffix list.
 * Each thread remembers its latest answers: a row asks for its domain several times, and many
 * people have their address at few domains.
 */
final class RegistrableDomains {
  /** Domains per thread; one that falls on the place of another replaces it. */
  private static final int PLACES = 1 << 10;

  private static final ThreadLocal<RegistrableDomains> OF_THREAD =
      ThreadLocal.withInitial(RegistrableDomains::new);

  private final @Nullable String[] domains = new String[PLACES];
  private final @Nullable String[] answers = new String[PLACES];

  private RegistrableDomains() {}

  /**
   * The registrable domain, in lower case.
   *
   * @param domain in lower case
   * @return null for what is no domain of two labels or more
   */
  static @Nullable String find(String domain) {
    return OF_THREAD.get().remembered(domain);
  }

  private @Nullable String remembered(String domain) {
    int place = domain.hashCode() & (PLACES - 1);
    if (!domain.equals(domains[place])) {
      answers[place] = registrable(domain);
      domains[place] = domain;
    }
    return answers[place];
  }

  private static @Nullable String registrable(String domain) {
    InternetDomainName name;
    try {
      name = InternetDomainName.from(domain);
    } catch (IllegalArgumentException e) {
      return null;
    }
    int size = name.parts().size();
    if (size > 2 && name.isUnderRegistrySuffix()) {
      return name.topDomainUnderRegistrySuffix().toString();
    }
    // Reserved names such as x.example have no registry suffix: the last two labels stand for it.
    return size < 2 ? null : String.join(".", name.parts().subList(size - 2, size));
  }
}
