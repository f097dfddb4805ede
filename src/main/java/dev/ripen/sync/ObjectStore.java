package dev.ripen.sync;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.util.List;

/** The little that {@link ObjectStateFiles} asks of an object store. Safe for several threads. */
public interface ObjectStore {
  /** An object that is there, whole and durable, once the stream is closed; replaces another. */
  OutputStream put(String key) throws IOException;

  InputStream get(String key) throws IOException;

  boolean exists(String key) throws IOException;

  /** Names directly below a prefix that ends with no slash; empty if there are none. */
  List<String> list(String prefix) throws IOException;

  /** Deletes the object, and every object below it. */
  void delete(String key) throws IOException;

  /** Where it is, for messages; no credentials. */
  String location();
}
