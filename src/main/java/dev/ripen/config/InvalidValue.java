package dev.ripen.config;

import dev.ripen.problem.ErrorCode;

/** A text that is not what its key wants. The message goes on after the key and its value. */
final class InvalidValue extends Exception {
  private static final long serialVersionUID = 1L;

  private final ErrorCode code;
  private final String fix;

  private InvalidValue(ErrorCode code, String why, String fix) {
    super(why);
    this.code = code;
    this.fix = fix;
  }

  static InvalidValue of(String why, String fix) {
    return new InvalidValue(ErrorCode.CONFIG_INVALID_VALUE, why, fix);
  }

  static InvalidValue notSupportedYet(String why, String fix) {
    return new InvalidValue(ErrorCode.CONFIG_NOT_SUPPORTED_YET, why, fix);
  }

  ErrorCode code() {
    return code;
  }

  String fix() {
    return fix;
  }
}
