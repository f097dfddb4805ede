/**
 * Makes a warehouse to try ripen on: invented people whose traces look as real pipelines leave
 * them, with the dirt. Everything is a pure function of the {@link dev.ripen.sample.SampleSpec}:
 * own random numbers and fixed UTC offsets, so that the rows are the same on every machine.
 */
@NullMarked
package dev.ripen.sample;

import org.jspecify.annotations.NullMarked;
