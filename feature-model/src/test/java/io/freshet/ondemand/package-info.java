/** Tests of features that are computed when they are read. */
@NullMarked
package io.freshet.ondemand;

import org.jspecify.annotations.NullMarked;
