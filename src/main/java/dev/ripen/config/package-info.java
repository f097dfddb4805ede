/** HOCON files to typed records, with file and line for every mistake, and all mistakes at once. */
@NullMarked
package dev.ripen.config;

import org.jspecify.annotations.NullMarked;
