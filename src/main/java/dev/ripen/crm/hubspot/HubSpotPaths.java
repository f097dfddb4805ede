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
