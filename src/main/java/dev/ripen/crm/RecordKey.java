package dev.ripen.crm;

/** How to find a record. */
public record RecordKey(Kind kind, String value) {
  /** The kinds of keys; their order in {@code match-by} is the order of trying. */
  public enum Kind {
    RECORD_ID,
    /** Lower case. Matches additional addresses too. */
    EMAIL
  }

  public static RecordKey ofRecordId(String id) {
    return new RecordKey(Kind.RECORD_ID, id);
  }

  public static RecordKey ofEmail(String email) {
    return new RecordKey(Kind.EMAIL, email);
  }
}
