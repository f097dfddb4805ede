package dev.ripen.history;

import java.io.IOException;
import java.util.List;

/**
 * Where the objects of a {@link RemoteLock} lie: a folder of their own. Safe for several threads.
 */
public interface LockStore {
  /**
   * Stores an object unless there is one of that name.
   *
   * @return whether it did
   */
  boolean create(String name, String text) throws IOException;

  /** Whether of two that create the same object at the same time one is always refused. */
  boolean createsInOneStep();

  /** Stores an object in the place of the one that is there. */
  void replace(String name, String text) throws IOException;

  String read(String name) throws IOException;

  /** Names of all objects; empty if there are none. */
  List<String> names() throws IOException;

  /** Deletes an object, if it is there. */
  void delete(String name) throws IOException;

  /** Where it is, for messages; no credentials. */
  String location();
}
