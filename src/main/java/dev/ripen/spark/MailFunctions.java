package dev.ripen.spark;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.Locale;
import java.util.Set;
import java.util.stream.Collectors;
import org.apache.spark.sql.SparkSession;
import org.apache.spark.sql.api.java.UDF1;
import org.apache.spark.sql.types.DataTypes;
import org.jspecify.annotations.Nullable;

/**
 * The SQL helpers about e-mail addresses: {@code registrable_domain}, {@code is_free_mail}, {@code
 * is_disposable_mail}. A null or malformed address gives null, so that no exclusion holds for it.
 */
final class MailFunctions {
  private static final Set<String> FREE = load("free-mail-domains.txt");
  private static final Set<String> DISPOSABLE = load("disposable-mail-domains.txt");

  private MailFunctions() {}

  static void register(SparkSession spark) {
    UDF1<String, String> registrable = MailFunctions::registrableDomain;
    UDF1<String, Boolean> free = MailFunctions::isFreeMail;
    UDF1<String, Boolean> disposable = MailFunctions::isDisposableMail;
    spark.udf().register("registrable_domain", registrable, DataTypes.StringType);
    spark.udf().register("is_free_mail", free, DataTypes.BooleanType);
    spark.udf().register("is_disposable_mail", disposable, DataTypes.BooleanType);
  }

  /**
   * The domain one can register, by the ICANN part of the public suffix list: {@code
   * mail.acme.co.uk} gives {@code acme.co.uk}. Takes an address or a bare domain.
   */
  static @Nullable String registrableDomain(@Nullable String address) {
    String domain = domain(address);
    return domain == null ? null : RegistrableDomains.find(domain);
  }

  /** Disposable addresses are not free mail: the free-mail list would otherwise hide them. */
  static @Nullable Boolean isFreeMail(@Nullable String address) {
    return isIn(FREE, address);
  }

  static @Nullable Boolean isDisposableMail(@Nullable String address) {
    return isIn(DISPOSABLE, address);
  }

  private static @Nullable Boolean isIn(Set<String> domains, @Nullable String address) {
    String domain = domain(address);
    if (domain == null) {
      return null;
    }
    if (domains.contains(domain)) {
      return true;
    }
    String registrable = RegistrableDomains.find(domain);
    return registrable != null && domains.contains(registrable);
  }

  private static @Nullable String domain(@Nullable String address) {
    if (address == null) {
      return null;
    }
    String domain =
        address.substring(address.lastIndexOf('@') + 1).strip().toLowerCase(Locale.ROOT);
    return domain.isEmpty() || !domain.contains(".") ? null : domain;
  }

  private static Set<String> load(String name) {
    try (InputStream in = MailFunctions.class.getResourceAsStream("/dev/ripen/lists/" + name);
        BufferedReader reader =
            new BufferedReader(new InputStreamReader(in, StandardCharsets.UTF_8))) {
      return reader.lines().filter(line -> !line.isBlank()).collect(Collectors.toSet());
    } catch (IOException e) {
      throw new UncheckedIOException("Cannot read the shipped list " + name, e);
    }
  }
}
