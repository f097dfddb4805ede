/** What runs there were, and the lock that keeps them apart. */
@NullMarked
package dev.ripen.history;

import org.jspecify.annotations.NullMarked;
