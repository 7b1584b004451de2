/** Events pushed by REST into the topics of their sources. */
@NullMarked
package io.freshet.platform.events;

import org.jspecify.annotations.NullMarked;
