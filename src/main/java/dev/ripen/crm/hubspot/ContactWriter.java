package dev.ripen.crm.hubspot;

import com.fasterxml.jackson.databind.JsonNode;
import dev.ripen.crm.RejectCode;
import dev.ripen.crm.RowOutcome;
import dev.ripen.crm.RowOutcome.Written;
import dev.ripen.crm.RowWrite;
import dev.ripen.crm.WriteAction;
import dev.ripen.crm.hubspot.HubSpotApi.Effect;
import dev.ripen.http.JsonReply;
import dev.ripen.http.JsonRequest;
import dev.ripen.problem.ProblemException;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Writes one batch and finds out about every row of it. A batch that HubSpot refuses as a whole is
 * narrowed down until only bad rows are refused; the good ones are written on the way. One instance
 * per batch and thread.
 */
final class ContactWriter {
  private final HubSpotApi api;
  private final HubSpotPaths paths;
  private final PropertyCatalog catalog;
  private final CreateCheck createCheck;
  private final WriteAction action;
  private final Outcomes outcomes = new Outcomes();

  ContactWriter(
      HubSpotApi api,
      HubSpotPaths paths,
      PropertyCatalog catalog,
      ContactReader reader,
      WriteAction action) {
    this.api = api;
    this.paths = paths;
    this.catalog = catalog;
    this.createCheck = new CreateCheck(api, reader, outcomes);
    this.action = action;
  }

  List<RowOutcome> write(List<RowWrite> rows) {
    WriteBatch batch = new WriteBatch(action, rows);
    // Before anything is written: without the types the answers could not be read.
    catalog.load();
    try {
      send(batch);
      createCheck.settleConflicts(rows);
    } catch (ProblemException e) {
      // What is known already must not be lost; the next call meets the same problem and throws.
      if (outcomes.isEmpty()) {
        throw e;
      }
      outcomes.defer(outcomes.open(rows), e.problems().get(0).what());
    }
    outcomes.reject(
        outcomes.open(rows),
        RejectCode.NOT_APPLIED,
        "HubSpot said success but named this row neither as written nor as refused");
    return outcomes.all();
  }

  /** Whether HubSpot took all rows of the batch. */
  private boolean send(WriteBatch batch) {
    JsonReply reply = call(batch);
    List<RowWrite> open = outcomes.open(batch.rows());
    if (open.isEmpty()) {
      return true;
    }
    WriteBatch sent = open.size() == batch.size() ? batch : batch.with(open);
    if (reply.isSuccess()) {
      return readSuccess(sent, reply.body());
    }
    narrow(sent, HubSpotErrors.ofRefusal(reply.status(), reply.body()));
    return false;
  }

  private JsonReply call(WriteBatch batch) {
    String verb =
        switch (action) {
          case CREATE -> "create";
          case UPDATE -> "update";
          case UPSERT -> "upsert";
        };
    if (action == WriteAction.CREATE) {
      return createCheck.call(paths.contactBatch(verb), batch);
    }
    JsonRequest request = JsonRequest.post(paths.contactBatch(verb), batch.body());
    return api.call(request.without(batch.unread()), Effect.SETS);
  }

  private boolean readSuccess(WriteBatch batch, JsonNode body) {
    if (!body.isObject() || isUnfinished(body)) {
      outcomes.defer(batch.rows(), "HubSpot did not say what became of the row");
      return false;
    }
    for (JsonNode result : body.path("results")) {
      for (RowWrite row : batch.rowsOf(result)) {
        outcomes.add(written(row, result));
      }
    }
    List<HubSpotError> unnamed = new ArrayList<>();
    boolean clean = true;
    for (HubSpotError error : HubSpotErrors.ofPartialSuccess(body)) {
      clean = false;
      Set<RowWrite> named = batch.rowsOf(error);
      outcomes.reject(named, error.code(), error.message());
      if (named.isEmpty()) {
        unnamed.add(error);
      }
    }
    List<RowWrite> open = outcomes.open(batch.rows());
    if (!open.isEmpty() && !unnamed.isEmpty()) {
      narrow(batch.with(open), unnamed);
    }
    return clean && open.isEmpty();
  }

  private static boolean isUnfinished(JsonNode body) {
    String status = body.path("status").asText("");
    return status.equals("PENDING") || status.equals("PROCESSING") || status.equals("CANCELED");
  }

  /** None of the batch is written, and at least one of its rows is bad. */
  private void narrow(WriteBatch batch, List<HubSpotError> errors) {
    if (batch.size() == 1) {
      outcomes.reject(batch.rows(), errors.get(0).code(), errors.get(0).message());
      return;
    }
    for (HubSpotError error : errors) {
      Set<RowWrite> named = namedBy(error, batch);
      outcomes.reject(named, error.code(), error.message());
    }
    List<RowWrite> open = outcomes.open(batch.rows());
    if (open.isEmpty()) {
      return;
    }
    if (open.size() < batch.size()) {
      send(batch.with(open));
      return;
    }
    halve(batch);
  }

  private static Set<RowWrite> namedBy(HubSpotError error, WriteBatch batch) {
    if (error.concernsFieldsAsSuch()) {
      return batch.rowsWriting(error.properties());
    }
    Set<RowWrite> named = batch.rowsOf(error);
    // A complaint that lists the whole batch says nothing about who is to blame.
    boolean tellsApart = named.size() < batch.size() || error.code() == RejectCode.DUPLICATE_RECORD;
    return tellsApart ? named : Set.of();
  }

  private void halve(WriteBatch batch) {
    List<RowWrite> rows = batch.rows();
    int middle = rows.size() / 2;
    WriteBatch second = batch.with(rows.subList(middle, rows.size()));
    boolean firstIsGood = send(batch.with(rows.subList(0, middle)));
    if (firstIsGood && second.size() > 1) {
      // The bad row is in here, so the whole of it would be refused again.
      halve(second);
    } else {
      send(second);
    }
  }

  private Written written(RowWrite row, JsonNode result) {
    boolean created =
        action == WriteAction.CREATE
            || (action == WriteAction.UPSERT && result.path("new").asBoolean(false));
    Map<String, @Nullable String> echoed = new LinkedHashMap<>();
    JsonNode properties = result.path("properties");
    for (String field : row.fields().keySet()) {
      JsonNode value = properties.get(field);
      if (value != null) {
        String text = value.isNull() ? null : value.asText();
        echoed.put(field, Values.toCanonical(catalog.typeOf(field), text));
      }
    }
    return new Written(row.seq(), result.path("id").asText(""), created, echoed);
  }
}
