/** How events are read and projected. */
@NullMarked
package io.freshet.event;

import org.jspecify.annotations.NullMarked;
