package dev.ripen.crm.hubspot;

import okhttp3.HttpUrl;

/** Where things are: dated paths put the version behind the area, {@code v3} before it. */
record HubSpotPaths(HttpUrl baseUrl, String apiVersion) {
  private static final String CONTACTS = "contacts";

  /**
   * @param verb {@code create}, {@code read}, {@code update} or {@code upsert}
   */
  HttpUrl contactBatch(String verb) {
    return area("objects").addPathSegments(CONTACTS + "/batch/" + verb).build();
  }

  HttpUrl contactProperties() {
    return area("properties").addPathSegment(CONTACTS).build();
  }

  HttpUrl contactPropertyGroups() {
    return area("properties").addPathSegments(CONTACTS + "/groups").build();
  }

  /** All records of a kind, to be listed. */
  HttpUrl records(String object) {
    return area("objects").addPathSegment(object).build();
  }

  HttpUrl recordBatchRead(String object) {
    return area("objects").addPathSegments(object + "/batch/read").build();
  }

  HttpUrl recordSearch(String object) {
    return area("objects").addPathSegments(object + "/search").build();
  }

  HttpUrl recordProperties(String object) {
    return area("properties").addPathSegment(object).build();
  }

  /** Which contacts records of a kind belong to; before dated paths that was version 4. */
  HttpUrl contactsOf(String object) {
    String area =
        apiVersion.startsWith("v") ? "crm/v4/associations" : "crm/associations/" + apiVersion;
    return baseUrl
        .newBuilder()
        .addPathSegments(area + "/" + object + "/" + CONTACTS + "/batch/read")
        .build();
  }

  /** Forms have no dated path that is not a beta (specifications, read 2026-11-22). */
  HttpUrl forms() {
    return baseUrl.newBuilder().addPathSegments("marketing/v3/forms").build();
  }

  /** There is no other way to what was submitted than version 1 (reference, read 2026-11-22). */
  HttpUrl submissions(String form) {
    return baseUrl
        .newBuilder()
        .addPathSegments("form-integrations/v1/submissions/forms")
        .addPathSegment(form)
        .build();
  }

  HttpUrl accountDetails() {
    return baseUrl.newBuilder().addPathSegments("account-info/" + apiVersion + "/details").build();
  }

  private HttpUrl.Builder area(String area) {
    String path =
        apiVersion.startsWith("v")
            ? "crm/" + apiVersion + "/" + area
            : "crm/" + area + "/" + apiVersion;
    return baseUrl.newBuilder().addPathSegments(path);
  }
}
