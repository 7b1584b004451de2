/** Which views are live: the definitions topic, and the views as operators keep them. */
@NullMarked
package io.freshet.streaming.definition;

import org.jspecify.annotations.NullMarked;
