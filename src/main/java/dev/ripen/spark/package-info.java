/**
 * The only package that knows Spark: the session, sources, compiling and running models, signals,
 * facts, state tables, and what of the plan is a join.
 */
@NullMarked
package dev.ripen.spark;

import org.jspecify.annotations.NullMarked;
