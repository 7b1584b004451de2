/** Events of a source: how one is read, and why one is refused. */
@NullMarked
package io.freshet.event;

import org.jspecify.annotations.NullMarked;
