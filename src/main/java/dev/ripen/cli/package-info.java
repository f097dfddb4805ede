/** One class per command, one view per result (text and JSON), and the wiring of the parts. */
@NullMarked
package dev.ripen.cli;

import org.jspecify.annotations.NullMarked;
