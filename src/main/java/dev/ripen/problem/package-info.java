/** The shared language of failure: what is wrong, where, how to mend it, and the exit code. */
@NullMarked
package dev.ripen.problem;

import org.jspecify.annotations.NullMarked;
