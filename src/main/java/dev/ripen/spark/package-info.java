/** The only package that imports Spark: session, sources, models, signals, facts, state tables. */
@NullMarked
package dev.ripen.spark;

import org.jspecify.annotations.NullMarked;
