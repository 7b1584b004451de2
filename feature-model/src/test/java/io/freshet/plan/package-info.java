/** The JSON form of plans. */
@NullMarked
package io.freshet.plan;

import org.jspecify.annotations.NullMarked;
