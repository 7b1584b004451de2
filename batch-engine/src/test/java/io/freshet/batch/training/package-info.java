/** How heavy keys are split. */
@NullMarked
package io.freshet.batch.training;

import org.jspecify.annotations.NullMarked;
