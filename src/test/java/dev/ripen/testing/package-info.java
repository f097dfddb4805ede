/** Helpers of several packages' tests. */
@NullMarked
package dev.ripen.testing;

import org.jspecify.annotations.NullMarked;
