/**
 * The tools that ripen knows by name. An adapter is a directory of SQL, schemas and test cases in
 * the class path, {@code dev/ripen/adapters}; {@code ripen init} copies those that are asked for
 * and writes the few models that put them together. From then on the files are the user's: nothing
 * here is read by a run. {@link dev.ripen.adapters.Adapters} is the door; what it gives is text,
 * and somebody else writes the files.
 */
@NullMarked
package dev.ripen.adapters;

import org.jspecify.annotations.NullMarked;
