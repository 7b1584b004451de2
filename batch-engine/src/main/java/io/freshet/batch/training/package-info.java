/**
 * Training sets: for each label, what every feature was as of the label's time, by the kernel that
 * serves it.
 */
@NullMarked
package io.freshet.batch.training;

import org.jspecify.annotations.NullMarked;
