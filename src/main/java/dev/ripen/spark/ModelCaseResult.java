package dev.ripen.spark;

/**
 * How a unit test of a model ended.
 *
 * @param suite the model, or {@code rules}
 * @param name the case's directory
 * @param message empty if it passed; else what differs, several lines, always the same for the same
 *     input
 */
public record ModelCaseResult(String suite, String name, boolean passed, String message) {

  static ModelCaseResult passed(String suite, String name) {
    return new ModelCaseResult(suite, name, true, "");
  }

  static ModelCaseResult failed(String suite, String name, String message) {
    return new ModelCaseResult(suite, name, false, message);
  }
}
