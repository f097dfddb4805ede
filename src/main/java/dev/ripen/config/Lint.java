package dev.ripen.config;

import dev.ripen.problem.ErrorCode;
import org.jspecify.annotations.Nullable;

/**
 * Something legal that is surely not meant.
 *
 * @param rule the rule that it is about; null: none
 * @param level the level that it is about, from 0; −1: none
 * @param key where it is, in the rule, the level or the model
 */
record Lint(ErrorCode code, @Nullable String rule, int level, String key, String what, String fix) {
  static Lint ofRule(ErrorCode code, String rule, String key, String what, String fix) {
    return new Lint(code, rule, -1, key, what, fix);
  }

  static Lint ofLevel(int level, String key, String what, String fix) {
    return new Lint(ErrorCode.LINT_LEVEL_OUT_OF_REACH, null, level, key, what, fix);
  }

  static Lint ofModel(ErrorCode code, String key, String what, String fix) {
    return new Lint(code, null, -1, key, what, fix);
  }
}
