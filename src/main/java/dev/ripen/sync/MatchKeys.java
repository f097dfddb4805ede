package dev.ripen.sync;

import com.sanctionco.jmail.JMail;
import dev.ripen.crm.RecordKey;
import java.io.Serializable;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * The keys of a row that {@code match-by} allows.
 *
 * @param matchBy as configured
 */
record MatchKeys(List<RecordKey.Kind> matchBy) implements Serializable {

  /** The record id to look for first: the ledger's, else the warehouse's. */
  @Nullable String knownRecordId(WantedRow wanted, @Nullable LedgerRow ledger) {
    return ledger == null ? warehouseRecordId(wanted) : ledger.recordId();
  }

  @Nullable String warehouseRecordId(WantedRow wanted) {
    return matchBy.contains(RecordKey.Kind.RECORD_ID)
        ? FieldValues.orNull(wanted.recordId())
        : null;
  }

  /** The e-mail, if it is one. */
  @Nullable String email(WantedRow wanted) {
    return matchBy.contains(RecordKey.Kind.EMAIL) && isEmail(wanted.email())
        ? wanted.email()
        : null;
  }

  /** Why a row without any key is skipped; null if it has one. */
  @Nullable SkipReason skipReason(WantedRow wanted, @Nullable LedgerRow ledger) {
    if (knownRecordId(wanted, ledger) != null || email(wanted) != null) {
      return null;
    }
    boolean wrongEmail =
        matchBy.contains(RecordKey.Kind.EMAIL) && FieldValues.orNull(wanted.email()) != null;
    return wrongEmail ? SkipReason.INVALID_EMAIL : SkipReason.NO_KEY;
  }

  static boolean isEmail(@Nullable String email) {
    return email != null && JMail.isValid(email);
  }
}
