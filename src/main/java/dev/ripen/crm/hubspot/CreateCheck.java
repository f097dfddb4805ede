package dev.ripen.crm.hubspot;

import dev.ripen.crm.Match;
import dev.ripen.crm.RecordKey;
import dev.ripen.crm.RejectCode;
import dev.ripen.crm.RowOutcome.Rejected;
import dev.ripen.crm.RowOutcome.Written;
import dev.ripen.crm.RowWrite;
import dev.ripen.crm.hubspot.HubSpotApi.UncertainException;
import dev.ripen.http.JsonClient;
import dev.ripen.http.JsonReply;
import dev.ripen.http.JsonRequest;
import dev.ripen.http.RetryBudget;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import okhttp3.Headers;
import okhttp3.HttpUrl;
import org.jspecify.annotations.Nullable;

/**
 * Creates contacts without creating one twice: HubSpot has no idempotency key, so after a create
 * without an answer it looks which contacts exist before it sends the rest again. One instance per
 * batch and thread.
 */
final class CreateCheck {
  private static final String EMAIL = "email";

  private final HubSpotApi api;
  private final ContactReader reader;
  private final Outcomes outcomes;
  private final Set<Long> settled = new HashSet<>();
  private boolean anyUncertain;

  CreateCheck(HubSpotApi api, ContactReader reader, Outcomes outcomes) {
    this.api = api;
    this.reader = reader;
    this.outcomes = outcomes;
  }

  /** The answer to what was sent last; rows that turned out to be created are in the outcomes. */
  JsonReply call(HttpUrl url, WriteBatch batch) {
    RetryBudget budget = api.newBudget();
    WriteBatch rest = batch;
    while (true) {
      try {
        return api.callCreating(JsonRequest.post(url, rest.body()), budget);
      } catch (UncertainException e) {
        anyUncertain = true;
        settle(rest.rows());
        List<RowWrite> open = outcomes.open(rest.rows());
        if (open.isEmpty()) {
          return new JsonReply(200, Headers.EMPTY, JsonClient.JSON.createObjectNode());
        }
        rest = batch.with(open);
      }
    }
  }

  /** An unanswered create may be done late, and then its repetition is told that it exists. */
  void settleConflicts(List<RowWrite> rows) {
    if (anyUncertain) {
      settle(
          rows.stream()
              .filter(row -> outcomes.isRejected(row, RejectCode.ALREADY_EXISTS))
              .filter(row -> !settled.contains(row.seq()))
              .toList());
    }
  }

  private void settle(List<RowWrite> rows) {
    if (rows.isEmpty()) {
      return;
    }
    Map<String, RowWrite> byEmail = new HashMap<>();
    List<RecordKey> keys = new ArrayList<>();
    Set<String> fields = new LinkedHashSet<>();
    for (RowWrite row : rows) {
      String email = Objects.requireNonNull(row.email()).strip().toLowerCase(Locale.ROOT);
      byEmail.put(email, row);
      keys.add(RecordKey.ofEmail(email));
      fields.addAll(row.fields().keySet());
    }
    for (Match match : reader.read(keys, fields)) {
      RowWrite row = byEmail.get(match.key().value());
      if (row != null) {
        settle(row, match);
      }
    }
  }

  private void settle(RowWrite row, Match match) {
    settled.add(row.seq());
    boolean isOurs =
        row.fields().entrySet().stream()
            .filter(field -> !field.getKey().equals(EMAIL))
            .allMatch(
                field -> Objects.equals(field.getValue(), match.fields().get(field.getKey())));
    if (isOurs) {
      Map<String, @Nullable String> echoed = new HashMap<>(match.fields());
      echoed.keySet().retainAll(row.fields().keySet());
      outcomes.replace(new Written(row.seq(), match.recordId(), true, echoed));
    } else {
      outcomes.replace(
          new Rejected(
              row.seq(),
              RejectCode.ALREADY_EXISTS,
              "Contact already exists. Existing ID: " + match.recordId()));
    }
  }
}
