package dev.ripen.spark.pushdown;

/** Says why something stays with Spark. No failure: the result is the same, it takes longer. */
public final class NotPushedException extends RuntimeException {
  private static final long serialVersionUID = 1L;

  /**
   * A reason.
   *
   * @param reason what goes on with "because …": {@code it uses from_json}
   */
  public NotPushedException(String reason) {
    super(reason, null, false, false);
  }

  /** For people, without a full stop. */
  public String reason() {
    return getMessage();
  }
}
