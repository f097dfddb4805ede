package dev.ripen.http;

import java.util.regex.Pattern;

/** Takes out of foreign text what must not be shown: tokens and people's mail addresses. */
public final class Redaction {
  private static final Pattern BEARER = Pattern.compile("(?i)(bearer\\s+)[^\\s\"',;]+");
  private static final Pattern MAIL =
      Pattern.compile("[^\\s\"'<>(){}\\[\\],;:=]+@[^\\s\"'<>(){}\\[\\],;:=]+");

  private Redaction() {}

  /** The text with every mail address as {@code <e-mail>} and every bearer token as {@code ***}. */
  public static String mask(String text) {
    return MAIL.matcher(BEARER.matcher(text).replaceAll("$1***")).replaceAll("<e-mail>");
  }

  /** Like {@link #mask(String)}, and takes out the secret wherever it stands. */
  public static String mask(String text, String secret) {
    return mask(secret.isBlank() ? text : text.replace(secret, "***"));
  }
}
