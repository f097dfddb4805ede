package dev.ripen.config;

/** A text that is not what its key wants. The message goes on after the key and its value. */
final class InvalidValue extends Exception {
  private static final long serialVersionUID = 1L;

  private final String fix;

  private InvalidValue(String why, String fix) {
    super(why);
    this.fix = fix;
  }

  static InvalidValue of(String why, String fix) {
    return new InvalidValue(why, fix);
  }

  String fix() {
    return fix;
  }
}
