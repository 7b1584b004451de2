/**
 * Predicts which flights leave more than fifteen minutes late. {@link
 * io.freshet.examples.lateflights.LateFlights} tells it step by step.
 */
@NullMarked
package io.freshet.examples.lateflights;

import org.jspecify.annotations.NullMarked;
